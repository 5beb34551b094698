import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkSubjectCode, hasRightCheckDigit, registrationCheckDigit } from "./subject-code.ts";

describe("the code of a subject", () => {
  test("is a credit code, with the check of its standard", () => {
    expect(checkSubjectCode(" 91410000170001401d ")).toEqual({ kind: "valid", code: "91410000170001401D" });
    expect(checkSubjectCode("91350100M0001TGQXM")).toMatchObject({ kind: "check-digit-differs", expected: "1" });
    expect(checkSubjectCode("9141000017000140")).toEqual({ kind: "malformed" });
  });

  test("or the 15 digits of a registration number, as in the example of the rule for such numbers", () => {
    expect(checkSubjectCode("110108000000016")).toEqual({ kind: "valid", code: "110108000000016" });
    expect(checkSubjectCode("110108000000015")).toEqual({
      ...{ kind: "check-digit-differs", code: "110108000000015", expected: "6" },
    });
  });

  test.each(["", "11010800000001", "1101080000000166", "11010800000001A", "110108 00000001"])(
    "%j is neither",
    (text) => {
      expect(checkSubjectCode(text)).toEqual({ kind: "malformed" });
    },
  );

  test("is asked about where its check digit differs", () => {
    expect(["110108000000016", "110108000000015", "91350100M0001TGQXM"].map(hasRightCheckDigit)).toEqual([
      ...[true, false, false],
    ]);
  });
});

const first14 = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 14, maxLength: 14 });

property.prop([first14, fc.nat(14), fc.constantFrom(..."0123456789")])(
  "one mistyped digit of a registration number never stays unnoticed",
  (body, place, typed) => {
    const number = body + registrationCheckDigit(body);
    fc.pre(number[place] !== typed);
    const mistyped = number.slice(0, place) + typed + number.slice(place + 1);
    expect(checkSubjectCode(mistyped).kind).toBe("check-digit-differs");
  },
);
