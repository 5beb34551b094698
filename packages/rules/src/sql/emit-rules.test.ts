import { describe, expect, test } from "vitest";
import type { Condition } from "../condition/condition.ts";
import { list, NOTHING, text } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";
import { aPolicy } from "../testing.ts";
import type { SqlDialect } from "./dialect.ts";
import { emitRules } from "./emit-rules.ts";

const day = "2025-11-03";

/** The predicate of one requirement, without the frame that every policy has. */
function sqlOf(condition: unknown, dialect: SqlDialect = "postgres"): string {
  const sql = emitRules([aPolicy({ conditions: { clause: "一", all: [condition] } })], dialect, day).policies[0]!.sql;
  return sql.replace(/^\(\(?"ent\.subjectType"( COLLATE "C")? (IN \('企业'\)|= '企业'\)) AND (.*)\)$/s, "$3");
}

function derivedOf(condition: unknown, change: object = {}) {
  const policy = aPolicy({ conditions: { clause: "一", all: [condition] }, ...change });
  return emitRules([policy], "duckdb", day).derived.map(({ leaf, why, isNegated }) => [leaf.fact, why, isNegated]);
}

describe("a requirement becomes a predicate that is NULL where its fact is", () => {
  test("numbers are exact and of the type of their column", () => {
    const sales = { fact: "fin.sales", operator: "atLeast", value: "0.30" };
    expect(sqlOf(sales)).toBe('"fin.sales" >= 0.30');
    expect(sqlOf(sales, "duckdb")).toBe(`"fin.sales" >= CAST('0.30' AS DECIMAL(18,4))`);
    expect(sqlOf({ fact: "ent.staff", operator: "lessThan", value: 5 })).toBe('"ent.staff" < 5::bigint');
  });

  test("text is compared by its bytes, and a quote ends nothing", () => {
    expect(sqlOf({ fact: "ent.name", operator: "equal", value: "O'Neil" })).toBe(`"ent.name" COLLATE "C" = 'O''Neil'`);
    expect(sqlOf({ fact: "ent.name", operator: "equal", value: "\\' OR 1" }, "clickhouse")).toBe(
      `"ent.name" = '\\\\\\' OR 1'`,
    );
  });

  test("not turns the operator round, so that it stands at leaves only", () => {
    const either = {
      any: [
        { fact: "ent.staff", operator: "atLeast", value: 5 },
        { fact: "ent.grade", operator: "in", value: ["A"] },
      ],
    };
    expect(sqlOf({ not: either })).toBe(`"ent.staff" < 5::bigint AND NOT "ent.grade" COLLATE "C" IN ('A')`);
  });

  test("ClickHouse, whose IN has two answers only, gets equalities", () => {
    expect(sqlOf({ fact: "ent.grade", operator: "notIn", value: ["A", "B"] }, "clickhouse")).toBe(
      `NOT ("ent.grade" = 'A' OR "ent.grade" = 'B')`,
    );
  });

  test("a fact that may be none has a column that says so, and the answer is that of the decision", () => {
    const before = { fact: "ent.movedOn", operator: "lessThan", value: "2025-01-01" };
    expect(sqlOf(before)).toBe(`(NOT "ent.movedOn none" AND "ent.movedOn" < DATE '2025-01-01')`);
    expect(sqlOf({ not: before })).toBe(`(NOT "ent.movedOn none" AND "ent.movedOn" >= DATE '2025-01-01')`);
    expect(sqlOf({ fact: "ent.movedOn", operator: "notEqual", value: "2025-01-01" })).toBe(
      `("ent.movedOn none" OR "ent.movedOn" <> DATE '2025-01-01')`,
    );
    expect(sqlOf({ fact: "ent.movedOn", operator: "equal", value: null })).toBe(
      `("ent.movedOn none" OR CASE WHEN "ent.movedOn" IS NOT NULL THEN FALSE END)`,
    );
  });

  test("what the policy itself has chosen is decided before any firm is asked", () => {
    const option = { zh: "某", en: "x" };
    const settings = [{ name: "basis", question: option, chosen: "a", options: { a: option, b: option } }];
    const chosen = (value: string) =>
      aPolicy({ settings, conditions: { clause: "一", all: [{ fact: "setting.basis", operator: "equal", value }] } });
    const sql = (value: string) => emitRules([chosen(value)], "postgres", day).policies[0]?.sql;
    expect(sql("a")).toBe(`"ent.subjectType" COLLATE "C" IN ('企业')`);
    expect(sql("b")).toBe("FALSE");
  });

  test("a policy out of force asks for no column", () => {
    const past = aPolicy({ validity: { from: "2020-01-01", to: "2020-12-31", governs: "decision-day", clause: "一" } });
    const { policies, columns } = emitRules([past], "postgres", day);
    expect(policies[0]?.sql).toBe("FALSE");
    expect(columns).toEqual([]);
  });
});

