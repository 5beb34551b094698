/** A unified social credit code (统一社会信用代码), 18 characters. */
export type CreditCode = string & { readonly kind: "credit-code" };

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

export type CreditCodeCheck =
  | Readonly<{ kind: "valid"; code: CreditCode }>
  /** Some early pilot codes are official and fail the check: ask the register, do not refuse. */
  | Readonly<{ kind: "check-digit-differs"; code: CreditCode; expected: string }>
  | Readonly<{ kind: "malformed" }>;

/** Source: GB 32100-2015, clause 4.2 and annex A. */
export function checkCreditCode(text: string): CreditCodeCheck {
  const code = text.trim().toUpperCase();
  if (!shape.test(code)) return { kind: "malformed" };
  const expected = creditCodeCheckDigit(code.slice(0, 17));
  return code[17] === expected
    ? { kind: "valid", code: code as CreditCode }
    : { kind: "check-digit-differs", code: code as CreditCode, expected };
}

/** The 18th character over the first 17. Source: GB 32100-2015, annex A. */
export function creditCodeCheckDigit(first17: string): string {
  let sum = 0;
  for (const [place, weight] of weights.entries()) sum += alphabet.indexOf(first17.charAt(place)) * weight;
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** The 9th character of the organisation code over its first 8. Source: GB 11714-1997, clause 3. */
export function organisationCheckDigit(first8: string): string {
  let sum = 0;
  for (const [place, weight] of organisationWeights.entries()) {
    sum += Number.parseInt(first8.charAt(place), 36) * weight;
  }
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}
