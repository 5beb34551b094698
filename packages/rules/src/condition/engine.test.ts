import { fc, test } from "@fast-check/vitest";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import type { Trace } from "../decision.ts";
import { FactsInView } from "../facts-in-view.ts";
import { aPolicy, profile } from "../testing.ts";
import type { Condition } from "./condition.ts";
import { compileJudge, type Judged } from "./engine.ts";
import { answerOfLeaf } from "./judgement.ts";
import { judge } from "./reference.ts";

/** Random requirements over five facts, with names of json-rules-engine where it has the operator too. */
type Tree = { all: Tree[] } | { any: Tree[] } | { not: Tree } | { fact: string; operator: string; value: unknown };

const leaf = fc.oneof(
  fc.record({
    fact: fc.constantFrom("ent.staff", "fin.sales"),
    operator: fc.constantFrom(
      "equal",
      "notEqual",
      "lessThan",
      "lessThanInclusive",
      "greaterThan",
      "greaterThanInclusive",
    ),
    value: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({ fact: fc.constant("ent.good"), operator: fc.constantFrom("equal", "notEqual"), value: fc.boolean() }),
  fc.record({
    fact: fc.constant("ent.grade"),
    operator: fc.constantFrom("in", "notIn"),
    value: fc.subarray(["A", "B", "C"], { minLength: 1 }),
  }),
);

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("tree") }),
  ),
}));

const facts = fc.record({
  "ent.staff": fc.integer({ min: 0, max: 4 }),
  "fin.sales": fc.integer({ min: 0, max: 4 }),
  "ent.good": fc.boolean(),
  "ent.grade": fc.constantFrom("A", "B", "C"),
});
const hidden = fc.subarray(["ent.staff", "fin.sales", "ent.good", "ent.grade"]);

type Facts = Record<string, string | number | boolean | null>;

function policyOf(conditions: Tree) {
  return aPolicy({ conditions: { clause: "一", all: [conditions] } });
}

function without(known: Facts, missing: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(known).filter(([id]) => !missing.includes(id)));
}

const firm = (known: Facts) => profile({ "ent.subjectType": "企业", ...known });
const outcome = async (conditions: Tree, known: Facts) => {
  return (await decide(policyOf(conditions), firm(known), { asOf: "2025-11-03" })).outcome;
};

describe("where nothing is missing", () => {
  test.prop([tree, facts], { numRuns: 1000 })(
    "the answer is that of json-rules-engine alone",
    async (conditions, known) => {
      const alone = new Engine([{ conditions: { all: [conditions] } as TopLevelCondition, event: { type: "holds" } }]);
      const { events } = await alone.run(known);
      expect(await outcome(conditions, known)).toBe(events.length > 0 ? "eligible" : "ineligible");
    },
  );
});

describe("where facts are missing", () => {
  test.prop([tree, facts, hidden], { numRuns: 1000 })(
    "every node answers as the reference interpreter does",
    async (conditions, known, missing) => {
      const policy = policyOf(conditions);
      const view = new FactsInView(policy, firm(without(known, missing)), "2025-11-03").asValues();
      const judged = await compileJudge(policy.requirements)(view);
      const specified = (condition: Condition, isUnderNot: boolean): unknown => ({
        result: judge(condition, (each) => answerOfLeaf(each, view).answer, isUnderNot),
        children: partsOf(condition).map((part) =>
          specified(part, condition.kind === "not" ? !isUnderNot : isUnderNot),
        ),
      });
      const shape = ({ result, children }: Judged): unknown => ({ result, children: children.map(shape) });
      expect(shape(judged)).toEqual(specified(policy.requirements, false));
    },
  );

  test.prop([tree, facts, hidden, hidden], { numRuns: 1000 })(
    "filling in unknowns never turns a yes or no around",
    async (conditions, known, missing, later) => {
      const earlier = await outcome(conditions, without(known, missing));
      const stillMissing = missing.filter((id) => later.includes(id));
      const now = await outcome(conditions, without(known, stillMissing));
      if (earlier !== "undetermined") expect(now).toBe(earlier);
    },
  );

  test.prop([tree, facts, facts, hidden], { numRuns: 1000 })(
    "a fact not named as missing cannot change the outcome",
    async (conditions, known, other, missing) => {
      const { missing: needed } = await decide(policyOf(conditions), firm(without(known, missing)), {
        asOf: "2025-11-03",
      });
      const irrelevant = missing.filter((id) => !needed.includes(id));
      const filled = { ...known, ...Object.fromEntries(irrelevant.map((id) => [id, other[id as keyof typeof other]])) };
      expect(await outcome(conditions, filled)).toBe(await outcome(conditions, known));
    },
  );
});

