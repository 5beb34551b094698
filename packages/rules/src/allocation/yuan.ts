import { grouped } from "../explain/value-text.ts";

/** 分 as people read them: `1,234.56`. */
export function yuan(fen: bigint): string {
  const digits = String(fen).padStart(3, "0");
  return `${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}
