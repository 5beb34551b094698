/**
 * How much of each part may be paid, as arithmetic: whole amounts, each at most `most`, under sums
 * with coefficients that are never negative, and under choices.
 */
export type Packing = Readonly<{
  /** The most of each part. */
  most: readonly bigint[];
  sums: readonly Sum[];
  choices: readonly Choice[];
  /** Parts of a lower level come first, whatever the others lose by it. */
  levels?: readonly number[];
}>;

/** `Σ weight × part ≤ bound`; with `when`, only where something of those parts is paid at all. */
export type Sum = Readonly<{ weights: ReadonlyMap<number, bigint>; bound: bigint; when?: readonly number[] }>;

/** At most one of these sides gets anything. */
export type Choice = readonly (readonly number[])[];

/** Whether these amounts keep everything. */
export function keeps({ most, sums, choices }: Packing, paid: readonly bigint[]): boolean {
  return (
    paid.every((fen, part) => fen >= 0n && fen <= (most[part] ?? 0n)) &&
    sums.every((sum) => keepsSum(sum, paid)) &&
    choices.every((sides) => sides.filter((side) => isPaid(side, paid)).length <= 1)
  );
}

export function keepsSum({ weights, bound, when }: Sum, paid: readonly bigint[]): boolean {
  if (when && !isPaid(when, paid)) return true;
  let total = 0n;
  for (const [part, weight] of weights) total += weight * (paid[part] ?? 0n);
  return total <= bound;
}

export function isPaid(parts: readonly number[], paid: readonly bigint[]): boolean {
  return parts.some((part) => (paid[part] ?? 0n) > 0n);
}
