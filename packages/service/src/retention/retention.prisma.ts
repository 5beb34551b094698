import { dayToDate, startOfDay } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore, vocabularyInForce } from "../policies/policy-version.prisma.ts";
import type { Overdue, RetentionStore } from "./purge-facts.ts";

export function retentionStore(tx: Tx, compiled: CompiledPolicies): RetentionStore {
  return {
    async vocabulary() {
      const [any] = await policyVersionStore(tx).listLatest();
      return any ? vocabularyInForce(tx, compiled) : undefined;
    },
    async count(overdue) {
      const [row] = await tx.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM fact WHERE ${isOver(overdue)}`;
      return row?.count ?? 0;
    },
    async purge(id, overdue, expected, at) {
      const { privacy, factIds, before } = overdue;
      const data = { id, privacy, factIds: [...factIds], before: dayToDate(before), purged: expected, at };
      await tx.factPurge.create({ data });
      return tx.$executeRaw`DELETE FROM fact WHERE ${isOver(overdue)}`;
    },
    async purgeFiles(before, at) {
      const dealtWith = { lt: startOfDay(before) };
      const gone = { bytes: null, bytesGoneAt: at };
      const held = await tx.quarantinedDelivery.updateMany({
        where: { status: { in: ["released", "rejected"] }, decidedAt: dealtWith, bytesGoneAt: null },
        data: gone,
      });
      const lists = await tx.nameList.updateMany({
        where: { status: { in: ["completed", "dropped"] }, closedAt: dealtWith, bytesGoneAt: null },
        data: gone,
      });
      await tx.$executeRaw`
        DELETE FROM kept_file_part AS part USING (
          SELECT id FROM quarantined_delivery WHERE bytes_gone_at = ${at}::timestamptz
          UNION ALL SELECT id FROM name_list WHERE bytes_gone_at = ${at}::timestamptz
        ) AS file WHERE part.file_id = file.id`;
      return { held: held.count, lists: lists.count };
    },
  };
}

function isOver({ factIds, before }: Overdue): Prisma.Sql {
  return Prisma.sql`fact.fact_id = ANY(${[...factIds]}::text[]) AND fact.as_of < ${before}::date
    AND NOT EXISTS (SELECT FROM decision WHERE decision.firm_code = fact.firm_code
      AND decision.facts #>> ARRAY[fact.fact_id, 'deliveryId'] = fact.delivery_id)
    AND NOT EXISTS (SELECT FROM dispute WHERE dispute.firm_code = fact.firm_code AND dispute.fact_id = fact.fact_id)`;
}
