import { awardKey, historyIn, type PaidLedger, type PaidLine, type Profile } from "@apply-free/rules";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Entitlement } from "./entitlement.ts";
import { namesOf, type PolicyRelations } from "./policy-relations.ts";
import type { AgreedElsewhere, StackingTerms } from "./stacking-terms.ts";

export type Agreed = Readonly<{
  /** What the firm, and those whose history it carries on, agreed to or were paid. */
  own: readonly Entitlement[];
  /** What the other members of its group of companies agreed to or were paid. */
  ofGroup: readonly Entitlement[];
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
  const ofGroup = agreed.ofGroup.map((award): PaidLine => {
    const { award: _, ...line } = totalOf(award, agreed.terms.get(award.id), history.isWhole.group, {
      relations,
      asOf,
    });
    // What it was given for stands among what was agreed to elsewhere.
    return { ...line, of: "group", isSum: true };
  });
  const elsewhere = agreed.elsewhere.flatMap(({ policyId, period, shares, agreedOn }) => {
    const common = { names: namesOf(relations.familyOf, policyId), paidOn: dayOf(agreedOn), ...yearIn(period) };
    return shares.map((share): PaidLine => ({ ...common, ...share, of: "other" }));
  });
  return { ...history, lines: [...history.lines, ...own, ...ofGroup, ...elsewhere] };
}

type Around = Readonly<{ history: PaidLedger; told: string | undefined; relations: PolicyRelations; asOf: Day }>;

function linesOf(
  award: Entitlement,
  terms: StackingTerms | undefined,
  { history: { isWhole }, told, relations, asOf }: Around,
): PaidLine[] {
  const total = totalOf(award, terms, isWhole.firm, { relations, asOf });
  const { names, paidOn, year } = total;
  const common = { names, ...(paidOn !== undefined && { paidOn }), ...(year !== undefined && { year }) };
  // What was granted by person, loan and project stands in the record of those, as far as it reaches.
  const isTold = "paidAt" in award && told !== undefined && dayOf(award.paidAt) <= told;
  const shares = isTold ? [] : (terms?.shares ?? []);
  return [
    { ...total, isSum: isTold || shares.length > 0 },
    ...shares.map((share): PaidLine => ({ ...common, ...share, of: "other" })),
  ];
}

/** One award as a whole. What was paid in a family stands in a ledger that is whole, and must not count twice. */
function totalOf(
  award: Entitlement,
  terms: StackingTerms | undefined,
  isLedgerWhole: boolean,
  { relations: { familyOf }, asOf }: Pick<Around, "relations" | "asOf">,
): PaidLine {
  const { policyId: policy, period, amountFen: fen } = award;
  const paidOn = "paidAt" in award ? dayOf(award.paidAt) : undefined;
  const isInLedger = paidOn !== undefined && familyOf.has(policy) && isLedgerWhole;
  return {
    ...{ names: namesOf(familyOf, policy), paidOn: paidOn ?? asOf, ...yearIn(period) },
    fen: isInLedger ? 0n : fen,
    ...(terms && { standardFen: isInLedger ? terms.askedFen - fen : terms.askedFen }),
    award: awardKey({ policy, period }),
    of: "firm",
  };
}

function yearIn(period: string): Readonly<{ year?: number }> {
  const [, year] = /^(\d{4})(?:\/\d+)?$/.exec(period) ?? [];
  return year === undefined ? {} : { year: Number(year) };
}

/** The day up to which departments told what was granted by person, loan and project. */
function toldUntil(facts: Profile): string | undefined {
  const state = facts["grants.received"];
  return state?.state === "known" ? state.asOf : undefined;
}
