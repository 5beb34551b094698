import { cursorAt, parseCursor } from "../kernel/cursor.ts";
import { dateToDay, dayToDate } from "../kernel/day.ts";
import { maskSubjectCode } from "../kernel/mask.ts";
import { fen } from "../kernel/money.ts";
import { checkSubjectCode } from "../kernel/subject-code.ts";
import { type Disclosure, Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { PublishedResult, ResultFilter, ResultList, ResultStore, UnpublishedPayment } from "./published-result.ts";

export function resultStore(tx: Tx): ResultStore {
  return {
    async due(bookedUntil, limit) {
      const rows = await tx.$queryRaw<DueRow[]>`
        SELECT 'result_' || replace(gen_random_uuid()::text, '-', '') AS id, p.entitlement_id AS "entitlementId", p.id AS "paymentId", e.policy_id AS "policyId",
          v.title AS "policyTitle", f.name AS "firmName", f.code AS "firmCode", f.region_code AS "regionCode",
          p.amount_fen AS "amountFen", p.settled_on AS "paidOn"
        FROM payment p
        JOIN entitlement e ON e.id = p.entitlement_id
        JOIN policy_version v ON v.id = e.policy_version_id
        JOIN firm f ON f.code = e.firm_code
        WHERE p.status = 'settled' AND e.status IN ('paid', 'received')
          AND (e.status = 'received' OR p.settled_on <= ${bookedUntil}::date)
          AND NOT EXISTS (SELECT FROM disclosure d WHERE d.payment_id = p.id)
        ORDER BY p.settled_on, p.id LIMIT ${limit}`;
      return rows.map(({ amountFen, paidOn, ...row }) => ({
        ...row,
        amountFen: fen(amountFen),
        paidOn: dateToDay(paidOn),
      }));
    },
    async insertAll(results) {
      if (results.length === 0) return new Set();
      const added = await tx.disclosure.createManyAndReturn({
        data: results.map(({ paidOn, ...result }) => ({ ...result, paidOn: dayToDate(paidOn) })),
        skipDuplicates: true,
        select: { id: true },
      });
      return new Set(added.map(({ id }) => id));
    },
  };
}

type DueRow = Omit<UnpublishedPayment, "amountFen" | "paidOn"> & { amountFen: bigint; paidOn: Date };

export function resultList(db: Tx): ResultList {
  return {
    async page(filter, limit, cursor) {
      const after = cursor === undefined ? Prisma.empty : behind(cursor);
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT d.id FROM disclosure d WHERE ${shown(filter)} ${after}
        ORDER BY published_at DESC, id DESC LIMIT ${limit + 1}`;
      const ids = rows.slice(0, limit).map(({ id }) => id);
      const orderBy = [{ publishedAt: "desc" as const }, { id: "desc" as const }];
      const results = (await db.disclosure.findMany({ where: { id: { in: ids } }, orderBy })).map(toResult);
      const last = results.at(-1);
      return rows.length > limit && last
        ? { results, next: cursorAt({ at: last.publishedAt, id: last.id }) }
        : { results };
    },
    async total(filter) {
      const [row] = await db.$queryRaw<{ count: number; total: string }[]>`
        SELECT count(*)::int AS count, coalesce(sum(amount_fen), 0)::text AS total FROM disclosure d WHERE ${shown(filter)}`;
      return { count: row?.count ?? 0, totalFen: fen(row?.total ?? 0) };
    },
    async policies() {
      const rows = await db.disclosure.findMany({
        distinct: ["policyId"],
        orderBy: [{ policyId: "asc" }, { publishedAt: "desc" }],
        select: { policyId: true, policyTitle: true },
      });
      return rows.map(({ policyId, policyTitle }) => ({ id: policyId, title: policyTitle }));
    },
  };
}

/** Rows on the list: their payment stands, and they fit the filter. Text is compared as text, not as a pattern. */
function shown({ policyId, text }: ResultFilter): Prisma.Sql {
  const conditions = [Prisma.sql`EXISTS (SELECT FROM payment p WHERE p.id = d.payment_id AND p.status = 'settled')`];
  if (policyId !== undefined) conditions.push(Prisma.sql`policy_id = ${policyId}`);
  const wanted = text?.trim();
  if (wanted) {
    const code = checkSubjectCode(wanted);
    conditions.push(
      code.kind === "malformed"
        ? Prisma.sql`position(lower(${wanted}) IN lower(concat_ws(' ', masked_name, masked_code, policy_title, region_code))) > 0`
        : Prisma.sql`masked_code = ${maskSubjectCode(code.code)}`,
    );
  }
  return Prisma.join(conditions, " AND ");
}

function behind(cursor: string): Prisma.Sql {
  const { at, id } = parseCursor(cursor);
  return Prisma.sql`AND (published_at, id) < (${at}, ${id})`;
}

function toResult(row: Disclosure): PublishedResult {
  const { id, policyId, policyTitle, maskedName, maskedCode, regionCode, publishedAt } = row;
  const shownAsIs = { id, policyId, policyTitle, maskedName, maskedCode, regionCode, publishedAt };
  return { ...shownAsIs, amountFen: fen(row.amountFen), paidOn: dateToDay(row.paidOn) };
}
