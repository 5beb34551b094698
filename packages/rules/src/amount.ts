import Fraction from "fraction.js";
import type { Amount } from "./decision.ts";
import { boundsOf, isExact, type Value } from "./formula/value.ts";

const FEN_PER_YUAN = 100;
const HALF = new Fraction(1, 2);

/** The amount that a computed value in 元 stands for. Rounded once, here, to 分, half up. */
export function amountOf(yuan: Value): Amount {
  if (isExact(yuan) && yuan.kind !== "number") return { kind: "unknown" };
  const bounds = boundsOf(yuan);
  if (!bounds?.min || !bounds.max) return { kind: "unknown" };
  const minFen = toFen(bounds.min);
  const maxFen = toFen(bounds.max);
  return minFen === maxFen ? { kind: "exact", fen: minFen } : { kind: "range", minFen, maxFen };
}

/** Half up away from zero, so that a correction of minus half a 分 mirrors a payment of half a 分. */
function toFen(yuan: Fraction): string {
  const fen = yuan.abs().mul(FEN_PER_YUAN).add(HALF).floor();
  return (yuan.lt(0) ? fen.neg() : fen).toString();
}
