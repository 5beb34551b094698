import fc from "fast-check";
import type { BundledAward } from "./bundle.ts";
import { awardKey, type DueAward, yearOf } from "./due-award.ts";
import type { Question } from "./limit.ts";
import { depthsOf } from "./order-of-awards.ts";
import type { PaidLine } from "./paid-ledger.ts";
import { rulesInForce } from "./rules-in-force.ts";
import { type Seat, type StackingRule, seatOf, type Terms } from "./stacking-rule.ts";

/** For tests: policies a, b, c, … that pay whole 分, and what they say about each other. */

type Frame = Partial<Pick<StackingRule, "per" | "during">>;
export const yearly: Frame = { during: { kind: "calendarYear" } };

export function rule(policy: string, terms: Terms, frame: Frame = {}): StackingRule {
  const label = { zh: "某规定", en: "Some rule" };
  const name = `of${terms.kind}${JSON.stringify(terms.seats)}${JSON.stringify(frame)}`;
  return { name, policies: [policy], clause: "一", label, per: "firm", during: { kind: "ever" }, ...frame, ...terms };
}

export function ceiling(policy: string, most: number, frame: Frame, ...others: readonly string[]): StackingRule {
  return rule(policy, { kind: "ceiling", seats: beside(policy, ...others), mostFen: BigInt(most) }, frame);
}

export function beside(...policies: readonly string[]): readonly Seat[] {
  return policies.map((policy): Seat => [policy]);
}

export function due(policy: string, fen: number, period = "2025"): DueAward {
  return { policy, period, families: [], amount: { kind: "exact", fen: String(fen) } };
}

export function open(policy: string, minFen: number, maxFen: number): DueAward {
  return { ...due(policy, 0), amount: { kind: "range", minFen: String(minFen), maxFen: String(maxFen) } };
}

export function line(policy: string, fen: number, more: Partial<PaidLine> = {}): PaidLine {
  return { names: [policy], fen: BigInt(fen), paidOn: "2025-03-01", of: "firm", ...more };
}

/** An award of a bundle as it stands in the ledger once it is paid. */
export function paidAs({ award, policy, period, askedFen, grantedFen }: BundledAward, { asOf }: Question): PaidLine[] {
  const standardFen = askedFen ?? grantedFen;
  const common = { names: [policy], fen: grantedFen, standardFen, paidOn: asOf, award, of: "firm" } as const;
  return grantedFen === 0n ? [] : [/^\d{4}/.test(period) ? { ...common, year: Number(period.slice(0, 4)) } : common];
}

function every([first, ...rest]: readonly bigint[]): bigint[][] {
  if (first === undefined) return [[]];
  const tails = every(rest);
  return Array.from({ length: Number(first) + 1 }, (_, fen) => BigInt(fen)).flatMap((fen) =>
    tails.map((tail) => [fen, ...tail]),
  );
}

/** Whether amounts break a rule, said as plainly as the rules are: the reference beside the engine. For the firm as a whole. */
export function breaks({ rules, awards, ledger, asOf }: Question, granted: ReadonlyMap<string, bigint>): boolean {
  const years = [...new Set(awards.map((award) => yearOf(award, asOf)))];
  return rules.some((each) => {
    if (each.during.kind !== "calendarYear") return breaksOne(each, awards, ledger.lines, granted);
    return years.some((year) => {
      const inYear = awards.filter((award) => yearOf(award, asOf) === year);
      const lines = ledger.lines.filter((one) => (one.year ?? Number(one.paidOn?.slice(0, 4))) === year);
      return breaksOne(each, inYear, lines, granted);
    });
  });
}

