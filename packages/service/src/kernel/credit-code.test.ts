import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkCreditCode, creditCodeCheckDigit, organisationCheckDigit } from "./credit-code.ts";

// Published codes of listed companies; the check digits were computed by hand from the standard.
const published = [
  "91410000170001401D",
  "91410000706676846C",
  "914403001922038216",
  "9144030071526726XG",
  "9152000071430580XT",
  "91330100799655058B",
  "91440400192548256N",
  "91440300192317458F",
];

describe("a unified social credit code", () => {
  test.each(published)("%s is valid", (code) => {
    expect(checkCreditCode(code)).toEqual({ kind: "valid", code });
  });

  test.each(published)("%s carries the check digit of its organisation code too", (code) => {
    expect(organisationCheckDigit(code.slice(8, 16))).toBe(code[16]);
  });

  test.each([
    ["91350100M0001TGQXM", "1"],
    ["91350211M0000XUF46", "R"],
    ["91350203M0001FUE2P", "J"],
  ])("%s is official and fails its check: asked about, not refused", (code, expected) => {
    expect(checkCreditCode(code)).toEqual({ kind: "check-digit-differs", code, expected });
  });

  test.each([
    "",
    "9141000017000140",
    "91410000170001401D0",
    "9141000017000140ID",
    "9141000017000140OD",
    "91410000170001401S",
    "410000170001401",
    "91410000 70001401D",
  ])("%j is malformed", (text) => {
    expect(checkCreditCode(text)).toEqual({ kind: "malformed" });
  });

  test("is read in lower case and with spaces around it, as people paste it", () => {
    expect(checkCreditCode(" 91410000170001401d ")).toEqual({ kind: "valid", code: "91410000170001401D" });
  });
});

const character = fc.constantFrom(..."0123456789ABCDEFGHJKLMNPQRTUWXY");
const first17 = fc.string({ unit: character, minLength: 17, maxLength: 17 });

property.prop([first17, fc.nat(16), character])(
  "one mistyped character never stays unnoticed",
  (body, place, typed) => {
    fc.pre(body[place] !== typed);
    const code = body + creditCodeCheckDigit(body);
    const mistyped = code.slice(0, place) + typed + code.slice(place + 1);
    expect(checkCreditCode(code).kind).toBe("valid");
    expect(checkCreditCode(mistyped).kind).toBe("check-digit-differs");
  },
);
