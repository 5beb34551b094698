import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { RulesError } from "../rules-error.ts";
import { feel, names } from "../testing.ts";
import { jsonOf } from "../value-json.ts";
import { durationFrom, durationText } from "./duration.ts";
import { parseFormula } from "./parse.ts";

const json = (source: string, facts = {}) => jsonOf(feel(source, facts));

test.each([
  ['@"2024-02-29" + duration("P1Y")', "2025-02-28"],
  ['@"2025-01-31" + @"P1M"', "2025-02-28"],
  ['@"P1M" + @"2025-01-31"', "2025-02-28"],
  ['@"2025-03-01" - @"P1D"', "2025-02-28"],
  ['@"2025-03-31" - @"P1M"', "2025-02-28"],
  ['@"2025-03-01" - @"2025-01-01"', "P59D"],
  ['(@"2025-03-01" - @"2025-01-01").days', 59],
  ['@"2025-01-01" - @"2025-03-01" < @"P0D"', true],
  ['@"P1Y" + @"P6M"', "P1Y6M"],
  ['@"P1Y" - @"P18M"', "-P6M"],
  ['-@"P6M" + @"P6M"', "P0M"],
  ['@"P1Y" = @"P12M"', true],
  ['@"P1Y" > @"P11M"', true],
  ['@"P13M" in [@"P1Y"..@"P2Y"]', true],
  ['3 * @"P5M"', "P1Y3M"],
  ['@"P1Y3M" / 5', "P3M"],
  ['@"P1Y" / @"P5M"', 2.4],
  ['@"P1Y" / @"P0M"', null],
  ['@"P1M" / 2', null],
  ['@"P1M" / 0', null],
  ['@"P1M" * 0.5', null],
  ['@"P1Y6M".years', 1],
  ['@"P1Y6M".months', 6],
  ['-@"P1Y6M".months', -6],
  ['@"P1Y6M".days', null],
  ['@"P90D".days', 90],
  ['@"P90D".months', null],
  ['@"P30D" = @"P1M"', false],
  ['@"P30D" < @"P1M"', null],
  ['@"P30D" + @"P1M"', null],
  ['duration("1 year")', null],
  ['duration("P1M2D")', null],
  ['duration("P")', null],
  ['duration("PT5H")', null],
  ['years and months duration(@"2024-01-31", @"2025-02-28")', "P1Y1M"],
  ['years and months duration(@"2025-02-28", @"2024-01-31")', "-P1Y1M"],
  ['ent.since + @"P2Y" <= asOf', true],
  ['asOf - ent.since >= @"P1000D"', true],
])("%s is %j", (source, expected) => {
  expect(json(source, { "ent.since": "2022-11-03" })).toEqual(expected);
});

test("what is unknown stays unknown, and names its fact", () => {
  expect(feel('ent.since + @"P2Y" <= asOf')).toMatchObject({ kind: "unknown", because: ["ent.since"] });
});

test.each([
  ['@"2025-01-01" + 5', /needs a number, but this is a date/],
  ['@"2025-01-01" + @"2025-01-01"', /needs a number/],
  ['@"P1Y" * @"P1Y"', /needs a number, but this is a duration/],
  ['@"P1Y" - @"2025-01-01"', /needs a number/],
  ['@"P1Y" > 5', /a duration cannot be compared with a number/],
  ['@"P1Y".year', /has no field "year". Did you mean "years"\?/],
  ['@"P1Y2M3D"', /no day or duration/],
  ['duration("P1Y", 2)', /takes 1 arguments, here are 2/],
  ['time("12:00:00")', /no times/],
])("%s is refused when it is written", (source, message) => {
  expect(() => parseFormula(source, "here", names)).toThrow(RulesError);
  expect(() => parseFormula(source, "here", names)).toThrow(message);
});

const months = fc.integer({ min: -50_000, max: 50_000 });
test.prop([months, fc.constantFrom("months" as const, "days" as const)], { numRuns: 1000 })(
  "a duration that is written and read again is the same",
  (length, unit) => {
    expect(durationFrom(durationText({ kind: "duration", unit, length }))).toEqual({ kind: "duration", unit, length });
  },
);