function breaksOne(
  each: StackingRule,
  awards: readonly DueAward[],
  lines: readonly PaidLine[],
  granted: ReadonlyMap<string, bigint>,
): boolean {
  const fenOf = (award: DueAward) => granted.get(awardKey(award)) ?? 0n;
  const asked = ({ amount }: DueAward) => (amount.kind === "exact" ? BigInt(amount.fen) : 0n);
  const members = awards.filter(({ policy }) => seatOf(each.seats, [policy]) !== -1);
  const receipts = lines.filter(({ names, of }) => of === "firm" && seatOf(each.seats, names) !== -1);
  const received = receipts.reduce((sum, { fen }) => sum + fen, 0n);
  const standards = receipts.reduce((sum, { fen, standardFen = fen }) => sum + standardFen, 0n);
  const total = members.reduce((sum, award) => sum + fenOf(award), 0n);
  const paid = members.filter((award) => fenOf(award) > 0n);
  switch (each.kind) {
    case "exclusive": {
      const names = each.once
        ? [...paid.map(awardKey), ...receipts.map((_, place) => `receipt ${place}`)]
        : [...paid.map(({ policy }) => policy), ...receipts.flatMap((one) => one.names)];
      // Receipts that exclude each other are history; what counts is that nothing is added to them.
      return paid.length > 0 && new Set(names).size > 1;
    }
    case "highest":
      return paid.length > 1 || paid.some((award) => fenOf(award) + standards > asked(award));
    case "ceiling":
      return total > 0n && total + received > each.mostFen;
    case "levelDifference":
    case "deduct": {
      const percent = each.kind === "deduct" ? each.percent : 100n;
      const targets = awards.filter((award) => each.policies.includes(award.policy) && fenOf(award) > 0n);
      return targets.some((award) => 100n * fenOf(award) + percent * (total + received) > 100n * asked(award));
    }
  }
}

/**
 * The largest total, by trying every amount of every award: for each way to choose among what excludes
 * each other, what deducts nothing gets the most it can, then what deducts that, and so on.
 */
export function largestByTrying(question: Question): bigint {
  const { awards, rules } = question;
  const depths = depthsOf(awards, rules);
  const levels = [...new Set(depths.values())].sort((a, b) => a - b);
  const lawful = every(awards.map(({ amount }) => (amount.kind === "exact" ? BigInt(amount.fen) : 0n))).filter(
    (amounts) => {
      return !breaks(question, new Map(awards.map((award, place) => [awardKey(award), amounts[place] ?? 0n])));
    },
  );
  const totals = (amounts: readonly bigint[]) =>
    levels.map((level) =>
      amounts.reduce((sum, fen, place) => sum + (depths.get(awards[place]?.policy ?? "") === level ? fen : 0n), 0n),
    );
  let best = 0n;
  for (const shut of waysToChoose(question)) {
    const allowed = lawful.filter((amounts) =>
      awards.every((award, place) => amounts[place] === 0n || !shut.has(award)),
    );
    const first = allowed.reduce((a, b) => (isLess(totals(a), totals(b)) ? b : a));
    const total = first.reduce((sum, fen) => sum + fen, 0n);
    if (total > best && !canBeClaimed(question, first)) best = total;
  }
  return best;
}

/** For each way to take one side of every exclusion: the awards of the other sides. */
function waysToChoose({ rules, awards, asOf }: Question): Set<DueAward>[] {
  let ways: Set<DueAward>[] = [new Set()];
  for (const each of rules) {
    if (each.kind !== "exclusive" && each.kind !== "highest") continue;
    const members = awards.filter(({ policy: of }) => seatOf(each.seats, [of]) !== -1);
    const windows = Map.groupBy(members, (one) => (each.during.kind === "calendarYear" ? yearOf(one, asOf) : 0));
    for (const inWindow of windows.values()) {
      const isAlone = each.kind === "highest" || each.once;
      const sides = [...Map.groupBy(inWindow, (one) => (isAlone ? awardKey(one) : one.policy)).values()];
      ways = ways.flatMap((shut) =>
        sides.map((side) => new Set([...shut, ...inWindow.filter((one) => !side.includes(one))])),
      );
    }
  }
  return ways;
}

