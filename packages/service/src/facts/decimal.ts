/**
 * Exact decimals as text. A binary float would turn 1.005 万元 into 10049.999999999998 元.
 */

const plain = /^(-?)(\d{1,18})(?:\.(\d{1,30}))?$/;

/** `"012.50"` → `"12.5"`; `undefined` for anything but an optional sign, digits and one point. */
export function normalDecimal(text: string): string | undefined {
  return shiftDecimal(text, 0);
}

/** Moves the point: by 4 it turns 万元 into 元, by −1 per mille into per cent. */
export function shiftDecimal(text: string, places: number): string | undefined {
  const match = plain.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const padded =
    places >= 0 ? `${whole}${fraction.padEnd(places, "0")}` : `${whole.padStart(1 - places, "0")}${fraction}`;
  const point = places >= 0 ? whole.length + places : Math.max(whole.length, 1 - places) + places;
  const digits = padded.slice(0, point).replace(/^0+(?=\d)/, "");
  const decimals = padded.slice(point).replace(/0+$/, "");
  const value = decimals ? `${digits}.${decimals}` : digits;
  return sign && value !== "0" ? `-${value}` : value;
}

/** Digits after the point. */
export function decimalPlaces(decimal: string): number {
  return decimal.split(".")[1]?.length ?? 0;
}

/** Whether the first of two normal decimals is the smaller one. */
export function isLess(left: string, right: string): boolean {
  const places = Math.max(decimalPlaces(left), decimalPlaces(right));
  const whole = (decimal: string) => BigInt(shiftDecimal(decimal, places) ?? 0);
  return whole(left) < whole(right);
}
