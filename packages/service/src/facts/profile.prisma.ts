import type { FactDefinition, Json, Profile } from "@apply-free/rules";
import { addDays, type Day, dateToDay, startOfDay } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { profileOf, type Statement } from "./profile.ts";

type Row = Readonly<{
  firm_code: string;
  fact_id: string;
  value: Json;
  source_id: string;
  delivery_id: string;
  as_of: Date;
  obtained_at: Date;
}>;

/**
 * Profiles from the stored facts; one query for all firms asked for.
 * @param facts definitions of the vocabulary, with what is stale
 */
export function profileSource(tx: Tx, facts: ReadonlyMap<string, FactDefinition>) {
  return {
    /** What was known of these firms at the end of a day, about no later day. */
    async load(firmCodes: readonly string[], asOf: Day): Promise<ReadonlyMap<string, Profile>> {
      const known = startOfDay(addDays(asOf, 1));
      const rows = await tx.$queryRaw<Row[]>`
        SELECT DISTINCT ON (firm_code, fact_id, source_id)
          firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at
        FROM fact
        WHERE firm_code = ANY(${[...firmCodes]}) AND as_of <= ${asOf}::date AND obtained_at < ${known}::timestamptz
        ORDER BY firm_code, fact_id, source_id, as_of DESC, obtained_at DESC, id`;
      const byFirm = Map.groupBy(rows, (row) => row.firm_code);
      return new Map(
        firmCodes.map((code) => [code, profileOf((byFirm.get(code) ?? []).map(toStatement), facts, asOf)]),
      );
    },
  };
}

function toStatement(row: Row): Statement {
  return {
    factId: row.fact_id,
    value: row.value,
    sourceId: row.source_id,
    deliveryId: row.delivery_id,
    asOf: dateToDay(row.as_of),
    obtainedAt: row.obtained_at,
  };
}
