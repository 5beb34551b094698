import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { fen } from "../kernel/money.ts";
import type { BudgetLine as Row } from "../platform/generated/client.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type BudgetLine, type BudgetStore, levels, type Reservation } from "./budget-store.ts";
import { type Posting, postingsOf, reservation } from "./posting.ts";

export function budgetStore(tx: Tx): BudgetStore {
  return {
    reserve: (wanted) => reserve(tx, wanted, nobodyWaitsFor(wanted.line)),
    reserveForWaiting: (wanted) => reserve(tx, wanted, Prisma.sql`true`),
    async move(moves, at) {
      const byLine = Map.groupBy(moves, ({ line }) => line);
      // One order for everyone who locks several lines, so that nobody waits in a circle.
      let moved = 0;
      for (const line of [...byLine.keys()].sort()) {
        const postings = (byLine.get(line) ?? []).flatMap((move) => postingsOf(move, at));
        moved += (await post(tx, postings)) / 2;
      }
      return moved;
    },
    async open({ id, title, year, level = null, code = null, department = null }) {
      const empty = { appropriatedFen: 0n, availableFen: 0n, reservedFen: 0n, inTransitFen: 0n, paidFen: 0n };
      const line = { id, title, year, level, code, department, ...empty };
      await tx.budgetLine.createMany({ data: [line], skipDuplicates: true });
      if (await tx.budgetLine.findUnique({ where: { id }, select: { id: true } })) return;
      const message = `${year} 年指标“${code}”已是另一条预算。Another line has this code in ${year}; use that line.`;
      throw new DomainError("bad-input", message, { id, code });
    },
    async lock(id) {
      await tx.$queryRaw`SELECT id FROM budget_line WHERE id = ${id} FOR UPDATE`;
      return this.get(id);
    },
    async assign(id, department) {
      await tx.budgetLine.update({ where: { id }, data: { department } });
    },
    async get(id) {
      const row = await tx.budgetLine.findUnique({ where: { id } });
      if (!row) throw unknownLine(id);
      return toBudgetLine(row);
    },
    async list() {
      return (await tx.budgetLine.findMany({ orderBy: { id: "asc" } })).map(toBudgetLine);
    },
  };
}

/**
 * Looks, locks and posts in one statement: another transaction that wants the same line waits at
 * FOR UPDATE and then looks at the balance as it is, not as it was. When the fund is short nothing
 * is inserted and the transaction lives on.
 */
async function reserve(
  tx: Tx,
  { line, amountFen, businessKey, at }: Reservation,
  allowed: Prisma.Sql,
): Promise<"reserved" | "exhausted"> {
  const [taken, kept] = postingsOf(reservation({ line, amountFen }, businessKey), at);
  const inserted = await tx.$executeRaw`
    WITH fund AS (
      SELECT id FROM budget_line WHERE id = ${line} AND available_fen >= ${amountFen} AND ${allowed}
        AND NOT EXISTS (SELECT FROM posting WHERE business_key = ${businessKey}) FOR UPDATE
    )
    INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at)
    SELECT side.id, fund.id, ${businessKey}, side.bucket, side.amount_fen, ${at}::timestamptz
    FROM fund, (VALUES (${taken.id}, ${taken.bucket}, ${taken.amountFen}::bigint),
                       (${kept.id}, ${kept.bucket}, ${kept.amountFen}::bigint)) AS side (id, bucket, amount_fen)
    ON CONFLICT (business_key, bucket) DO NOTHING`;
  if (inserted === 2) return "reserved";
  const earlier = await tx.posting.findMany({ where: { businessKey } });
  if (earlier.length > 0) {
    refuseOtherContent(earlier, [taken, kept]);
    return "reserved";
  }
  if (!(await tx.budgetLine.findUnique({ where: { id: line }, select: { id: true } }))) throw unknownLine(line);
  return "exhausted";
}

function nobodyWaitsFor(line: string): Prisma.Sql {
  return Prisma.sql`NOT EXISTS (SELECT 1 FROM entitlement WHERE status = 'waitlisted' AND budget_line = ${line})`;
}

/** All in one statement, because SQL checks the sums per statement. Returns how many are new. */
async function post(tx: Tx, postings: readonly Posting[]): Promise<number> {
  const column = <Key extends keyof Posting>(key: Key) => postings.map((posting) => posting[key]);
  const inserted = await tx.$executeRaw`
    INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at)
    SELECT * FROM unnest(${column("id")}::text[], ${column("budgetLine")}::text[], ${column("businessKey")}::text[],
      ${column("bucket")}::text[], ${column("amountFen")}::bigint[], ${column("at")}::timestamptz[])
      AS wanted (id, budget_line, business_key, bucket, amount_fen, at)
    WHERE NOT EXISTS (SELECT FROM posting AS known WHERE known.business_key = wanted.business_key)
    ON CONFLICT (business_key, bucket) DO NOTHING`;
  if (inserted === postings.length) return inserted;
  const businessKeys = [...new Set(column("businessKey"))];
  refuseOtherContent(await tx.posting.findMany({ where: { businessKey: { in: businessKeys } } }), postings);
  return inserted;
}

type Side = Pick<Posting, "budgetLine" | "businessKey" | "amountFen"> & Readonly<{ bucket: string }>;

/** A business key says what happened; the same key with another amount is a bug, not a repetition. */
function refuseOtherContent(stored: readonly Side[], wanted: readonly Side[]): void {
  const describe = ({ budgetLine, businessKey, bucket, amountFen }: Side) =>
    `${businessKey} ${budgetLine} ${bucket} ${amountFen}`;
  const known = new Set(stored.map(describe));
  const other = wanted.find((side) => !known.has(describe(side)));
  if (other) {
    throw new DomainError(
      "request-key-reused",
      `同一笔业务已按另一金额入账。The books know this business under another content: ${describe(other)}.`,
      { businessKey: other.businessKey },
    );
  }
}

function unknownLine(id: string): DomainError {
  return new DomainError(
    "budget-line-unknown",
    `没有预算指标“${id}”，请财政先下达。No budget line "${id}"; the finance bureau must fund it first.`,
    { id },
  );
}

function toBudgetLine(row: Row): BudgetLine {
  const { id, title, year, level, code, department } = row;
  return {
    id,
    title,
    year,
    level: z.enum(levels).nullable().parse(level) ?? undefined,
    code: code ?? undefined,
    department: department ?? undefined,
    appropriatedFen: fen(row.appropriatedFen),
    availableFen: fen(row.availableFen),
    reservedFen: fen(row.reservedFen),
    committedFen: fen(row.committedFen),
    inTransitFen: fen(row.inTransitFen),
    paidFen: fen(row.paidFen),
    returnedFen: fen(row.returnedFen),
    carriedFen: fen(row.carriedFen),
    receivableFen: fen(row.receivableFen),
  };
}
