import type { BudgetStore } from "../budget/budget-store.ts";
import { claim } from "../budget/posting.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { NoticeBoard } from "../notice/notice-store.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { decide, type Recovery, type Ruling } from "./recovery.ts";
import { decisionNotice } from "./recovery-notice.ts";
import type { RecoveryStore } from "./recovery-store.ts";

export type DecideRecoveryStores = Readonly<{
  recoveries: RecoveryStore;
  entitlements: Pick<EntitlementStore, "get">;
  policyVersions: Pick<PolicyVersionStore, "titleOf">;
  budget: Pick<BudgetStore, "move">;
  notices: NoticeBoard;
  journal: Journal;
}>;
export type DecideRecoveryDeps = Readonly<{ transaction: Transaction<DecideRecoveryStores>; clock: Clock }>;

/**
 * Somebody else than who asked for it decides, after the firm was heard. From here on it is owed, and
 * in the books.
 * @throws DomainError recovery-not-found | recovery-not-open | maker-is-checker | hearing-not-over | bad-input
 */
export function decideRecovery(
  { transaction, clock }: DecideRecoveryDeps,
  { id, ...ruling }: Readonly<{ id: string }> & Omit<Ruling, "at" | "today">,
): Promise<Recovery> {
  return transaction(async (stores) => {
    const at = clock.now();
    const decided = decide(await stores.recoveries.get(id), { ...ruling, at, today: dayOf(at) });
    await stores.recoveries.save(decided);
    const { decidedFen, reasons, instalments } = ruling;
    if (decidedFen > 0n) {
      await stores.budget.move([claim({ line: decided.budgetLine, amountFen: decidedFen }, id)], at);
    }
    await tell(stores, decided, at);
    const payload = {
      decidedFen: String(decidedFen),
      instalments: instalments.length,
      reasonsSha256: sha256(reasons.trim()),
    };
    await stores.journal.append({ type: "recovery-decided", subject: id, actor: ruling.by, at, payload });
    if (decided.status === "waived") {
      const how = { how: "waived" as const };
      await stores.journal.append({ type: "recovery-closed", subject: id, actor: ruling.by, at, payload: how });
    }
    return decided;
  });
}

/** Tells the firm what was decided of it. */
export async function tell(
  { entitlements, policyVersions, notices }: Pick<DecideRecoveryStores, "entitlements" | "policyVersions" | "notices">,
  recovery: Recovery,
  at: Date,
): Promise<void> {
  const { id, entitlementId, firmCode, status } = recovery;
  const { entitlement } = await entitlements.get(entitlementId);
  const text = decisionNotice(await policyVersions.titleOf(entitlement.policyVersionId), recovery);
  const noticeId = derivedId("notice", "recovery", id, status);
  await notices.post({
    ...text,
    id: noticeId,
    firmCode,
    kind: "recovery-decided",
    entitlementIds: [entitlementId],
    at,
  });
}
