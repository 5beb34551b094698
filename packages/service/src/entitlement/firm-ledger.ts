import { awardKey, historyIn, type PaidLedger, type PaidLine, type Profile } from "@apply-free/rules";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Entitlement } from "./entitlement.ts";
import { namesOf, type PolicyRelations } from "./policy-relations.ts";
import type { AgreedElsewhere, StackingTerms } from "./stacking-terms.ts";

export type Agreed = Readonly<{
  /** What the firm, and those whose history it carries on, agreed to or were paid. */
  own: readonly Entitlement[];
  terms: ReadonlyMap<string, StackingTerms>;
  /** What other firms agreed to for the same persons, loans and projects. */
  elsewhere: readonly AgreedElsewhere[];
}>;

/**
 * Everything that was received or promised: what departments delivered, and what this system promised
 * since. A promise counts from the firm's consent, or two could be given out of one ceiling.
 *
 * @param facts what departments delivered, our own payments since included (see `withOwnPayments`)
 */
export function firmLedger(facts: Profile, agreed: Agreed, relations: PolicyRelations, asOf: Day): PaidLedger {
  const history = historyIn(facts);
  const told = toldUntil(facts);
  const own = agreed.own.flatMap((award) =>
    linesOf(award, agreed.terms.get(award.id), { history, told, relations, asOf }),
  );
  const elsewhere = agreed.elsewhere.flatMap(({ policyId, period, shares, agreedOn }) => {
    const common = { names: namesOf(relations.familyOf, policyId), paidOn: dayOf(agreedOn), ...yearIn(period) };
    return shares.map((share): PaidLine => ({ ...common, ...share, of: "other" }));
  });
  return { ...history, lines: [...history.lines, ...own, ...elsewhere] };
}

type Around = Readonly<{ history: PaidLedger; told: string | undefined; relations: PolicyRelations; asOf: Day }>;

function linesOf(
  award: Entitlement,
  terms: StackingTerms | undefined,
  { history: { isWhole }, told, relations: { familyOf }, asOf }: Around,
): PaidLine[] {
  const { policyId: policy, period, amountFen: fen } = award;
  const paidOn = "paidAt" in award ? dayOf(award.paidAt) : undefined;
  const common = { names: namesOf(familyOf, policy), paidOn: paidOn ?? asOf, ...yearIn(period) };
  // What was paid in a family stands in the delivered ledger, or was added to it; it must not count twice.
  const isInLedger = paidOn !== undefined && familyOf.has(policy) && isWhole.firm;
  // The same of the record by person, loan and project, as far as it reaches.
  const isTold = paidOn !== undefined && told !== undefined && paidOn <= told;
  const shares = isTold ? [] : (terms?.shares ?? []);
  const total: PaidLine = {
    ...common,
    fen: isInLedger ? 0n : fen,
    ...(terms && { standardFen: isInLedger ? terms.askedFen - fen : terms.askedFen }),
    award: awardKey({ policy, period }),
    of: "firm",
    isSum: isTold || shares.length > 0,
  };
  return [total, ...shares.map((share): PaidLine => ({ ...common, ...share, of: "other" }))];
}

function yearIn(period: string): Readonly<{ year?: number }> {
  return /^\d{4}$/.test(period) ? { year: Number(period) } : {};
}

/** The day up to which departments told what was granted by person, loan and project. */
function toldUntil(facts: Profile): string | undefined {
  const state = facts["grants.received"];
  return state?.state === "known" ? state.asOf : undefined;
}
