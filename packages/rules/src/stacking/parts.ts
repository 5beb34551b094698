import { awardKey, type DueAward, namesOf } from "./due-award.ts";
import type { ObjectRef } from "./paid-ledger.ts";

/** A part of an award that rules can reach by itself: what it gives for one person, loan or project, or the whole. */
export type Part = Readonly<{
  award: string;
  policy: string;
  period: string;
  names: readonly string[];
  objects: readonly ObjectRef[];
  /** The most it can be. */
  fen: bigint;
}>;

/** More than any amount: what an unknown one may come to. */
export const UNBOUNDED = 10n ** 30n;

/** @throws Error shares that do not sum to their amount: whoever cut them has miscounted */
export function partsOfAward(award: DueAward): readonly Part[] {
  const { policy, period, shares } = award;
  const common = { award: awardKey(award), policy, period, names: namesOf(award) };
  const whole = mostOf(award);
  if (!shares) return [{ ...common, objects: [], fen: whole }];
  const sum = shares.reduce((total, { fen }) => total + fen, 0n);
  if (sum !== whole) throw new Error(`shares of ${common.award} come to ${sum}, its amount to ${whole}`);
  return shares.map(({ objects, fen }) => ({ ...common, objects, fen }));
}

/** The most an award may come to, in 分. */
export function mostOf({ amount }: Pick<DueAward, "amount">): bigint {
  switch (amount.kind) {
    case "exact":
      return atLeastZero(BigInt(amount.fen));
    case "range":
      return atLeastZero(BigInt(amount.maxFen));
    case "unknown":
      return UNBOUNDED;
    case "none":
      return 0n;
  }
}

export function atLeastZero(fen: bigint): bigint {
  return fen > 0n ? fen : 0n;
}
