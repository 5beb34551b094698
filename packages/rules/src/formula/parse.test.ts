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
  ['{"a b": 1, "a b": 2}', /the key "a b" is there twice/],
  ["", /ends too early|cannot read/],
  ["1 2", /cannot read the formula at "2"/],
  ["ent.staff +* 2", /cannot read the formula at/],
  ["if true then 1", /cannot read|needs then and else|ends too early/],
  ["if 1 then 2 else 3", /needs yes or no, but this is a number/],
  ["ent.good or ent.name", /needs yes or no, but this is text/],
  ["not(1, 2)", /not\(\) takes 1 arguments, here are 2/],
  ["substring(ent.name)", /substring\(\) takes 2 to 3 arguments, here are 1/],
  ["sum()", /sum\(\) takes 1 to 64 arguments, here are 0/],
  ["date()", /date\(\) takes 1 to 3 arguments, here are 0/],
  ["floor(n: 1.5)", /by position, not by name/],
  ["-ent.name", /needs a number, but this is text/],
  ["ent.name * 2", /needs a number, but this is text/],
  ["ent.good - 1", /needs a number, but this is yes or no/],
  ['ent.since + "x"', /needs a number, but this is a date/],
  ["ent.good < true", /"<" compares numbers, dates or durations; yes or no has no order/],
  ["ent.staff between 1 and ent.since", /a number cannot be compared with a date/],
  ["ent.good between false and true", /has no order/],
  ["ent.staff in (1, ent.name)", /a number cannot be compared with text/],
  ["ent.staff in [1..ent.name]", /a number cannot be compared with text/],
  ['ent.staff in (< "a")', /a number cannot be compared with text/],
  ["ledger.paid[family]", /needs yes or no, but this is text/],
  ["some p in ledger.paid satisfies p.amount", /needs yes or no, but this is a number/],
  ["every p in ledger.paid satisfies p.family", /needs yes or no, but this is text/],
  ["for p in ledger.paid return p.amout", /has no field "amout"\. Did you mean "amount"\?/],
  ["for a in [1], b in [2] return a + b", /"for" takes one list; nest a second one inside/],
  ["for p in ledger.paid return q", /unknown name "q"/],
  ["ent.since.weekday", /a date has no field "weekday"/],
  ["ent.staff.unit", /unknown name "ent.staff.unit"|has no field "unit"/],
  ['@"25:00"', /"25:00" is no day or duration/],
  ['date and time("2025-01-01T00:00:00")', /no times/],
  ["1e3", /cannot read|no decimal number|unknown/],
  ["ent.staff instance of number", /not in the rule language/],
  ["ent.name + true", /needs a number/],
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

test.each([
  ["1", "number"],
  ['"a" + "b"', "text"],
  ["ent.staff > 1 and ent.good", "boolean"],
  ["ent.since", "date"],
  ["ent.since.year", "number"],
  ["if ent.good then 1 else null", "number"],
  ["if ent.good then null else ent.since", "date"],
  ['if ent.good then 1 else "a"', "any"],
  ["[1, 2]", "list"],
  ["[1, 2][1]", "number"],
  ["ledger.paid.amount", "list"],
  ["ledger.paid[1]", "record"],
  ["ledger.paid[1].amount", "number"],
  ["ledger.paid[-1].family", "text"],
  ["ledger.paid[amount > 1]", "list"],
  ["ledger.paid[item.amount > 1][1].paidOn", "date"],
  ["max(ledger.paid.amount)", "number"],
  ["min(ledger.paid.paidOn)", "date"],
  ["min(ent.since, asOf)", "date"],
  ["for p in ledger.paid return p.amount * 2", "list"],
  ["some p in ledger.paid satisfies p.amount > 1", "boolean"],
  ["every a in [1], b in [2] satisfies a < b", "boolean"],
  ['{a: 1, b: "x"}', "record"],
  ['{a: 1, b: "x"}.b', "text"],
  ["-ent.staff", "number"],
  ['-@"P1Y"', "duration"],
  ["asOf - ent.since", "duration"],
  ['ent.since + @"P1Y"', "date"],
  ['@"P1Y" / @"P1M"', "number"],
  ["null", "null"],
  ["null + 1", "number"],
  ["asOf - null", "any"],
  ["(((ent.good)))", "boolean"],
  ["ent.staff in [1..5]", "boolean"],
  ["ent.staff in (1, 2, > 4)", "boolean"],
  ["ent.staff in (> 4)", "boolean"],
  ["ent.staff in ((([1..5])))", "boolean"],
  ['ent.name in ["a", "b"]', "boolean"],
  ['get value({a: 1}, "a")', "any"],
  ["count(ledger.paid) /* how often */", "number"],
])("%s is known to give %s before it runs", (source, kind) => {
  expect(parse(source).type.kind).toBe(kind);
});

test("a name means the innermost thing of that name", () => {
  expect(parse("for ent in [1, 2] return ent + 1").facts).toEqual([]);
  expect(parse("{a: 1, b: a}.b + ent.staff").facts).toEqual(["ent.staff"]);
  expect(() => parse("{a: 1}.a + a")).toThrow(/unknown name "a"/);
});