/** Whether one more 分 could be had, once these are paid, for an award that was not, or not wholly. */
function canBeClaimed(question: Question, amounts: readonly bigint[]): boolean {
  const { awards, ledger } = question;
  return awards.some((award, place) => {
    if (amounts[place] !== 0n || award.amount.kind !== "exact" || award.amount.fen === "0") return false;
    const lines = awards.flatMap(({ policy: of, period, amount }, at) => {
      const [grantedFen, askedFen] = [amounts[at] ?? 0n, amount.kind === "exact" ? BigInt(amount.fen) : 0n];
      return paidAs({ award: "", policy: of, period, state: "whole", askedFen, grantedFen, cuts: [] }, question);
    });
    const later = { ...question, awards: [award], ledger: { ...ledger, lines: [...ledger.lines, ...lines] } };
    return !breaks(later, new Map([[awardKey(award), 1n]]));
  });
}

function isLess(a: readonly bigint[], b: readonly bigint[]): boolean {
  const at = a.findIndex((fen, place) => fen !== b[place]);
  return at !== -1 && (a[at] ?? 0n) < (b[at] ?? 0n);
}

const policy = fc.constantFrom("a", "b", "c", "d");
const seats = fc.uniqueArray(policy, { minLength: 1, maxLength: 3 });
const frame = fc.constantFrom<Frame>({}, yearly);
const small = fc.integer({ min: 1, max: 9 });

const rules: fc.Arbitrary<StackingRule> = fc.oneof(
  fc.record({ seats, frame, once: fc.boolean() }).map(({ seats: names, frame: given, once }) => {
    return rule(names[0] ?? "a", { kind: "exclusive", seats: beside(...names), once }, given);
  }),
  fc.record({ seats, frame }).map(({ seats: names, frame: given }) => {
    return rule(names[0] ?? "a", { kind: "highest", seats: beside(...names) }, given);
  }),
  fc.record({ seats, frame, most: small }).map(({ seats: names, frame: given, most }) => {
    return ceiling(names[0] ?? "a", most, given, ...names.slice(1));
  }),
  fc.record({ seats: fc.uniqueArray(policy, { minLength: 2, maxLength: 3 }), frame }).map((given) => {
    const [own = "a", ...others] = given.seats;
    return rule(own, { kind: "levelDifference", own: [own], seats: beside(...others) }, given.frame);
  }),
  fc
    .record({
      seats: fc.uniqueArray(policy, { minLength: 2, maxLength: 2 }),
      frame,
      percent: fc.constantFrom(50n, 100n),
    })
    .map(({ seats: [own = "a", other = "b"], frame: given, percent }) => {
      return rule(own, { kind: "deduct", own: [own], seats: beside(other), percent }, given);
    }),
);

const lines = fc.record({ policy, fen: fc.integer({ min: 1, max: 4 }), year: fc.constantFrom(2024, 2025) });

/** Small worlds in which everything is known, and no two deduct each other. */
export const lawfully: fc.Arbitrary<Question> = fc
  .record({
    rules: fc.uniqueArray(rules, { maxLength: 4, selector: ({ policies, name }) => `${policies} ${name}` }),
    awards: fc.uniqueArray(
      fc.record({ policy, fen: fc.integer({ min: 0, max: 5 }), period: fc.constantFrom("2025", "2025", "2024") }),
      { maxLength: 4, selector: ({ policy: of, period }) => `${of}|${period}` },
    ),
    lines: fc.array(lines, { maxLength: 3 }),
  })
  .map((world) => ({
    rules: world.rules,
    awards: world.awards.map(({ policy: of, fen, period }) => due(of, fen, period)),
    ledger: {
      lines: world.lines.map(({ policy: of, fen, year }) => line(of, fen, { year })),
      isWhole: { firm: true, group: true, objects: true },
    },
    asOf: "2025-11-03",
  }))
  .filter(({ rules: stated }) => !isCircular(stated));

function isCircular(stated: readonly StackingRule[]): boolean {
  try {
    rulesInForce(stated.map((one) => ({ id: one.policies[0] ?? "", stacking: [one] })));
    return false;
  } catch {
    return true;
  }
}
