import type { Lang } from "./page-context.ts";

/** `"2534000"` fen → `25,340.00 元` or `CNY 25,340.00`. */
export function amountText(fen: string, lang: Lang): string {
  return lang === "zh" ? `${decimalYuan(fen)} 元` : `CNY ${decimalYuan(fen)}`;
}

/** Sum of decimal fen, exact at any size. */
export function sumOf(fens: readonly string[]): string {
  return String(fens.reduce((total, fen) => total + BigInt(fen), 0n));
}

/** Thousandths of a whole that a part is, for drawing; 0 when the whole is nothing. */
export function permille(partFen: string, wholeFen: string): number {
  const whole = BigInt(wholeFen);
  return whole <= 0n ? 0 : Number((BigInt(partFen) * 1000n) / whole);
}

function decimalYuan(fen: string): string {
  const amount = BigInt(fen);
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${amount < 0n ? "-" : ""}${yuan}.${digits.slice(-2)}`;
}
