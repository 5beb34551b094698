import { type CreditCode, checkCreditCode } from "./credit-code.ts";

/**
 * What identifies a subject: a unified social credit code, the number it had before one, or the pseudonym of
 * a natural person.
 */
export type SubjectCode = CreditCode | RegistrationNumber | PersonCode;
/** `P` and 24 hex digits, made of the identity number with a key; tells nothing about the person. */
export type PersonCode = string & { readonly kind: "person-code" };
/** A registration number (注册号), 15 digits; some individual businesses still carry no other. */
export type RegistrationNumber = string & { readonly kind: "registration-number" };

export type SubjectCodeCheck =
  | Readonly<{ kind: "valid"; code: SubjectCode }>
  /** Some official codes fail the check: ask the register, do not refuse. */
  | Readonly<{ kind: "check-digit-differs"; code: SubjectCode; expected: string }>
  | Readonly<{ kind: "malformed" }>;

/** Source: GB 32100-2015; for numbers of 15 digits GS 15-2006 (工商行政管理注册号编制规则). */
export function checkSubjectCode(text: string): SubjectCodeCheck {
  const number = text.trim();
  if (isPersonCode(number)) return { kind: "valid", code: number };
  if (!/^[0-9]{15}$/.test(number)) return checkCreditCode(text);
  const code = number as RegistrationNumber;
  const expected = registrationCheckDigit(number.slice(0, 14));
  return number[14] === expected ? { kind: "valid", code } : { kind: "check-digit-differs", code, expected };
}

export function isPersonCode(code: string): code is PersonCode {
  return /^P[0-9A-F]{24}$/.test(code);
}

/** @param index blind index of the identity number */
export function personCodeOf(index: string): PersonCode {
  return `P${index.slice(0, 24).toUpperCase()}` as PersonCode;
}

/** Whether nobody needs to ask the register whether this code exists. */
export function hasRightCheckDigit(code: string): boolean {
  return checkSubjectCode(code).kind === "valid";
}

/** The 15th digit over the first 14. Source: GS 15-2006 clause 5, which takes MOD 11,10 of ISO 7064. */
export function registrationCheckDigit(first14: string): string {
  let product = 10;
  for (const digit of first14) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}
