import {
  type Amount,
  awardKey,
  type Bilingual,
  type Bundle,
  type BundleChoice,
  type BundledAward,
  type DueAward,
  explainAward,
  explainChoice,
  type Profile,
  proposeBundle,
  sharesOf,
} from "@apply-free/rules";
import type { Match } from "../matching/match.ts";
import { type Agreed, firmLedger } from "./firm-ledger.ts";
import { isReached, namesOf, type PolicyRelations } from "./policy-relations.ts";
import { besideOthersReason, type StackingTerms } from "./stacking-terms.ts";

/** What an award comes to beside others. `wait`: not to be settled today. `none`: nothing is left of it. */
export type Placed =
  | Readonly<{ kind: "offered"; terms: Omit<StackingTerms, "entitlementId" | "forebears"> }>
  | Readonly<{ kind: "none"; reason: string }>
  | Readonly<{ kind: "wait" }>;

export function keyOfMatch({ stored: { policyId: policy, period } }: Match): string {
  return awardKey({ policy, period });
}

/** The awards among these matches that some policy's rule reaches, as they are asked for. */
export function awardsAskedFor(matches: readonly Match[], relations: PolicyRelations): readonly DueAward[] {
  return matches.flatMap((match): DueAward[] => {
    const { policyId: policy, period, decision, facts, asOf } = match.stored;
    const isMeant = isReached(relations, policy) || relations.contradictory.has(policy);
    const amount = mayComeTo(decision.outcome, decision.amount);
    if (!isMeant || amount.kind === "none") return [];
    const shares = sharesOf(match.compiled.policy, facts, asOf, amount);
    const families = namesOf(relations.familyOf, policy).slice(1);
    return [{ policy, period, families, amount, ...(shares && { shares }) }];
  });
}

/** What is undetermined may turn out to be nothing as well. */
function mayComeTo(outcome: string, amount: Amount): Amount {
  if (outcome === "ineligible") return { kind: "none" };
  if (amount.kind === "exact" && BigInt(amount.fen) <= 0n) return { kind: "none" };
  if (outcome === "eligible" || amount.kind === "unknown" || amount.kind === "none") return amount;
  return { kind: "range", minFen: "0", maxFen: amount.kind === "range" ? amount.maxFen : amount.fen };
}

/** What each award comes to beside the others, by `policy|period`; those that no rule reaches are not among them. */
export function placeAwards(
  awards: readonly DueAward[],
  matches: readonly Match[],
  agreed: Agreed,
  relations: PolicyRelations,
): ReadonlyMap<string, Placed> {
  const [first] = matches;
  if (!first || awards.length === 0) return new Map();
  const { asOf } = first.stored;
  const settled = awards.filter(({ policy }) => !relations.contradictory.has(policy));
  const ledger = firmLedger(factsIn(matches), agreed, relations, asOf);
  const bundle = proposeBundle({ rules: relations.rules, awards: settled, ledger, asOf });
  const placed = new Map<string, Placed>(awards.map((award) => [awardKey(award), { kind: "wait" }]));
  for (const award of bundle.awards) placed.set(award.award, placeOf(award, bundle, relations));
  return placed;
}

/** The records of what was received; each policy that has rules was decided with them. */
function factsIn(matches: readonly Match[]): Profile {
  return Object.assign(Object.create(null), ...matches.map(({ stored }) => stored.facts));
}

function placeOf(award: BundledAward, bundle: Bundle, { titleOf }: PolicyRelations): Placed {
  if (award.state === "undetermined" || award.askedFen === undefined) return { kind: "wait" };
  const chosen = bundle.choices.filter(({ options }) => options.some(({ awards }) => awards.includes(award.award)));
  const isProposed = award.grantedFen > 0n;
  const granted = isProposed ? award : mostOf(award.award, chosen);
  const own = explainAward(award, titleOf).reasons;
  if (!granted) return { kind: "none", reason: besideOthersReason(own.map(({ zh, en }) => `${zh} ${en}`).join("; ")) };
  const { grantedFen, shares = [] } = granted;
  const choices = chosen.flatMap((choice) => explainChoice(choice, titleOf));
  const reasons = isProposed ? [...own, ...leftOutFor(award, bundle, titleOf)] : [];
  return { kind: "offered", terms: { askedFen: award.askedFen, grantedFen, shares, reasons, choices, isProposed } };
}

/** The most that an award comes to, were the firm to choose it. */
function mostOf(award: string, choices: readonly BundleChoice[]) {
  return choices
    .flatMap(({ options }) => options.flatMap(({ granted }) => granted.get(award) ?? []))
    .toSorted((a, b) => (a.grantedFen < b.grantedFen ? 1 : -1))[0];
}

/** What the firm does not get because it gets this. */
function leftOutFor({ award }: BundledAward, { awards }: Bundle, titleOf: PolicyRelations["titleOf"]): Bilingual[] {
  const others = awards.filter(
    ({ state, cuts }) => state === "left-out" && cuts.some(({ beside }) => beside.includes(award)),
  );
  return others.flatMap((other) => {
    const { zh, en } = titleOf(other.policy);
    return explainAward(other, titleOf).reasons.map((reason) => ({
      zh: `“${zh}”${reason.zh}`,
      en: `“${en}”: ${reason.en}`,
    }));
  });
}
