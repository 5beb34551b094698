import type { Constraint } from "./constraint.ts";
import { awardKey } from "./due-award.ts";
import { deducts, type Limit, type Question, withoutObject } from "./limit.ts";
import type { Part } from "./parts.ts";
import { type StackingRule, seatOf } from "./stacking-rule.ts";

/** Why an award cannot be settled today. */
export type Doubt = Readonly<{
  /** Its own amount; receipts nobody told us of; for whom it is; another award that is itself in doubt. */
  what: "amount" | "history" | "object" | "beside";
  rule?: StackingRule;
  /** The other award. */
  beside?: string;
}>;

type Known = Readonly<{
  question: Question;
  parts: readonly Part[];
  limits: readonly Limit[];
  constraints: readonly Constraint[];
  /** Parts that get nothing, whatever is still unknown. */
  nothing: ReadonlySet<number>;
}>;

/**
 * Awards that cannot be settled today, each with why. An award that may turn out larger leaves those
 * undetermined that it would shut out or reduce; under a ceiling it takes nothing from who is sure,
 * because the total is the same whoever comes first.
 */
export function doubtsOf(known: Known): ReadonlyMap<string, Doubt> {
  const doubts = new Map<string, Doubt>();
  const raise = (award: string, doubt: Doubt) => {
    if (!doubts.has(award) && !getsNothing(known, award)) doubts.set(award, doubt);
  };
  const { question, parts, limits } = known;
  for (const award of question.awards) {
    const { kind } = award.amount;
    if (kind === "range" || kind === "unknown") raise(awardKey(award), { what: "amount" });
  }
  for (const [award, rule] of withoutObject(parts, question.rules)) raise(award, { what: "object", rule });
  for (const { rule, isOpen, counted, reduced } of limits) {
    if (!isOpen) continue;
    for (const place of deducts(rule) ? reduced : counted) raise(awardAt(parts, place), { what: "history", rule });
  }
  for (let before = -1; before !== doubts.size; ) {
    before = doubts.size;
    for (const { award, beside, rule } of threatened(known, doubts)) raise(award, { what: "beside", rule, beside });
  }
  return doubts;
}

function getsNothing({ parts, nothing }: Known, award: string): boolean {
  return parts.every((part, place) => part.award !== award || part.fen === 0n || nothing.has(place));
}

function awardAt(parts: readonly Part[], place: number): string {
  return parts[place]?.award ?? "";
}

type Threat = Readonly<{ award: string; beside: string; rule: StackingRule }>;

function threatened(known: Known, doubts: ReadonlyMap<string, Doubt>): Threat[] {
  return [...known.constraints.flatMap((each) => threatsOf(each, known, doubts)), ...threatsOfNameless(known, doubts)];
}

function threatsOf({ limit, choice }: Constraint, known: Known, doubts: ReadonlyMap<string, Doubt>): Threat[] {
  const { parts, nothing } = known;
  const { rule, counted, reduced } = limit;
  const inDoubt = (place: number) => doubts.has(awardAt(parts, place)) && !nothing.has(place);
  const threat = (place: number, by: number) => ({ award: awardAt(parts, place), beside: awardAt(parts, by), rule });
  if (deducts(rule)) {
    const by = counted.find(inDoubt);
    return by === undefined ? [] : reduced.map((place) => threat(place, by));
  }
  if (!choice) return [];
  const mostOn = (side: readonly number[]) => side.reduce((sum, place) => sum + (parts[place]?.fen ?? 0n), 0n);
  return choice.flatMap((side) => {
    const larger = choice.filter((other) => other !== side && mostOn(other) > mostOn(side)).flat();
    const by = larger.find(inDoubt);
    return by === undefined ? [] : side.map((place) => threat(place, by));
  });
}

/** One that does not say for whom it is may be for anybody. */
function threatsOfNameless({ parts }: Known, doubts: ReadonlyMap<string, Doubt>): Threat[] {
  return [...doubts].flatMap(([beside, { what, rule }]) => {
    if (what !== "object" || !rule || rule.kind === "ceiling") return [];
    const named = parts.find(({ award }) => award === beside);
    const own = seatOf(rule.seats, named?.names ?? []);
    const isReached = (part: Part) => {
      if (deducts(rule)) return own !== -1 && rule.policies.includes(part.policy);
      const seat = seatOf(rule.seats, part.names);
      return seat !== -1 && seat !== own;
    };
    return parts.filter(isReached).map(({ award }) => ({ award, beside, rule }));
  });
}
