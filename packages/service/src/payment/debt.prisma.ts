import { type Day, dayOf } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Debt, Debts } from "./debt.ts";

type Row = Omit<Debt, "amountFen" | "startedOn" | "paidOn" | "department"> &
  Readonly<{ amountFen: bigint; keptAt: Date; againAt: Date | null; paidOn: string | null; department: string | null }>;

/*
 * The posting that kept the money says when the clock started, wherever the money is by now; of a later part
 * of an award its day does. After
 * the bank refused an account the clock starts again with the attempt that follows; what was voided
 * on the way starts nothing.
 */
const DEBTS = Prisma.sql`
  SELECT owed.id AS "entitlementId", owed.firm_code AS "firmCode", firm.name AS "firmName", firm.region_code AS "regionCode",
    owed.policy_id AS "policyId", owed.policy_version_id AS "policyVersionId", owed.budget_line AS "budgetLine",
    line.title AS "lineTitle", line.department, owed.amount_fen AS "amountFen",
    greatest(kept.at, part.due_on::timestamp AT TIME ZONE 'Asia/Shanghai') AS "keptAt",
    (SELECT min(created_at) FROM payment again WHERE again.entitlement_id = owed.id AND again.attempt > (
      SELECT max(attempt) FROM payment back WHERE back.entitlement_id = owed.id
        AND back.status IN ('rejected', 'returned'))) AS "againAt",
    (SELECT settled_on::text FROM payment WHERE entitlement_id = owed.id AND status = 'settled') AS "paidOn",
    coalesce((SELECT status IN ('rejected', 'returned') FROM payment last WHERE last.entitlement_id = owed.id
      ORDER BY attempt DESC LIMIT 1), false) AS "waitsForFirm"
  FROM entitlement owed
  JOIN posting kept ON kept.business_key = 'reserve:' || owed.id || ':' || owed.consent_id AND kept.bucket = 'reserved'
  LEFT JOIN award_part part ON part.entitlement_id = owed.id AND part.part > 1
  JOIN firm ON firm.code = owed.firm_code
  JOIN budget_line line ON line.id = owed.budget_line`;

export function debts(db: Tx): Debts {
  const select = async (where: Prisma.Sql) =>
    (await db.$queryRaw<Row[]>`${DEBTS} WHERE ${where} ORDER BY kept.at, owed.id`).map(toDebt);
  return {
    unpaid: (today) =>
      select(Prisma.sql`owed.status = 'confirmed' AND NOT coalesce(part.due_on > ${today}::date, false)`),
    paidSlowly: (since, moreThanDays) =>
      select(Prisma.sql`owed.status IN ('paid', 'received') AND EXISTS (
        SELECT FROM payment WHERE entitlement_id = owed.id AND status = 'settled' AND settled_on >= ${since}::date
          AND settled_on - greatest((kept.at AT TIME ZONE 'Asia/Shanghai')::date, part.due_on) > ${moreThanDays}::integer)`),
    async of(entitlementId) {
      const [debt] = await select(
        Prisma.sql`owed.id = ${entitlementId} AND owed.status IN ('confirmed', 'paid', 'received')`,
      );
      return debt;
    },
  };
}

function toDebt({ keptAt, againAt, paidOn, department, amountFen, ...row }: Row): Debt {
  return {
    ...row,
    amountFen: fen(amountFen),
    startedOn: dayOf(againAt ?? keptAt),
    ...(paidOn !== null && { paidOn: paidOn as Day }),
    ...(department !== null && { department }),
  };
}
