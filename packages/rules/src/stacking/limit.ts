import { awardKey, type DueAward, yearOf } from "./due-award.ts";
import type { PaidLedger, PaidLine } from "./paid-ledger.ts";
import type { Part } from "./parts.ts";
import { type StackingRule, seatOf } from "./stacking-rule.ts";
import { isWithin } from "./window.ts";

/** A rule at one place: for the firm, or one person, loan or project; within one window. */
export type Limit = Readonly<{
  rule: StackingRule;
  /** Id of the person, loan or project. */
  object?: string;
  /** Of a rule about calendar years. */
  year?: number;
  /** Places of the parts that it counts. For a deduction: those that it deducts. */
  counted: readonly number[];
  /** Only for a deduction: the parts that get less. */
  reduced: readonly number[];
  /** Receipts that it counts. */
  received: readonly PaidLine[];
  /** There may be receipts that nobody told us of. */
  isOpen: boolean;
}>;

/** What is asked about on one day. */
export type Question = Readonly<{
  rules: readonly StackingRule[];
  awards: readonly DueAward[];
  ledger: PaidLedger;
  /** `YYYY-MM-DD` */
  asOf: string;
}>;

/** Every place at which a rule reaches one of the parts. */
export function limitsOn(parts: readonly Part[], { rules, ledger, asOf }: Question): readonly Limit[] {
  return rules.flatMap((rule) => limitsOfRule(rule, parts, ledger, asOf));
}

/** Awards that a rule about persons, loans or projects reaches, and that do not say for which they are. */
export function withoutObject(
  parts: readonly Part[],
  rules: readonly StackingRule[],
): ReadonlyMap<string, StackingRule> {
  const found = new Map<string, StackingRule>();
  for (const rule of rules) {
    if (rule.per === "firm" || rule.per === "group") continue;
    for (const part of parts) {
      const isReached = isReduced(rule, part) || isCounted(rule, part);
      if (isReached && objectIn(rule, part) === undefined && !found.has(part.award)) found.set(part.award, rule);
    }
  }
  return found;
}

function limitsOfRule(rule: StackingRule, parts: readonly Part[], ledger: PaidLedger, asOf: string): Limit[] {
  const counted = placesOf(parts, (part) => isCounted(rule, part));
  const reduced = placesOf(parts, (part) => isReduced(rule, part));
  const held = deducts(rule) ? reduced : counted;
  const keyed = Map.groupBy(held, (place) => keyOfPlace(rule, parts[place], asOf));
  return [...keyed].flatMap(([key, places]) => {
    const first = parts[places[0] ?? -1];
    if (key === undefined || !first) return [];
    const object = objectIn(rule, first);
    const year = rule.during.kind === "calendarYear" ? yearOf(first, asOf) : undefined;
    const isHere = (place: number) => keyOfPlace(rule, parts[place], asOf) === key;
    const found = receiptsOf(rule, { object, year }, ledger, asOf);
    return [
      {
        rule,
        ...(object !== undefined && { object }),
        ...(year !== undefined && { year }),
        counted: counted.filter(isHere),
        reduced: reduced.filter(isHere),
        ...found,
      },
    ];
  });
}

export function deducts({ kind }: Pick<StackingRule, "kind">): boolean {
  return kind === "deduct" || kind === "levelDifference";
}

function isCounted({ seats }: StackingRule, { names }: Part): boolean {
  return seatOf(seats, names) !== -1;
}

function isReduced(rule: StackingRule, { policy }: Part): boolean {
  return deducts(rule) && rule.policies.includes(policy);
}

function placesOf(parts: readonly Part[], isMeant: (part: Part) => boolean): number[] {
  return parts.flatMap((part, place) => (isMeant(part) ? [place] : []));
}

/** Parts with one key are under one limit; none where the part does not say for what it is. */
function keyOfPlace(rule: StackingRule, part: Part | undefined, asOf: string): string | undefined {
  if (!part) return undefined;
  const object = rule.per === "firm" || rule.per === "group" ? "" : objectIn(rule, part);
  const year = rule.during.kind === "calendarYear" ? yearOf(part, asOf) : "";
  return object === undefined ? undefined : `${object}|${year}`;
}

function objectIn({ per }: StackingRule, { objects = [] }: Pick<PaidLine, "objects">): string | undefined {
  return objects.find(({ kind }) => kind === per)?.id;
}

type Place = Readonly<{ object: string | undefined; year: number | undefined }>;

function receiptsOf(
  rule: StackingRule,
  { object, year }: Place,
  { lines, isWhole }: PaidLedger,
  asOf: string,
): Pick<Limit, "received" | "isOpen"> {
  const { per } = rule;
  const isAboutObject = per !== "firm" && per !== "group";
  let isOpen = isAboutObject ? !isWhole.objects : !isWhole.firm || (per === "group" && !isWhole.group);
  const received: PaidLine[] = [];
  for (const line of lines) {
    if (seatOf(rule.seats, line.names) === -1) continue;
    if (!isAboutObject && line.of !== "firm" && !(per === "group" && line.of === "group")) continue;
    if (isAboutObject && line.isSum) continue;
    const named = objectIn(rule, line);
    // A receipt of this firm that does not say for whom: it may be this one.
    if (isAboutObject && named === undefined && line.of === "firm") isOpen = true;
    if (isAboutObject && named !== object) continue;
    const within = isWithin(rule.during, line, year, asOf);
    if (within === undefined) isOpen = true;
    if (within === true) received.push(line);
  }
  return { received, isOpen };
}

/** Awards that were paid or agreed to already: one for each policy and period. */
export function alreadyHad({ awards, ledger }: Question): ReadonlySet<string> {
  const had = new Set(ledger.lines.flatMap(({ of, award }) => (of === "firm" && award !== undefined ? [award] : [])));
  return new Set(awards.map(awardKey).filter((key) => had.has(key)));
}
