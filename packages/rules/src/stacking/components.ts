import type { Constraint } from "./constraint.ts";
import { isPaid, keepsSum } from "./packing.ts";

/** Without those that hold whatever is paid: they connect nothing. Sides that get nothing are no choice. */
export function binding(constraints: readonly Constraint[], open: readonly bigint[]): readonly Constraint[] {
  return constraints.flatMap((each): Constraint[] => {
    const { limit, sum, choice } = each;
    if (!sum) {
      const sides = choice.filter((side) => isPaid(side, open));
      return sides.length > 1 ? [{ limit, choice: sides }] : [];
    }
    // What 就高 compares with is needed whatever it holds back.
    return keepsSum(sum, open) && each.standardFen === undefined ? [] : [each];
  });
}

/** Parts that rules connect, in order, with those rules. Parts without any rule are in none. */
export function components(
  count: number,
  constraints: readonly Constraint[],
): readonly Readonly<{ places: readonly number[]; own: readonly Constraint[] }>[] {
  const root = Array.from({ length: count }, (_, place) => place);
  const find = (place: number): number => {
    const above = root[place] ?? place;
    return above === place ? place : find(above);
  };
  for (const constraint of constraints) {
    const [first, ...rest] = placesIn(constraint);
    for (const place of rest)
      root[Math.max(find(place), find(first ?? place))] = Math.min(find(place), find(first ?? place));
  }
  const byRoot = Map.groupBy(constraints, (constraint) => find(placesIn(constraint)[0] ?? -1));
  return [...byRoot].flatMap(([at, own]) => {
    const places = [...root.keys()].filter((place) => find(place) === at);
    return at === -1 ? [] : [{ places, own }];
  });
}

function placesIn({ sum, choice }: Constraint): readonly number[] {
  return sum ? [...sum.weights.keys(), ...(sum.when ?? [])] : choice.flat();
}

/** The same constraints about parts in another order: the place of each is its place in `order`. */
export function renumbered(constraints: readonly Constraint[], order: readonly number[]): readonly Constraint[] {
  const at = (place: number) => order.indexOf(place);
  return constraints.map((each): Constraint => {
    const { limit, sum, choice } = each;
    if (!sum) return { limit, choice: choice.map((side) => side.map(at)) };
    const weights = new Map([...sum.weights].map(([place, weight]) => [at(place), weight]));
    return { ...each, sum: { ...sum, weights, ...(sum.when && { when: sum.when.map(at) }) } };
  });
}
