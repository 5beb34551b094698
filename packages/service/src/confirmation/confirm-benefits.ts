import { cutText, stackingRuleKey } from "@apply-free/rules";
import { type DelegationStore, refuseBeyondDelegation } from "../access/delegation.ts";
import { openWindows } from "../budget/admit-waitlisted.ts";
import type { BudgetStore } from "../budget/budget-store.ts";
import type { FundRules } from "../budget/fund-rules.ts";
import { reservationKey } from "../budget/posting.ts";
import type { AwardParts } from "../entitlement/award-part.ts";
import type { Destinations } from "../entitlement/destination.ts";
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
import {
  type AtCounter,
  type Consent,
  type ConsentStore,
  counterDigest,
  type PayeeAccounts,
  receiptNoOf,
} from "./consent.ts";
import { type Claim, intoParts } from "./into-parts.ts";

export type ConfirmStores = Readonly<{
  entitlements: EntitlementStore;
  awardParts: Pick<AwardParts, "planOf" | "of" | "put" | "resultOf">;
  destinations: Destinations;
  stacking: StackingStore;
  consents: ConsentStore;
  payees: PayeeAccounts;
  budget: Pick<BudgetStore, "reserve">;
  funds: FundRules;
  delegations: DelegationStore;
  journal: Journal;
}>;

export type ConfirmDeps = Readonly<{ transaction: Transaction<ConfirmStores>; clock: Clock }>;

export type Confirmation = Readonly<{
  firmCode: string;
  actor: string;
  requestKey: string;
  /** Where a window clerk writes down what the firm agreed to on paper, or a hotline agent what it said. */
  counter?: AtCounter;
  /** With the amount each line showed, so that nobody agrees to a number they did not see. */
  chosen: readonly Readonly<{ entitlementId: string; amountFenSeen: string }>[];
}>;

/**
 * Records the firm's consent to several benefits in one act and reserves the money for them.
 * Payment follows from the journal, not from this call. Repeating it gives the same receipt.
 *
 * The fund is debited last, so that firms that want the same one wait for each other as shortly as can
 * be. Only when a fund turns out to be short is everything taken back and written down as waiting.
 *
 * @throws DomainError nothing-chosen | entitlement-not-found | entitlement-not-open |
 *   delegation-expired | delegation-out-of-scope | delegation-cap-exceeded |
 *   confirmation-closed | amount-changed | account-missing | request-key-reused | not-granted-together |
 *   budget-exhausted: the fund is short and its policy lets nobody wait
 */
export async function confirmBenefits(deps: ConfirmDeps, request: Confirmation): Promise<{ receiptNo: string }> {
  if (request.chosen.length === 0) {
    throw new DomainError("nothing-chosen", "请至少选择一项。Choose at least one benefit.");
  }
  const short = new Set<string>();
  for (;;) {
    try {
      return await attempt(deps, request, short);
    } catch (cause) {
      if (!(cause instanceof FundShort)) throw cause;
      short.add(cause.entitlementId);
    }
  }
}

/** Takes the transaction back: a fund that was counted on does not reach. Never leaves this file. */
class FundShort extends Error {
  override readonly name = "FundShort";
  readonly entitlementId: string;

  constructor(entitlementId: string) {
    super(`the fund is short for ${entitlementId}`);
    this.entitlementId = entitlementId;
  }
}

