import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCharacterOf, parseIdentityNumber } from "./identity-number.ts";

/** Invented: no place has the code 999999. */
const numberOf = (birth: string, serial: string) => {
  const first17 = `999999${birth}${serial}`;
  return first17 + checkCharacterOf(first17);
};

describe("an identity number", () => {
  test("has a check character that any changed digit breaks", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1900-01-01"), max: new Date("2025-12-31"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 999 }),
        fc.nat({ max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (birth, serial, place, by) => {
          const number = numberOf(
            birth.toISOString().slice(0, 10).replaceAll("-", ""),
            String(serial).padStart(3, "0"),
          );
          expect(parseIdentityNumber(number)).toBe(number);
          const changed = String((Number(number[place]) + by) % 10);
          expect(parseIdentityNumber(number.slice(0, place) + changed + number.slice(place + 1))).toBeUndefined();
        },
      ),
    );
  });

  test("may be written with a small x and blanks around it", () => {
    const numbers = Array.from({ length: 40 }, (_, nth) => numberOf("19900228", String(nth).padStart(3, "0")));
    const withX = numbers.find((number) => number.endsWith("X")) ?? "";
    expect(parseIdentityNumber(` ${withX.toLowerCase()} `)).toBe(withX);
  });

  test.each([
    ["a day that no year has", numberOf("19900230", "001")],
    ["15 digits, as they were before 1999", "999999900101001"],
    ["a credit code", "91410100MA0000003T"],
    ["full-width digits", "９９９９９９１９９００１０１００１２"],
    ["nothing", ""],
  ])("is not %s", (_, text) => {
    expect(parseIdentityNumber(text)).toBeUndefined();
  });
});
