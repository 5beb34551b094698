import type { Bundle, BundleChoice, BundledAward, BundleOption, Cut } from "./bundle.ts";
import { binding, components, renumbered } from "./components.ts";
import { type Constraint, certainlyNothing, constraintsOf, keepsOne, totalOf } from "./constraint.ts";
import { awardKey, type DueAward, type GrantedShare } from "./due-award.ts";
import { alreadyHad, limitsOn, type Question } from "./limit.ts";
import { depthsOf, inOrder } from "./order-of-awards.ts";
import { isPaid } from "./packing.ts";
import { type Part, partsOfAward } from "./parts.ts";
import { settleComponent } from "./settle-component.ts";
import { type Doubt, doubtsOf } from "./undetermined.ts";

/**
 * Of all that policies would each give a firm on a day, the largest total that all their rules allow
 * together, given what was received. What deducts others is subsidiary to them. Of equal totals the one
 * that gives more to the first by policy and period; the order of the input does not matter. What rests
 * on an unknown receipt or amount is undetermined, and never paid.
 *
 * @throws Error when shares do not sum to their amount, or two awards have one key
 */
export function proposeBundle(question: Question): Bundle {
  const awards = inOrder(question.awards, question.rules);
  const had = alreadyHad(question);
  const parts = awards.filter((award) => !had.has(awardKey(award))).flatMap(partsOfAward);
  const limits = limitsOn(parts, question);
  const constraints = limits.flatMap((limit) => constraintsOf(limit, parts));
  const nothing = certainlyNothing(constraints);
  const doubts = doubtsOf({ question: { ...question, awards }, parts, limits, constraints, nothing });
  const open = parts.map((part, place) => (doubts.has(part.award) || nothing.has(place) ? 0n : part.fen));
  const depthOf = depthsOf(awards, question.rules);
  const depths = parts.map(({ policy }) => depthOf.get(policy) ?? 0);
  const settled = settle(open, constraints, depths);
  const told = { parts, constraints, open, depths, doubts, had, ...settled };
  const bundled = awards.map((award) => bundledOf(award, told));
  const totalFen = bundled.reduce((sum, { grantedFen }) => sum + grantedFen, 0n);
  const isSettled = bundled.every(({ state }) => state !== "undetermined");
  return { awards: bundled, totalFen, isSettled, choices: choicesOf(told, totalFen) };
}

type Settled = Readonly<{ paid: readonly bigint[]; entangled: ReadonlySet<number> }>;

/** Parts that no rule connects are settled apart from each other. */
function settle(open: readonly bigint[], constraints: readonly Constraint[], depths: readonly number[]): Settled {
  const paid = [...open];
  const entangled = new Set<number>();
  for (const { places, own } of components(open.length, binding(constraints, open))) {
    const picked = <Each>(values: readonly Each[], none: Each) => places.map((place) => values[place] ?? none);
    const found = settleComponent(picked(open, 0n), renumbered(own, places), picked(depths, 0));
    for (const [index, place] of places.entries()) {
      paid[place] = found?.[index] ?? 0n;
      if (!found) entangled.add(place);
    }
  }
  return { paid, entangled };
}

type Told = Settled &
  Readonly<{
    parts: readonly Part[];
    constraints: readonly Constraint[];
    /** What each part may be at most today. */
    open: readonly bigint[];
    depths: readonly number[];
    doubts: ReadonlyMap<string, Doubt>;
    had: ReadonlySet<string>;
  }>;

function bundledOf(award: DueAward, told: Told): BundledAward {
  const key = awardKey(award);
  const { policy, period, amount } = award;
  const places = placesOf(told.parts, key);
  const granted = places.reduce((sum, place) => sum + (told.paid[place] ?? 0n), 0n);
  const asked = amount.kind === "exact" ? BigInt(amount.fen) : undefined;
  const common = { award: key, policy, period, ...(asked !== undefined && { askedFen: asked }) };
  if (told.had.has(key)) return { ...common, state: "had", grantedFen: 0n, cuts: [] };
  const doubt = told.doubts.get(key);
  const isEntangled = places.some((place) => told.entangled.has(place));
  if (doubt || isEntangled) {
    return { ...common, state: "undetermined", grantedFen: 0n, cuts: [], doubt: doubt ?? { what: "entangled" } };
  }
  const cuts = cutsOf(key, places, told);
  const isWhole = asked !== undefined && granted >= asked;
  const state = isWhole ? "whole" : granted > 0n ? "reduced" : "left-out";
  return { ...common, state, grantedFen: granted, ...sharesOf(places, told.parts, told.paid), cuts };
}

