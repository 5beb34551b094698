import { parseDay } from "./day.ts";

/** A citizen identity number (公民身份号码) in its one written form: 17 digits and a digit or `X`. */
export type IdentityNumber = string & { readonly kind: "identity-number" };

/**
 * `undefined` where it is none: the place, the day of birth or the check character is wrong. Unlike some
 * codes of firms, a number of a person that fails its check does not exist.
 *
 * Source: GB 11643-1999, clause 4; the check character is ISO 7064 MOD 11-2
 */
export function parseIdentityNumber(text: string): IdentityNumber | undefined {
  const number = text.trim().toUpperCase();
  if (!/^[1-9][0-9]{16}[0-9X]$/.test(number)) return undefined;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)];
  if (parseDay(`${year}-${month}-${day}`) === undefined) return undefined;
  return number[17] === checkCharacterOf(number.slice(0, 17)) ? (number as IdentityNumber) : undefined;
}

export function checkCharacterOf(first17: string): string {
  let sum = 0;
  for (const [place, digit] of [...first17].entries()) sum += Number(digit) * (2 ** (17 - place) % 11);
  return "10X98765432".charAt(sum % 11);
}
