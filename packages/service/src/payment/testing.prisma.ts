import { budgetStore } from "../budget/budget.prisma.ts";
import { fundLine } from "../budget/fund-line.ts";
import { payerAccountStore } from "../budget/payer-account.prisma.ts";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { stackingStore } from "../entitlement/stacking-terms.prisma.ts";
import { paidInOneSum, toOwnAccounts } from "../entitlement/testing-parts.prisma.ts";
import { nothingSaid } from "../entitlement/testing-stacking.ts";
import { SettableClock } from "../kernel/clock.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { incomingRepayments } from "../recovery/receive-repayment.ts";
import { recoveryStore } from "../recovery/recovery.prisma.ts";
import { accountCheckStore } from "./account-check.prisma.ts";
import { approvalBands } from "./approval-band.prisma.ts";
import { bankFileStore } from "./bank-file.prisma.ts";
import { batchStore } from "./batch.prisma.ts";
import { carryOvers } from "./carry-over.prisma.ts";
import { type CheckAccountDeps, checkAccount } from "./check-account.ts";
import { owedStore } from "./owed.prisma.ts";
import { payeeAccountStore } from "./payee-account.prisma.ts";
import { paymentStore } from "./payment.prisma.ts";
import { paymentStops } from "./payment-stop.prisma.ts";
import { standings } from "./standing.prisma.ts";

/** For tests: every store that paying uses. */
export function moneyStores(tx: Tx) {
  const [budget, payerAccounts, journal] = [budgetStore(tx), payerAccountStore(tx), journalOn(tx)];
  return {
    entitlements: entitlementStore(tx),
    awardParts: paidInOneSum(tx),
    destinations: toOwnAccounts,
    // Policies that say nothing about each other.
    stacking: stackingStore(tx, nothingSaid),
    budget,
    payerAccounts,
    incoming: incomingRepayments({ recoveries: recoveryStore(tx), payerAccounts, budget, journal }),
    payments: paymentStore(tx),
    owed: owedStore(tx),
    standings: standings(tx),
    payeeAccounts: payeeAccountStore(tx),
    accountChecks: accountCheckStore(tx),
    approvalBands: approvalBands(tx),
    batches: batchStore(tx),
    bankFiles: bankFileStore(tx),
    paymentStops: paymentStops(tx),
    carryOvers: carryOvers(tx),
    // The policies of these tests declare no fund.
    funds: { of: async () => undefined, isAllocated: async () => false },
    journal,
  };
}

export type MoneyStores = ReturnType<typeof moneyStores>;
export type Work<Result> = (stores: MoneyStores) => Promise<Result>;

/** For tests: a clock and a transaction on a test store. */
export function moneyDeps(store: Store, start = "2025-11-04T10:00:00+08:00") {
  return {
    clock: new SettableClock(new Date(start)),
    transaction: <Result>(work: Work<Result>) => store.prisma.$transaction((tx) => work(moneyStores(tx))),
  };
}

export type MoneyDeps = ReturnType<typeof moneyDeps>;

/** For tests: a line with money on it, paid from an account of its own. */
export async function fundTestLine(deps: MoneyDeps, id: string, amountFen: bigint, payerAccountNo: string) {
  const payer = { name: "试验财政局", accountNo: payerAccountNo, bankCode: "011491000016" };
  const line = { id, title: id, year: 2025 };
  await fundLine(deps, { line, payer, amountFen, document: "豫财〔2025〕1号", actor: "finance" });
}

/** For tests: `[appropriated, available, reserved, in transit, paid]` of a line. */
export async function balancesOf(deps: MoneyDeps, line: string): Promise<readonly bigint[]> {
  const found = await deps.transaction(({ budget }) => budget.get(line));
  return [found.appropriatedFen, found.availableFen, found.reservedFen, found.inTransitFen, found.paidFen];
}

/** For tests: a second person asks the firms about every account that a payment goes to, and each says yes. */
export async function confirmAccounts(deps: CheckAccountDeps, db: Tx): Promise<void> {
  const waiting = await db.payment.findMany({ where: { status: "reserved" }, distinct: ["bankAccountId"] });
  for (const { bankAccountId } of waiting) {
    await checkAccount(deps, { bankAccountId, checkedBy: "second-person", note: "回拨登记电话，财务负责人确认" });
  }
}