describe("the ways in which json-rules-engine alone fails open", () => {
  const holds = async (condition: Tree, known: Facts = {}) => outcome(condition, known);

  test("a missing fact passes neither notEqual, nor notIn, nor not", async () => {
    expect(await holds({ fact: "ent.staff", operator: "notEqual", value: 5 })).toBe("undetermined");
    expect(await holds({ fact: "ent.grade", operator: "notIn", value: ["A"] })).toBe("undetermined");
    expect(await holds({ not: { fact: "ent.staff", operator: "equal", value: 5 } })).toBe("undetermined");
  });

  test("a known nothing (null) never helps, with or without not", async () => {
    const moved = { "ent.movedOn": null };
    expect(await holds({ fact: "ent.movedOn", operator: "atMost", value: "2025-01-01" }, moved)).toBe("ineligible");
    expect(await holds({ not: { fact: "ent.movedOn", operator: "atMost", value: "2025-01-01" } }, moved)).toBe(
      "ineligible",
    );
    expect(await holds({ fact: "ent.movedOn", operator: "equal", value: null }, moved)).toBe("eligible");
    expect(await holds({ not: { fact: "ent.movedOn", operator: "notEqual", value: null } }, moved)).toBe("eligible");
  });

  test("a value of the wrong type is unknown, never coerced", async () => {
    const policy = policyOf({ fact: "ent.staff", operator: "atLeast", value: 5 });
    for (const value of ["10 people", [7], true, Number.NaN, "1e3"]) {
      const odd = { ...firm({}), "ent.staff": { state: "known", value } as never };
      expect((await decide(policy, odd, { asOf: "2025-11-03" })).outcome).toBe("undetermined");
    }
  });

  test("an empty group is refused, because it would be true or false by convention", () => {
    expect(() => policyOf({ all: [] })).toThrow(/conditions\.all\[0\]\.all: is empty/);
    expect(() => policyOf({ any: [] })).toThrow(/is empty/);
    expect(() => policyOf({ fact: "ent.grade", operator: "in", value: [] })).toThrow(/is empty/);
  });
});

test("runs at the same time do not disturb each other", async () => {
  const policy = policyOf({ fact: "ent.staff", operator: "atLeast", value: 5 });
  const answers = await Promise.all(
    [3, 5, 4, 6].map((staff) => decide(policy, firm({ "ent.staff": staff }), { asOf: "2025-11-03" })),
  );
  expect(answers.map((answer) => answer.outcome)).toEqual(["ineligible", "eligible", "ineligible", "eligible"]);
});

test("the trace carries every branch, also those that did not decide", async () => {
  const policy = policyOf({
    any: [
      { fact: "ent.good", operator: "equal", value: true },
      { fact: "ent.staff", operator: "atLeast", value: 5 },
    ],
  });
  const { trace, missing } = await decide(policy, firm({ "ent.good": true }), { asOf: "2025-11-03" });
  const leaves = (node: Trace): Trace[] => (node.children.length === 0 ? [node] : node.children.flatMap(leaves));
  expect(leaves(trace).map(({ fact, result }) => [fact, result])).toEqual([
    ["asOf", "true"],
    ["ent.subjectType", "true"],
    ["ent.good", "true"],
    ["ent.staff", "unknown"],
  ]);
  expect(missing).toEqual([]);
});

function partsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === "leaf") return [];
  return condition.kind === "not" ? [condition.child] : condition.children;
}
