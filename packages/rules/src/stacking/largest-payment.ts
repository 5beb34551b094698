import { linearMaximum } from "./linear-maximum.ts";
import { isPaid, keeps, keepsSum, type Packing, type Sum } from "./packing.ts";

/** How many branches a question may still take. One of more is given up: undetermined is an answer, a stuck night is none. */
export type Patience = { branches: number };
export const somePatience = (): Patience => ({ branches: 1_000 });

/**
 * The largest total that keeps everything, level by level where there are levels; among equals, as
 * much as possible for the first part, then for the second, and so on. Exact, by branch and bound over exact linear maxima.
 *
 * @returns 分 by part, or `undefined` when the rules are too entangled to be settled
 */
export function largestPayment(packing: Packing, patience: Patience = somePatience()): readonly bigint[] | undefined {
  if (keeps(packing, packing.most)) return packing.most;
  const gains = gainsOf(packing);
  let best: readonly bigint[] = packing.most.map(() => 0n);
  let bestGain = 0n;
  const open: Branch[] = [{ low: best, high: packing.most, held: new Set() }];
  for (let branch = open.pop(); branch; branch = open.pop()) {
    patience.branches -= 1;
    if (patience.branches < 0) return undefined;
    const found = relaxed(packing, branch, gains);
    if (!found || found.gain <= bestGain) continue;
    const next = split(packing, branch, found);
    if (next) open.push(...next.toReversed());
    else [best, bestGain] = [found.floor, found.gain];
  }
  return best;
}

/** Part of the answers: bounds of each part, and conditional sums that are held to here. */
type Branch = Readonly<{ low: readonly bigint[]; high: readonly bigint[]; held: ReadonlySet<Sum> }>;

/** The total of the first level counts first, and so on; then each part for itself, the earlier the more. */
function gainsOf({ most, levels = [] }: Packing): readonly bigint[] {
  const base = most.reduce((sum, fen) => sum + fen, 1n);
  const ranks = [...new Set(levels)].sort((a, b) => b - a);
  const digits = most.length;
  return most.map((_, part) => {
    const level = Math.max(0, ranks.indexOf(levels[part] ?? 0));
    return base ** BigInt(digits + level) + base ** BigInt(digits - 1 - part);
  });
}

/** `floor`: the values without their fractions. `gain`: what no whole answer of this branch exceeds. */
type Found = Readonly<{ floor: readonly bigint[]; fractional: number; gain: bigint }>;

/** The maximum of a branch without its choices, its open conditions, and the wholeness of 分. */
function relaxed(packing: Packing, { low, high, held }: Branch, gains: readonly bigint[]): Found | undefined {
  const rows = [];
  for (const sum of packing.sums) {
    if (sum.when && !held.has(sum)) continue;
    let bound = sum.bound;
    for (const [part, weight] of sum.weights) bound -= weight * (low[part] ?? 0n);
    if (bound < 0n) return undefined;
    rows.push({ weights: low.map((_, part) => sum.weights.get(part) ?? 0n), bound });
  }
  for (const [part, least] of low.entries()) {
    const bound = (high[part] ?? 0n) - least;
    if (bound < 0n) return undefined;
    rows.push({ weights: low.map((_, other) => (other === part ? 1n : 0n)), bound });
  }
  const { values, denominator } = linearMaximum({ gains, rows });
  const floor = values.map((value, part) => value / denominator + (low[part] ?? 0n));
  const fractional = values.findIndex((value) => value % denominator !== 0n);
  const above = values.reduce((sum, value, part) => sum + value * (gains[part] ?? 0n), 0n) / denominator;
  const gain = low.reduce((sum, least, part) => sum + least * (gains[part] ?? 0n), above);
  return { floor, fractional, gain };
}

/** The branches in which what is violated here cannot be; `undefined` when nothing is. */
function split(packing: Packing, branch: Branch, { floor, fractional }: Found): Branch[] | undefined {
  const { low, high, held } = branch;
  // A fraction of a 分 is something paid: the side that has it has to be seen.
  const seen = fractional === -1 ? floor : floor.map((fen, part) => (part === fractional ? fen + 1n : fen));
  const choice = packing.choices.find((sides) => sides.filter((side) => isPaid(side, seen)).length > 1);
  if (choice) {
    return choice.map((kept) => {
      const others = choice.filter((side) => side !== kept).flat();
      return { ...branch, high: without(high, new Set(others.filter((part) => !kept.includes(part)))) };
    });
  }
  if (fractional !== -1) {
    const whole = floor[fractional] ?? 0n;
    return [
      { ...branch, low: low.with(fractional, whole + 1n) },
      { ...branch, high: high.with(fractional, whole) },
    ];
  }
  const sum = packing.sums.find((each) => each.when && !held.has(each) && !keepsSum(each, floor));
  if (!sum?.when) return undefined;
  return [
    { ...branch, held: new Set([...held, sum]) },
    { ...branch, high: without(high, new Set(sum.when)) },
  ];
}

function without(high: readonly bigint[], parts: ReadonlySet<number>): readonly bigint[] {
  return high.map((fen, part) => (parts.has(part) ? 0n : fen));
}
