import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import { aFirm, aPolicy, profile, vocabulary } from "../testing.ts";
import { importConditions } from "./import-conditions.ts";

const imported = (document: unknown) => importConditions(document, "一", vocabulary);
const codes = (document: unknown) => imported(document).findings.map(({ level, code }) => `${level} ${code}`);
const leaf = (over: object = {}) => ({ fact: "ent.staff", operator: "greaterThanInclusive", value: 10, ...over });

test("conditions that mean the same here are taken over without a word", async () => {
  const { conditions, findings } = imported({
    all: [
      leaf({ name: "staffed" }),
      { any: [leaf({ operator: "lessThan", value: 500 }), { fact: "ent.good", operator: "equal", value: true }] },
    ],
  });
  expect(findings).toEqual([]);
  const { outcome } = await decide(aPolicy({ conditions }), profile({ ...aFirm, "ent.staff": 10 }), {
    asOf: "2025-11-03",
  });
  expect(outcome).toBe("eligible");
});

describe("what the engine answered by accident is told", () => {
  test.each<[string, unknown, string]>([
    [
      "a missing fact that passes notEqual",
      { all: [leaf({ operator: "notEqual", value: 5 })] },
      "warning missing-was-true",
    ],
    [
      "a missing fact that passes notIn",
      { all: [leaf({ operator: "notIn", value: [5] })] },
      "warning missing-was-true",
    ],
    ["a missing fact under a not", { all: [{ not: leaf() }] }, "warning missing-was-true"],
    [
      "days compared by their year",
      { all: [{ fact: "ent.since", operator: "lessThan", value: "2020-05-01" }] },
      "warning dates-by-year",
    ],
    ["a number as text", { all: [leaf({ value: "10" })] }, "warning number-as-text"],
    ["a priority", { all: [leaf({ priority: 5 })] }, "warning priority-ignored"],
  ])("%s, and taken over", (_, document, expected) => {
    const { conditions } = imported(document);
    expect(conditions).toBeDefined();
    expect(codes(document)).toEqual([expected]);
  });

  test.each<[string, unknown, string]>([
    ["an empty group, which was true", { any: [] }, "error empty-group"],
    ["two groups in one, of which one was ignored", { all: [leaf()], any: [leaf()] }, "error several-groups"],
    ["a path, which finds nothing silently", { all: [leaf({ path: "$.a" })] }, "error path"],
    ["a value by a path", { all: [leaf({ value: { fact: "ent.staff", path: "$.a" } })] }, "error path"],
    ["parameters of a fact", { all: [leaf({ params: {} })] }, "error params"],
    [
      "a text searched by in",
      { all: [{ fact: "ent.region", operator: "in", value: "410100,410200" }] },
      "error text-search",
    ],
    ["null within a list", { all: [leaf({ operator: "in", value: [1, null] })] }, "error null-in-list"],
    ["an order of text", { all: [{ fact: "ent.name", operator: "lessThan", value: "b" }] }, "error order-of-text"],
    ["an operator of its own", { all: [leaf({ operator: "contains" })] }, "error unknown-operator"],
    ["an unknown fact", { all: [leaf({ fact: "ent.stuff" })] }, "error unknown-fact"],
    ["no condition at all", { all: ["x"] }, "error not-a-condition"],
  ])("%s, and not taken over", (_, document, expected) => {
    const { conditions } = imported(document);
    expect(conditions).toBe(undefined);
    expect(codes(document)).toContain(expected);
  });

  test("a double negation is none", () => {
    expect(codes({ all: [{ not: leaf({ operator: "notEqual", value: 5 }) }] })).toEqual([]);
  });

  test("a hostile document is refused before it is read", () => {
    expect(() => imported(JSON.parse('{"all":[{"__proto__":{"x":1}}]}'))).toThrow(/__proto__/);
  });
});