describe("what columns cannot express becomes a column of answers, with the reason", () => {
  const size = { "x.size": { type: "decimal", label: { zh: "某", en: "x" }, formula: "ent.staff * 2", clause: "一" } };

  test.each<[string, unknown, string]>([
    ["a derived fact", { fact: "x.size", operator: "atLeast", value: 5 }, '"x.size" is derived by a formula'],
    [
      "a formula",
      { fact: "ent.staff", operator: "atLeast", value: { formula: "1 + 1" } },
      '"ent.staff" is compared with a formula',
    ],
    [
      "a limit too fine",
      { fact: "fin.growth", operator: "atLeast", value: "0.1234567" },
      '"fin.growth": 0.1234567 has more than 6 digits behind the point',
    ],
    [
      "a limit too large",
      { fact: "ent.staff", operator: "atMost", value: "9999999999999999999" },
      '"ent.staff": 9999999999999999999 has more than 18 digits',
    ],
    [
      "a text that no database keeps",
      { fact: "ent.name", operator: "equal", value: "a\0" },
      '"ent.name": the text holds what is no text to a database',
    ],
    [
      "the day before the first",
      { fact: "ent.since", operator: "atLeast", value: "0000-01-01" },
      '"ent.since": 0000-01-01 is outside 0001-01-01 to 9999-12-31',
    ],
  ])("%s", (_, condition, why) => {
    expect(derivedOf(condition, { derived: size })).toEqual([[(condition as { fact: string }).fact, why, false]]);
  });

  test("with the side of `not` on which it stands", () => {
    expect(derivedOf({ not: { fact: "x.size", operator: "atLeast", value: 5 } }, { derived: size })).toEqual([
      ["x.size", '"x.size" is derived by a formula', true],
    ]);
  });

  test("another day is another column", () => {
    const policy = aPolicy({
      derived: size,
      conditions: { clause: "一", all: [{ fact: "x.size", operator: "atLeast", value: 5 }] },
    });
    const column = (asOf: string) => emitRules([policy], "postgres", asOf).derived[0]?.column;
    expect(column(day)).toMatch(/^leaf [0-9a-f]{16}$/);
    expect(column(day)).toBe(column(day));
    expect(column(day)).not.toBe(column("2025-11-04"));
  });
});

test("a literal that no parser has seen writes no SQL of its own", () => {
  const evil: Condition = {
    name: "evil",
    kind: "leaf",
    fact: "ent.since",
    operator: "atLeast",
    expected: { kind: "literal", json: "2025-01-01' OR TRUE --", value: text("2025-01-01' OR TRUE --") },
  };
  const policy: Policy = { ...aPolicy(), requirements: { kind: "all", name: "requirements", children: [evil] } };
  const { derived, policies } = emitRules([policy], "postgres", day);
  expect(derived[0]?.why).toMatch(/is no day/);
  expect(policies[0]?.sql).toBe(`"${derived[0]?.column}"`);
});

test("a policy given twice and a day that is none are told", () => {
  const policy = aPolicy({
    conditions: { clause: "一", all: [{ fact: "ent.staff", operator: "atLeast", value: { formula: "1 + 1" } }] },
  });
  expect(() => emitRules([policy, policy], "postgres", day)).toThrow(/give each policy once/);
  expect(() => emitRules([policy], "postgres", "2025-02-30")).toThrow(/is no day/);
});

describe("what databases answer each in their own way is refused, whoever wrote it", () => {
  const leaf = (items: readonly (string | null)[]): Condition => ({
    name: "grade",
    kind: "leaf",
    fact: "ent.grade",
    operator: "in",
    expected: {
      kind: "literal",
      json: items,
      value: list(items.map((item) => ({ value: item === null ? NOTHING : text(item) }))),
    },
  });
  const withRequirement = (child: Condition): Policy => ({
    ...aPolicy(),
    requirements: { kind: "all", name: "requirements", children: [child] },
  });

  test.each<[string, Condition, RegExp]>([
    ["an empty list", leaf([]), /grade: compares with an empty list/],
    ["null in a list", leaf(["A", null]), /grade: has null in its list/],
    ["an empty group", { kind: "all", name: "inner", children: [] }, /inner: is an empty group/],
  ])("%s", (_, condition, message) => {
    const emit = () => emitRules([withRequirement(condition)], "postgres", day);
    expect(emit).toThrow(message);
    expect(emit).toThrow(expect.objectContaining({ code: "sql-inexpressible" }));
  });
});
