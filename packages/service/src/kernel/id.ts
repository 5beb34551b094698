import { sha256 } from "./digest.ts";

/**
 * Makes ids from what they identify. The same command repeated after a crash derives the same
 * id, so the unique keys in SQL recognise it.
 */
export function derivedId(kind: string, ...parts: readonly (string | number | bigint)[]): string {
  return `${kind}_${base32(sha256([kind, ...parts].join("\u0000"))).slice(0, 20)}`;
}

/** Crockford base 32 without I, L, O and U: safe to read aloud and to type. */
function base32(hex: string): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let value = BigInt(`0x${hex}`);
  let text = "";
  while (value > 0n) {
    text = alphabet[Number(value % 32n)] + text;
    value /= 32n;
  }
  return text;
}
