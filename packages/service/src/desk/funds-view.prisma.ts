import type { FundAccount, FundLineView } from "@apply-free/ui";
import { forecastFund } from "../budget/fund-forecast.ts";
import { today } from "../kernel/clock.ts";
import { fen, sumFen } from "../kernel/money.ts";
import { isBroken } from "../payment/payment-clock.ts";
import { ageingOf } from "../payment/promises.prisma.ts";
import type { BudgetLine } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const agreed = new Set(["confirmed", "waitlisted", "paid", "received"]);
const notAgreed = new Set(["declined", "lapsed"]);

/** Each line with where its money is, who waits for it, and how far it reaches by what is offered. */
export async function fundLinesOf({
  db,
  compiled,
  clock,
}: Pick<DeskDeps, "db" | "compiled" | "clock">): Promise<FundLineView[]> {
  const [lines, owed, offers, debts] = await Promise.all([
    db.budgetLine.findMany({ orderBy: [{ year: "desc" }, { id: "asc" }] }),
    db.entitlement.groupBy({ by: ["budgetLine", "status"], _sum: { amountFen: true }, _count: true }),
    offersByDeadline(db),
    ageingOf({ db, compiled, today: today(clock) }),
  ]);
  return lines.map((line) => {
    const own = owed.filter(({ budgetLine }) => budgetLine === line.id);
    const sumOf = (statuses: ReadonlySet<string>) =>
      sumFen(own.filter(({ status }) => statuses.has(status)).map(({ _sum }) => fen(_sum.amountFen ?? 0n)));
    const waiting = own.find(({ status }) => status === "waitlisted");
    const waitingFen = fen(waiting?._sum.amountFen ?? 0n);
    const answered = { agreedFen: sumOf(agreed), notAgreedFen: sumOf(notAgreed) };
    const availableFen = fen(line.availableFen);
    const ownOffers = offers.get(line.id) ?? [];
    const { months, ...short } = forecastFund({
      ...{ availableFen, waitingFen, answered },
      ...{ offers: ownOffers, now: clock.now() },
    });
    const allFen = answered.agreedFen + answered.notAgreedFen;
    const unpaid = debts.filter(({ budgetLine }) => budgetLine === line.id);
    return {
      id: line.id,
      title: line.title,
      year: line.year,
      department: line.department ?? undefined,
      accounts: shownAccounts.map((account) => ({ account, amountFen: String(balanceOf(line, account)) })),
      waiting: { count: waiting?._count ?? 0, amountFen: String(waitingFen) },
      unpaid: { count: unpaid.length, overdue: unpaid.filter(({ clocks }) => isBroken(clocks)).length },
      forecast: {
        ...short,
        months: months.map(({ month, offeredFen, expectedFen, leftExpectedFen, leftAllFen }) => ({
          ...{ month, offeredFen: String(offeredFen), expectedFen: String(expectedFen) },
          ...{ leftExpectedFen: String(leftExpectedFen), leftAllFen: String(leftAllFen) },
        })),
        answered: allFen === 0n ? undefined : { agreedFen: String(answered.agreedFen), allFen: String(allFen) },
      },
    };
  });
}

/** What is offered, added up by deadline, so that a hundred thousand offers are a few rows. */
async function offersByDeadline(db: Tx) {
  const rows = await db.entitlement.groupBy({
    by: ["budgetLine", "confirmBefore"],
    where: { status: "offered" },
    _sum: { amountFen: true },
  });
  const offers = rows.map(({ budgetLine, confirmBefore, _sum }) => ({
    ...{ budgetLine, confirmBefore, amountFen: fen(_sum.amountFen ?? 0n) },
  }));
  return Map.groupBy(offers, ({ budgetLine }) => budgetLine);
}

/** Places of money that the desk shows, in the order in which money goes through them. */
export const shownAccounts = [
  "source",
  "available",
  "reserved",
  "committed",
  "in-transit",
  "paid",
  "returned",
  "carried",
  "receivable",
  "recovered",
] as const satisfies readonly FundAccount[];

/** The balance that SQL keeps; what was appropriated is what the other side of it gave. */
export function balanceOf(line: BudgetLine, account: FundAccount): bigint {
  const balances: Readonly<Record<FundAccount, bigint>> = {
    source: line.appropriatedFen,
    available: line.availableFen,
    reserved: line.reservedFen,
    committed: line.committedFen,
    "in-transit": line.inTransitFen,
    paid: line.paidFen,
    returned: line.returnedFen,
    carried: line.carriedFen,
    receivable: line.receivableFen,
    recovered: line.recoveredFen,
  };
  return balances[account];
}