function placesOf(parts: readonly Part[], award: string): number[] {
  return parts.flatMap((part, place) => (part.award === award ? [place] : []));
}

type Granted = Readonly<{ grantedFen: bigint; shares?: readonly GrantedShare[] }>;

function sharesOf(
  places: readonly number[],
  parts: readonly Part[],
  paid: readonly bigint[],
): Readonly<{ shares?: readonly GrantedShare[] }> {
  const own = places.flatMap((place) => parts[place] ?? []);
  if (own.every(({ objects }) => objects.length === 0)) return {};
  const shares = own.map(({ objects, fen: askedFen }, at) => ({
    objects,
    askedFen,
    fen: paid[places[at] ?? -1] ?? 0n,
  }));
  return { shares };
}

/** The rules that one more 分 for a part of this award would break. */
function cutsOf(award: string, places: readonly number[], { parts, constraints, paid }: Told): Cut[] {
  const cuts = new Map<Constraint["limit"], Cut>();
  for (const place of places) {
    if ((paid[place] ?? 0n) >= (parts[place]?.fen ?? 0n)) continue;
    const more = paid.with(place, (paid[place] ?? 0n) + 1n);
    for (const constraint of constraints) {
      if (keepsOne(constraint, more)) continue;
      const { limit } = constraint;
      const { rule, object, year, received, counted } = limit;
      const beside = counted.filter((other) => (paid[other] ?? 0n) > 0n).map((other) => parts[other]?.award ?? "");
      cuts.set(limit, {
        rule,
        ...(object !== undefined && { object }),
        ...(year !== undefined && { year }),
        receivedFen: totalOf(received),
        beside: [...new Set(beside)].filter((other) => other !== award),
      });
    }
  }
  return [...cuts.values()];
}

/** For each rule of exclusion, what every side would give. */
function choicesOf(told: Told, best: bigint): BundleChoice[] {
  return told.constraints.flatMap(({ limit, choice }) => {
    if (!choice || limit.rule.kind !== "exclusive") return [];
    const options = choice.flatMap((side) => optionOf(side, choice, told, best));
    if (options.length < 2) return [];
    const { rule, object, year } = limit;
    return [{ rule, ...(object !== undefined && { object }), ...(year !== undefined && { year }), options }];
  });
}

function optionOf(
  side: readonly number[],
  choice: readonly (readonly number[])[],
  told: Told,
  best: bigint,
): BundleOption[] {
  const { parts, open, paid } = told;
  const others = new Set(choice.flat().filter((place) => !side.includes(place)));
  const isProposed = isPaid(side, paid);
  const rest = open.map((fen, place) => (others.has(place) ? 0n : fen));
  const chosen = isProposed ? paid : chosenOf(side, rest, told);
  if (!chosen || !isPaid(side, chosen)) return [];
  const places = Map.groupBy(parts.keys(), (place) => parts[place]?.award ?? "");
  const granted = new Map<string, Granted>();
  for (const [award, own] of places) {
    const grantedFen = own.reduce((sum, place) => sum + (chosen[place] ?? 0n), 0n);
    if (grantedFen > 0n) granted.set(award, { grantedFen, ...sharesOf(own, parts, chosen) });
  }
  const totalFen = [...granted.values()].reduce((sum, { grantedFen }) => sum + grantedFen, 0n);
  const awards = [...new Set(side.map((place) => parts[place]?.award ?? ""))].filter((award) => granted.has(award));
  return [{ awards, totalFen, lessFen: best - totalFen, isProposed, granted }];
}

/** Of equal totals the one that gives the chosen side most. */
function chosenOf(side: readonly number[], open: readonly bigint[], told: Told): readonly bigint[] | undefined {
  const order = [...side, ...[...open.keys()].filter((place) => !side.includes(place))];
  const turned = <Each>(values: readonly Each[], none: Each) => order.map((place) => values[place] ?? none);
  const { paid, entangled } = settle(turned(open, 0n), renumbered(told.constraints, order), turned(told.depths, 0));
  return entangled.size > 0 ? undefined : open.map((_, place) => paid[order.indexOf(place)] ?? 0n);
}
