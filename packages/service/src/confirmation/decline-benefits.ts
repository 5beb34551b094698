import { type DelegationStore, refuseBeyondDelegation } from "../access/delegation.ts";
import { decline, reopen } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { sameRequest } from "./confirm-benefits.ts";
import { type ConsentStore, receiptNoOf } from "./consent.ts";

type DeclineStores = Readonly<{
  entitlements: EntitlementStore;
  consents: ConsentStore;
  delegations: DelegationStore;
  journal: Journal;
}>;
export type DeclineDeps = Readonly<{ transaction: Transaction<DeclineStores>; clock: Clock }>;

export type Refusal = Readonly<{
  firmCode: string;
  actor: string;
  requestKey: string;
  chosen: readonly Readonly<{ entitlementId: string }>[];
  reason: string;
}>;

/**
 * Records that the firm does not want some benefits now (暂不领取). It may change its mind until
 * the deadline. Repeating it gives the same receipt.
 *
 * @throws DomainError nothing-chosen | entitlement-not-found | entitlement-not-open |
 *   confirmation-closed | request-key-reused | delegation-expired | delegation-out-of-scope
 */
export function declineBenefits({ transaction, clock }: DeclineDeps, refusal: Refusal): Promise<{ receiptNo: string }> {
  const { firmCode, actor, requestKey, chosen, reason } = refusal;
  if (chosen.length === 0) throw new DomainError("nothing-chosen", "请至少选择一项。Choose at least one benefit.");
  const requestSha256 = digestOf({ chosen, reason });
  return transaction(async ({ entitlements, consents, delegations, journal }) => {
    const earlier = await consents.find(firmCode, requestKey);
    if (earlier) return sameRequest(earlier, requestSha256);
    const at = clock.now();
    const id = derivedId("consent", firmCode, requestKey);
    const own = [];
    for (const { entitlementId } of chosen) own.push(await ownEntitlement(entitlements, firmCode, entitlementId));
    const policyIds = own.map(({ entitlement }) => entitlement.policyId);
    await refuseBeyondDelegation(delegations, actor, { policyIds, day: dayOf(at) });
    const lines = own.map(({ entitlement: { id: entitlementId, policyId, amountFen } }) => ({
      entitlementId,
      policyId,
      amountFen: String(amountFen),
      answer: "declined" as const,
    }));
    const receiptNo = receiptNoOf(id, dayOf(at));
    await consents.insert({ id, receiptNo, firmCode, actor, requestKey, requestSha256, lines, totalFen: fen(0), at });
    for (const { entitlement, rowVersion } of own) {
      const declined = decline(entitlement, id, reason, at);
      if (declined === entitlement) continue;
      await entitlements.save(declined, rowVersion);
      const payload = { consentId: id, reason };
      await journal.append({ type: "entitlement-declined", subject: entitlement.id, actor, at, payload });
    }
    return { receiptNo };
  });
}

/** Takes a refusal back before the deadline. */
export function reopenBenefit(
  { transaction, clock }: DeclineDeps,
  { firmCode, actor, entitlementId }: Readonly<{ firmCode: string; actor: string; entitlementId: string }>,
): Promise<void> {
  return transaction(async ({ entitlements, delegations, journal }) => {
    const { entitlement, rowVersion } = await ownEntitlement(entitlements, firmCode, entitlementId);
    const at = clock.now();
    await refuseBeyondDelegation(delegations, actor, { policyIds: [entitlement.policyId], day: dayOf(at) });
    const reopened = reopen(entitlement, at);
    if (reopened === entitlement) return;
    await entitlements.save(reopened, rowVersion);
    await journal.append({ type: "entitlement-reopened", subject: entitlementId, actor, at, payload: {} });
  });
}

async function ownEntitlement(entitlements: EntitlementStore, firmCode: string, id: string) {
  const versioned = await entitlements.get(id);
  if (versioned.entitlement.firmCode === firmCode) return versioned;
  throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id });
}
