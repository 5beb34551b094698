import { cutText, stackingRuleKey } from "@apply-free/rules";
import type { BudgetStore } from "../budget/budget-store.ts";
import { agreedStatuses, confirm, type Entitlement } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { StackingStore } from "../entitlement/stacking-terms.ts";
import { standsAgainst } from "../entitlement/stands-against.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import { formatYuan, sumFen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type Consent, type ConsentStore, type PayeeAccounts, receiptNoOf } from "./consent.ts";

export type ConfirmStores = Readonly<{
  entitlements: EntitlementStore;
  stacking: StackingStore;
  consents: ConsentStore;
  payees: PayeeAccounts;
  budget: Pick<BudgetStore, "reserve">;
  journal: Journal;
}>;

export type ConfirmDeps = Readonly<{ transaction: Transaction<ConfirmStores>; clock: Clock }>;

export type Confirmation = Readonly<{
  firmCode: string;
  actor: string;
  requestKey: string;
  /** With the amount each line showed, so that nobody agrees to a number they did not see. */
  chosen: readonly Readonly<{ entitlementId: string; amountFenSeen: string }>[];
}>;

/**
 * Records the firm's consent to several benefits in one act and reserves the money for them.
 * Payment follows from the journal, not from this call. Repeating it gives the same receipt.
 *
 * @throws DomainError nothing-chosen | entitlement-not-found | entitlement-not-open |
 *   confirmation-closed | amount-changed | account-missing | request-key-reused | not-granted-together
 */
export function confirmBenefits(
  { transaction, clock }: ConfirmDeps,
  request: Confirmation,
): Promise<{ receiptNo: string }> {
  const { firmCode, requestKey, chosen } = request;
  if (chosen.length === 0) throw new DomainError("nothing-chosen", "请至少选择一项。Choose at least one benefit.");
  const requestSha256 = digestOf(chosen);
  return transaction(async (stores) => {
    const earlier = await stores.consents.find(firmCode, requestKey);
    if (earlier) return sameRequest(earlier, requestSha256);
    const found = await loadOwn(stores, request);
    const open = found.filter(({ entitlement }) => !isAgreed(entitlement));
    // Everything was confirmed already, in another tab or by a colleague: their receipt is the answer.
    if (open.length === 0) return receiptOf(stores, found);
    const account = await stores.payees.activeOf(firmCode);
    if (!account) {
      throw new DomainError(
        "account-missing",
        "还没有收款账户，请先补充账户。There is no account to pay to; add one first.",
        { firmCode },
      );
    }
    const at = clock.now();
    await refuseTogether(stores, open, at);
    const consent = consentOf(request, requestSha256, open, at);
    await stores.consents.insert(consent);
    for (const versioned of open) await confirmOne(stores, versioned, consent, account.id);
    return { receiptNo: consent.receiptNo };
  });
}

/** What was offered as a choice is not agreed to twice, nor more than a ceiling leaves by now. */
async function refuseTogether(stores: ConfirmStores, open: readonly Versioned[], at: Date): Promise<void> {
  const [breach] = await standsAgainst(
    stores,
    open.map(({ entitlement }) => entitlement),
    at,
  );
  if (!breach) return;
  const { titleOf } = await stores.stacking.relations();
  const { zh, en } = breach.why === "rule" ? cutText(breach, titleOf) : unclear;
  throw new DomainError(
    "not-granted-together",
    `所选各项不能同时领取：${zh}。These cannot be granted together: ${en}.`,
    {
      rule: stackingRuleKey(breach.rule),
    },
  );
}

const unclear = {
  zh: "此前领取情况尚不清楚，请稍后再试",
  en: "what was received before is not known, try again later",
};

async function loadOwn({ entitlements }: ConfirmStores, { firmCode, chosen }: Confirmation): Promise<Versioned[]> {
  const found: Versioned[] = [];
  for (const { entitlementId, amountFenSeen } of chosen) {
    const versioned = await entitlements.get(entitlementId);
    const { entitlement } = versioned;
    // Someone else's entitlement answers exactly as one that does not exist.
    if (entitlement.firmCode !== firmCode) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    if (String(entitlement.amountFen) !== amountFenSeen) throw amountChanged(entitlement, amountFenSeen);
    found.push(versioned);
  }
  // One order for everyone who locks several budget lines, so that nobody waits in a circle.
  return found.sort((a, b) => (lockOrder(a.entitlement) < lockOrder(b.entitlement) ? -1 : 1));
}

async function confirmOne(
  stores: ConfirmStores,
  versioned: Versioned,
  { id: consentId, actor, at }: Consent,
  bankAccountId: string,
) {
  const { entitlement, rowVersion } = versioned;
  const agreement = { consentId, confirmedAt: at, bankAccountId };
  confirm(entitlement, agreement, "reserved"); // refuses a closed offer before any money is locked
  const { budgetLine, amountFen } = entitlement;
  const reserved = await stores.budget.reserve({
    line: budgetLine,
    amountFen,
    businessKey: `reserve:${entitlement.id}:${consentId}`,
    at,
  });
  const changed = confirm(entitlement, agreement, reserved);
  await stores.entitlements.save(changed, rowVersion);
  const type = changed.status === "waitlisted" ? "entitlement-waitlisted" : "entitlement-confirmed";
  await stores.journal.append({
    type,
    subject: entitlement.id,
    actor,
    at,
    payload: { consentId, amountFen: String(amountFen) },
  });
}

function consentOf(request: Confirmation, requestSha256: string, open: readonly Versioned[], at: Date): Consent {
  const { firmCode, actor, requestKey } = request;
  const id = derivedId("consent", firmCode, requestKey);
  const lines = open.map(({ entitlement: { id: entitlementId, policyId, amountFen } }) => ({
    entitlementId,
    policyId,
    amountFen: String(amountFen),
    answer: "confirmed" as const,
  }));
  const totalFen = sumFen(open.map(({ entitlement }) => entitlement.amountFen));
  return { id, receiptNo: receiptNoOf(id, dayOf(at)), firmCode, actor, requestKey, requestSha256, lines, totalFen, at };
}

export function sameRequest(earlier: Consent, requestSha256: string): { receiptNo: string } {
  if (earlier.requestSha256 !== requestSha256) {
    throw new DomainError(
      "request-key-reused",
      "这个页面已经提交过别的选择，请刷新。This form was sent with other choices; reload it.",
    );
  }
  return { receiptNo: earlier.receiptNo };
}

async function receiptOf({ consents }: ConfirmStores, found: readonly Versioned[]): Promise<{ receiptNo: string }> {
  for (const { entitlement } of found) {
    if ("consentId" in entitlement) return { receiptNo: (await consents.get(entitlement.consentId)).receiptNo };
  }
  throw new Error("an agreed entitlement carries no consent");
}

function isAgreed({ status }: Entitlement): boolean {
  return agreedStatuses.has(status);
}

function lockOrder({ budgetLine, id }: Entitlement): string {
  return `${budgetLine}|${id}`;
}

function amountChanged({ id, amountFen }: Entitlement, seen: string): DomainError {
  const was = /^\d{1,18}$/.test(seen) ? formatYuan(BigInt(seen)) : "?";
  return new DomainError(
    "amount-changed",
    `金额有更新：${was} → ${formatYuan(amountFen)} 元。请重新核对。The amount has changed; check it again.`,
    { id, seenFen: seen, amountFen: String(amountFen) },
  );
}