function attempt(
  { transaction, clock }: ConfirmDeps,
  request: Confirmation,
  short: ReadonlySet<string>,
): Promise<{ receiptNo: string }> {
  const { firmCode, requestKey, chosen, counter } = request;
  const requestSha256 = digestOf(counter ? { chosen, counter } : chosen);
  return transaction(async (stores) => {
    const earlier = await stores.consents.find(firmCode, requestKey);
    if (earlier) return sameRequest(earlier, requestSha256);
    const found = await loadOwn(stores, request);
    const open = found.filter(({ entitlement }) => !isAgreed(entitlement));
    // Everything was confirmed already, in another tab or by a colleague: their receipt is the answer.
    if (open.length === 0) return receiptOf(stores, found);
    const at = clock.now();
    await refuseBeyondDelegation(stores.delegations, request.actor, {
      policyIds: open.map(({ entitlement }) => entitlement.policyId),
      totalFen: sumFen(open.map(({ entitlement }) => entitlement.amountFen)),
      day: dayOf(at),
    });
    const claims = await intoParts(stores, open, request.actor, at);
    const account = await stores.payees.activeOf(firmCode);
    if (!account && claims.some(({ elsewhere }) => elsewhere === undefined)) {
      throw new DomainError(
        "account-missing",
        "还没有收款账户，请先补充账户。There is no account to pay to; add one first.",
        { firmCode },
      );
    }
    await refuseTogether(stores, open, at);
    const consent = consentOf(request, requestSha256, claims, at);
    await stores.consents.insert(consent);
    if (counter) await writeDown(stores, consent, counter);
    const debits: Reservation[] = [];
    for (const versioned of claims) {
      const { entitlement } = versioned;
      const bankAccountId = versioned.elsewhere ?? account?.id ?? "";
      confirm(entitlement, { consentId: consent.id, confirmedAt: at, bankAccountId }, "reserved"); // refuses what is closed
      const debit = debitOf(versioned, consent);
      const budget = await budgetFor(stores, versioned, debit, short);
      await confirmOne(stores, versioned, consent, bankAccountId, budget);
      if (budget === "reserved" && !short.has(entitlement.id)) debits.push({ ...debit, entitlementId: entitlement.id });
    }
    for (const { entitlementId, ...debit } of debits) {
      if ((await stores.budget.reserve(debit)) === "exhausted") throw new FundShort(entitlementId);
    }
    return { receiptNo: consent.receiptNo };
  });
}

async function writeDown({ consents, journal }: ConfirmStores, consent: Consent, counter: AtCounter): Promise<void> {
  const { id, firmCode, actor, at } = consent;
  await consents.insertAtCounter(consent, counter);
  const payload = { firmCode, clerk: actor, sha256: counterDigest(id, counter) };
  await journal.append({ type: "counter-confirmed", subject: id, actor, at, payload });
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

async function loadOwn(
  { entitlements, awardParts }: ConfirmStores,
  { firmCode, chosen }: Confirmation,
): Promise<Versioned[]> {
  const found: Versioned[] = [];
  for (const { entitlementId, amountFenSeen } of chosen) {
    const versioned = await entitlements.get(entitlementId);
    const { entitlement } = versioned;
    // Someone else's entitlement answers exactly as one that does not exist.
    if (entitlement.firmCode !== firmCode) {
      throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id: entitlementId });
    }
    // What was agreed to in parts was seen as a whole.
    const part = isAgreed(entitlement) ? (await awardParts.of([entitlementId])).get(entitlementId) : undefined;
    const wholeFen = part?.awardFen ?? entitlement.amountFen;
    if (String(wholeFen) !== amountFenSeen) throw amountChanged(entitlement, amountFenSeen);
    found.push(versioned);
  }
  // One order for everyone who locks several budget lines, so that nobody waits in a circle.
  return found.sort((a, b) => (lockOrder(a.entitlement) < lockOrder(b.entitlement) ? -1 : 1));
}

type Debit = Parameters<BudgetStore["reserve"]>[0];
type Reservation = Debit & Readonly<{ entitlementId: string }>;

function debitOf({ entitlement }: Versioned, { id: consentId, at }: Consent): Debit {
  const { id, budgetLine: line, amountFen } = entitlement;
  return { line, amountFen, businessKey: reservationKey(id, consentId), at };
}

/**
 * What a consent can count on: nothing while its window collects consents, or of a later year's line; otherwise money, until the
 * fund has said no once. Then it is asked again before anything rests on its answer.
 *
 * @throws DomainError budget-exhausted
 */
async function budgetFor(
  { budget, funds }: ConfirmStores,
  { entitlement, waits }: Claim,
  debit: Debit,
  short: ReadonlySet<string>,
): Promise<"reserved" | "exhausted"> {
  if (waits) return "exhausted";
  if (await openWindows(funds)(entitlement)) return "exhausted";
  if (!short.has(entitlement.id)) return "reserved";
  const answer = await budget.reserve(debit);
  if (answer === "exhausted" && (await funds.of(entitlement.policyVersionId))?.whenShort === "turned-away") {
    throw new DomainError(
      "budget-exhausted",
      "资金已用完，按政策规定不再受理。请取消这一项再确认。The fund is used up and the policy lets nobody wait; leave this one out.",
      { id: entitlement.id },
    );
  }
  return answer;
}

async function confirmOne(
  stores: ConfirmStores,
  { entitlement, rowVersion }: Versioned,
  { id: consentId, actor, at }: Consent,
  bankAccountId: string,
  budget: "reserved" | "exhausted",
) {
  const { amountFen } = entitlement;
  const changed = confirm(entitlement, { consentId, confirmedAt: at, bankAccountId }, budget);
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
