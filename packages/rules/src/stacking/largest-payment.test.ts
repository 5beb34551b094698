import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { expect, test } from "vitest";
import { largestPayment } from "./largest-payment.ts";
import { keeps, type Packing } from "./packing.ts";

const weights = (...pairs: readonly (readonly [number, number])[]) =>
  new Map(pairs.map(([part, weight]) => [part, BigInt(weight)]));

test("three ceilings over two parts each leave half a fen nowhere", () => {
  const pair = (a: number, b: number) => ({ weights: weights([a, 1], [b, 1]), bound: 1n });
  const packing = { most: [1n, 1n, 1n], sums: [pair(0, 1), pair(1, 2), pair(0, 2)], choices: [] };
  expect(largestPayment(packing)).toEqual([1n, 0n, 0n]);
});

test("the larger side is chosen, and of equal ones the first", () => {
  expect(largestPayment({ most: [5n, 7n], sums: [], choices: [[[0], [1]]] })).toEqual([0n, 7n]);
  expect(largestPayment({ most: [7n, 7n], sums: [], choices: [[[0], [1]]] })).toEqual([7n, 0n]);
});

test("what deducts another is left out where that earns more", () => {
  const deducts = { weights: weights([0, 1], [1, 1]), bound: 5n, when: [1] };
  expect(largestPayment({ most: [9n, 5n], sums: [deducts], choices: [] })).toEqual([9n, 0n]);
  expect(largestPayment({ most: [3n, 5n], sums: [deducts], choices: [] })).toEqual([3n, 2n]);
});

test("amounts far beyond what a floating number holds are exact", () => {
  const most = [9_007_199_254_740_993n, 1n];
  const sums = [{ weights: weights([0, 1], [1, 1]), bound: 9_007_199_254_740_993n }];
  expect(largestPayment({ most, sums, choices: [] })).toEqual([9_007_199_254_740_993n, 0n]);
});

test("a question that takes more patience than there is has no answer", () => {
  const packing = { most: [5n, 7n], sums: [], choices: [[[0], [1]]] };
  expect(largestPayment(packing, { branches: 1 })).toBeUndefined();
  expect(largestPayment(packing, { branches: 3 })).toEqual([0n, 7n]);
});

const part = fc.integer({ min: 0, max: 3 });
const sum = fc.record({
  weights: fc.dictionary(part.map(String), fc.integer({ min: 1, max: 3 })),
  bound: fc.integer({ min: 0, max: 12 }),
  when: fc.option(fc.uniqueArray(part, { minLength: 1, maxLength: 2 }), { nil: undefined }),
});
const choice = fc.uniqueArray(part, { minLength: 2, maxLength: 3 }).map((parts) => parts.map((each) => [each]));
const packings: fc.Arbitrary<Packing> = fc.record({
  most: fc.array(fc.integer({ min: 0, max: 4 }).map(BigInt), { minLength: 4, maxLength: 4 }),
  sums: fc.array(
    sum.map(({ weights: written, bound, when }) => ({
      weights: weights(...Object.entries(written).map(([at, weight]) => [Number(at), weight] as const)),
      bound: BigInt(bound),
      ...(when && { when }),
    })),
    { maxLength: 4 },
  ),
  choices: fc.array(choice, { maxLength: 2 }),
});

property.prop([packings], { numRuns: 500 })(
  "no other whole payment that keeps everything is larger, or equal and earlier",
  (packing) => {
    const found = largestPayment(packing) ?? [];
    expect(keeps(packing, found)).toBe(true);
    expect(found).toEqual(bruteForce(packing));
  },
);

function bruteForce(packing: Packing): readonly bigint[] {
  let best: readonly bigint[] = packing.most.map(() => 0n);
  for (const paid of every(packing.most)) if (keeps(packing, paid) && isBetter(paid, best)) best = paid;
  return best;
}

function every([first, ...rest]: readonly bigint[]): bigint[][] {
  if (first === undefined) return [[]];
  const tails = every(rest);
  return Array.from({ length: Number(first) + 1 }, (_, fen) => BigInt(fen)).flatMap((fen) =>
    tails.map((tail) => [fen, ...tail]),
  );
}

function isBetter(a: readonly bigint[], b: readonly bigint[]): boolean {
  const total = (paid: readonly bigint[]) => paid.reduce((sum, fen) => sum + fen, 0n);
  if (total(a) !== total(b)) return total(a) > total(b);
  const at = a.findIndex((fen, place) => fen !== b[place]);
  return at !== -1 && (a[at] ?? 0n) > (b[at] ?? 0n);
}
