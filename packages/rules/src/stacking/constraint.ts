import type { Limit } from "./limit.ts";
import { type Choice, isPaid, keepsSum, type Sum } from "./packing.ts";
import type { PaidLine } from "./paid-ledger.ts";
import { atLeastZero, type Part } from "./parts.ts";
import { seatOf } from "./stacking-rule.ts";

/** A limit as arithmetic, and where it comes from. */
export type Constraint = Readonly<{ limit: Limit }> &
  (
    | Readonly<{
        sum: Sum;
        choice?: never;
        /** Of the highest alone: what the award of this sum would be by itself. */
        standardFen?: bigint;
      }>
    | Readonly<{ choice: Choice; sum?: never; standardFen?: never }>
  );

const WHOLE = 100n;

/** What a limit demands of the parts. */
export function constraintsOf(limit: Limit, parts: readonly Part[]): readonly Constraint[] {
  const { rule, counted, reduced, received } = limit;
  switch (rule.kind) {
    case "exclusive": {
      const sideOf = (place: number) => {
        const part = parts[place];
        return rule.once ? part?.award : seatOf(rule.seats, part?.names ?? []);
      };
      const shut = counted.filter((place) => isShut(limit, parts[place]));
      return [
        ...shut.map((place) => ({ limit, sum: { weights: new Map([[place, 1n]]), bound: 0n } })),
        ...choiceOf(limit, Map.groupBy(counted, sideOf)),
      ];
    }
    case "highest": {
      const byAward = Map.groupBy(counted, (place) => parts[place]?.award);
      const before = received.reduce((sum, { fen, standardFen = fen }) => sum + standardFen, 0n);
      const rest = [...byAward.values()].map((places) => {
        const standardFen = fenOf(places, parts);
        return {
          limit,
          standardFen,
          sum: { weights: weightsOf(places, 1n), bound: atLeastZero(standardFen - before) },
        };
      });
      return [...rest, ...choiceOf(limit, byAward)];
    }
    case "ceiling":
      return [
        { limit, sum: { weights: weightsOf(counted, 1n), bound: atLeastZero(rule.mostFen - totalOf(received)) } },
      ];
    case "levelDifference":
    case "deduct": {
      const percent = rule.kind === "deduct" ? rule.percent : WHOLE;
      const byAward = Map.groupBy(reduced, (place) => parts[place]?.award);
      return [...byAward.values()].map((places) => {
        const bound = WHOLE * fenOf(places, parts) - percent * totalOf(received);
        const weights = new Map([...weightsOf(counted, percent), ...weightsOf(places, WHOLE)]);
        return { limit, sum: { weights, bound, when: places } };
      });
    }
  }
}

function choiceOf(limit: Limit, sides: ReadonlyMap<unknown, readonly number[]>): Constraint[] {
  return sides.size > 1 ? [{ limit, choice: [...sides.values()] }] : [];
}

/** Something else of the group was received already; with `once`, even the same thing. */
function isShut({ rule, received }: Limit, part: Part | undefined): boolean {
  if (rule.kind !== "exclusive" || !part) return false;
  const own = seatOf(rule.seats, part.names);
  return received.some(({ names, fen }) => fen > 0n && (rule.once || seatOf(rule.seats, names) !== own));
}

function weightsOf(places: readonly number[], weight: bigint): Map<number, bigint> {
  return new Map(places.map((place) => [place, weight]));
}

function fenOf(places: readonly number[], parts: readonly Part[]): bigint {
  return places.reduce((sum, place) => sum + (parts[place]?.fen ?? 0n), 0n);
}

export function totalOf(lines: readonly Pick<PaidLine, "fen">[]): bigint {
  return lines.reduce((sum, { fen }) => sum + fen, 0n);
}

export function keepsOne({ sum, choice }: Constraint, paid: readonly bigint[]): boolean {
  if (sum) return keepsSum(sum, paid);
  return choice.filter((side) => isPaid(side, paid)).length <= 1;
}

/** Parts that get nothing whatever else is chosen. */
export function certainlyNothing(constraints: readonly Constraint[]): ReadonlySet<number> {
  const nothing = new Set<number>();
  for (const { sum } of constraints) {
    if (!sum) continue;
    for (const [place, weight] of sum.weights) {
      const binds = sum.when === undefined || sum.when.includes(place);
      if (binds && sum.bound < weight) nothing.add(place);
    }
  }
  return nothing;
}
