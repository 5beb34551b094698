/** An amount of money in 分 (1/100 元), exact. Never a float: 0.1 + 0.2 is not 0.3 there. */
export type Fen = bigint & { readonly unit: "fen" };

/** Brands a whole number of 分. */
export function fen(amount: bigint | number | string): Fen {
  return BigInt(amount) as Fen;
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return fen(total);
}

export function lesserFen(one: bigint, other: bigint): Fen {
  return fen(one < other ? one : other);
}

/** `2534000n` → `"25,340.00"`. */
export function formatYuan(amount: bigint): string {
  const sign = amount < 0n ? "-" : "";
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${yuan}.${digits.slice(-2)}`;
}

/** `2534000n` → `"25340.00"`: the decimal that ISO 20022 and CSV files carry. */
export function toDecimalYuan(amount: bigint): string {
  return formatYuan(amount).replaceAll(",", "");
}

/** `"25340.00"` → `2534000n`; `undefined` unless it is a decimal with at most two places. */
export function fromDecimalYuan(text: string): Fen | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign, yuan = "0", fraction = ""] = match;
  const amount = BigInt(yuan) * 100n + BigInt(fraction.padEnd(2, "0"));
  return fen(sign === "-" ? -amount : amount);
}
