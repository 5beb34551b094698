import { expect, test } from "vitest";
import { RulesError } from "../rules-error.ts";
import { names } from "../testing.ts";
import { parseFormula } from "./parse.ts";

const parse = (source: string) => parseFormula(source, "here", names);

test("a formula knows the facts it names, each once, in order", () => {
  expect(parse("fin.sales + ent.staff * fin.sales").facts).toEqual(["fin.sales", "ent.staff"]);
  expect(parse("ledger.paid[amount > 5 and paidOn <= asOf].family").facts).toEqual(["ledger.paid", "asOf"]);
});

test.each([
  ["fin.sale + 1", /unknown name "fin\.sale"\. Did you mean "fin\.sales"\?/],
  ["summ(ledger.paid.amount)", /unknown function "summ"\. Did you mean "sum"\?/],
  ['ledger.paid[familly = "x"]', /unknown name "familly"\. Did you mean "family"\?/],
  ["ledger.paid.amout", /has no field "amout"\. Did you mean "amount"\?/],
  ["ent.name + 1", /needs a number, but this is text/],
  ['ent.name > "a"', /has no order/],
  ['ent.staff = "5"', /a number cannot be compared with text/],
  ["if ent.staff then 1 else 2", /needs yes or no/],
  ["ent.good and 1", /needs yes or no/],
  ["1 +", /cannot read the formula|ends too early/],
  ["count(1, 2)", /takes 1 arguments, here are 2/],
  ['@"2025-02-30"', /is no day/],
  ["function(x) x", /not in the rule language/],
  ["{a: 1, a: 2}.a", /there twice/],
])("%s is refused, and the message says what to do", (source, message) => {
  expect(() => parse(source)).toThrow(RulesError);
  expect(() => parse(source)).toThrow(message);
  expect(() => parse(source)).toThrow(/^here: /);
});

test("a hostile formula is refused before it costs anything", () => {
  expect(() => parse(`${"(".repeat(200)}1${")".repeat(200)}`)).toThrow(/nested too deeply/);
  expect(() => parse("[".repeat(9_000))).toThrow(/nested too deeply/);
  expect(() => parse("-".repeat(9_000))).toThrow(RulesError);
  expect(() => parse("if true then ".repeat(700))).toThrow(RulesError);
  expect(() => parse(Array.from({ length: 100 }, () => "1").join("+"))).toThrow(/too long or nested/);
  expect(() => parse("1".repeat(30_000))).toThrow(/at most/);
  expect(() => parse("__proto__.polluted")).toThrow(/unknown name/);
  expect(() => parse('get value({a: 1}, "__proto__") + constructor')).toThrow(/unknown name/);
});
