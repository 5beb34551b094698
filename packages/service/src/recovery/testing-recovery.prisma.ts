import { appropriation } from "../budget/posting.ts";
import { writeCamt053 } from "../demo/simulated-bank-reports.ts";
import { SettableClock } from "../kernel/clock.ts";
import { addDays, type Day, dayOf, startOfDay } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { receiveBankFile } from "../payment/receive-bank-file.ts";
import type { Store } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { settleReassessment } from "../reassessment/settle-reassessment.ts";
import { type Stores, transactionsOn } from "../stores.prisma.ts";
import { decideRecovery } from "./decide-recovery.ts";
import { hearFirm } from "./hear-firm.ts";
import { openRecovery } from "./open-recovery.ts";
import type { Recovery } from "./recovery.ts";
import { grantTopUp } from "./top-up.ts";

/** For tests: every store of the house, with a clock to move. */
export function recoveryDeps(store: Store, start: Date) {
  const compiled = new CompiledPolicies();
  const transaction: Transaction<Stores> = transactionsOn(store, compiled);
  return { store, compiled, clock: new SettableClock(start), transaction };
}
export type RecoveryDeps = ReturnType<typeof recoveryDeps>;

export const TREASURY_ACCOUNT = "41000000000077";

/** For tests: the line's account, and the title revoked; heard and decided unless `upTo` says less. */
export async function plantRecovery(
  deps: RecoveryDeps,
  {
    entitlementId,
    firmCode,
    claimedFen,
    decidedFen,
  }: Readonly<Record<"entitlementId" | "firmCode", string>> & Readonly<Record<"claimedFen" | "decidedFen", bigint>>,
): Promise<Recovery> {
  const paper = {
    kind: "revoked-title",
    document: "豫科〔2025〕8号",
    facts: "高新技术企业资格自认定之日起撤销。",
  } as const;
  const opened = await openRecovery(deps, { ...paper, entitlementId, claimedFen: fen(claimedFen), by: "author" });
  await hearFirm(deps, { id: opened.id, firmCode, by: "person", text: "我们已按要求整改，请求分期退回。" });
  const today = dayOf(deps.clock.now());
  const first = decidedFen / 2n;
  const instalments = [
    { dueOn: addDays(today, 30), amountFen: fen(first) },
    { dueOn: addDays(today, 60), amountFen: fen(decidedFen - first) },
  ];
  return decideRecovery(deps, {
    ...{ id: opened.id, by: "checker", decidedFen: fen(decidedFen), reasons: "资格撤销属实，已部分用于研发，酌减。" },
    instalments: decidedFen === 0n ? [] : instalments,
  });
}

/** For tests: an upheld review that found more to be due, and the top-up that follows from it. */
export async function plantTopUp(deps: RecoveryDeps, awardId: string, deliveryId: string, moreFen: bigint) {
  const id = derivedId("reassessment", awardId, deliveryId);
  const at = deps.clock.now();
  await deps.transaction(async ({ reassessments, followUps }) => {
    const paidFen = await followUps.standingOf(awardId);
    await reassessments.insert({
      ...{ id, entitlementId: awardId, deliveryId, asOf: "2025-11-03" as Day, outcome: "eligible", paidFen },
      ...{
        dueFen: paidFen + moreFen,
        changed: [{ factId: "ui.arrears", was: "0", now: "1" }],
        openedAt: at,
        status: "open",
      },
    });
  });
  await settleReassessment(deps, { id, verdict: "upheld", by: "checker", reason: "税务局复核函" });
  return deps.transaction(async (stores) => {
    const award = (await stores.owed.lock([awardId])).get(awardId)?.entitlement;
    if (!award) throw new Error("no such award");
    const amountFen = fen(moreFen);
    const entitlementId = await grantTopUp(stores, award, { amountFen, reassessmentId: id, at });
    const nothing = { correctedFen: fen(0), withdrawnFen: fen(0) };
    await stores.followUps.insert({ reassessmentId: id, awardId, ...nothing, topUp: { entitlementId, amountFen }, at });
    return entitlementId;
  });
}

/** For tests: money on a line, and the account that it is paid from. */
export async function fund(deps: RecoveryDeps, line: string, amountFen: bigint): Promise<void> {
  await deps.transaction(async ({ budget, payerAccounts }) => {
    await budget.open({ id: line, title: line, year: 2025 });
    await payerAccounts.assign({
      budgetLine: line,
      name: "财政局",
      accountNo: TREASURY_ACCOUNT,
      bankCode: "011491000016",
    });
    if (amountFen > 0n)
      await budget.move([appropriation({ line, amountFen: fen(amountFen) }, "指标 9")], deps.clock.now());
  });
}

export type Credit = Readonly<{ reference: string; amountFen: bigint; remittance: string; accountNo?: string }>;

/** For tests: the bank reports credits to the treasury's account. */
export function bankReports(deps: RecoveryDeps, ...credits: readonly Credit[]): ReturnType<typeof receiveBankFile> {
  const day = dayOf(deps.clock.now());
  const statements = credits.map(({ reference, amountFen, remittance, accountNo = TREASURY_ACCOUNT }) => ({
    ...{ id: `S${reference}`, accountNo, openingFen: 0n },
    entries: [{ reference, direction: "credit" as const, amountFen, remittance }],
  }));
  const id = derivedId("statement", ...credits.map(({ reference }) => reference)).slice(0, 30);
  return receiveBankFile(deps, new TextEncoder().encode(writeCamt053(id, day, startOfDay(day), statements)));
}
