import { describe, expect, test } from "vitest";
import { RulesError } from "../rules-error.ts";
import { aPolicy } from "../testing.ts";
import { rulesInForce } from "./rules-in-force.ts";

type Written = Readonly<Record<string, unknown>>;
const rule = (name: string, terms: Written): Written => ({ name, clause: "二", ...terms });
const ever = { during: "ever" };
const parse = (...stacking: readonly Written[]) => aPolicy({ stacking }).stacking;
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (cause) {
    return cause instanceof RulesError ? cause.message : String(cause);
  }
  return undefined;
};

test("each kind is read with its clause, its scope and its window", () => {
  const kinds = parse(
    rule("either", { exclusive: { with: ["other"], ...ever } }),
    rule("top", { highest: { with: ["third"], during: "calendarYear" } }),
    rule("rest", { levelDifference: { from: ["state"], during: { rollingYears: 3 } } }),
    rule("less", { deduct: { from: ["grant"], percent: 50, ...ever } }),
    rule("most", { ceiling: { most: "500000.01", per: "group", ...ever } }),
  );
  expect(kinds.map(({ kind, clause, per, during }) => [kind, clause, per, during])).toEqual([
    ["exclusive", "二", "firm", { kind: "ever" }],
    ["highest", "二", "firm", { kind: "calendarYear" }],
    ["levelDifference", "二", "firm", { kind: "rollingYears", years: 3 }],
    ["deduct", "二", "firm", { kind: "ever" }],
    ["ceiling", "二", "group", { kind: "ever" }],
  ]);
  expect(kinds.at(-1)).toMatchObject({ mostFen: 50_000_001n, seats: [["test-policy"]] });
});

test("a policy that looks at other benefits needs the ledger of what was paid", () => {
  expect(aPolicy().facts).not.toContain("ledger.paid");
  expect(aPolicy({ stacking: [rule("most", { ceiling: { most: 5, ...ever } })] }).facts).toContain("ledger.paid");
});

describe("what a policy cannot mean is refused by name", () => {
  const either = rule("either", { exclusive: { with: ["other"], ...ever } });
  test.each<readonly [string, readonly Written[], RegExp]>([
    ["no kind", [rule("empty", {})], /"empty" says none of/],
    ["two kinds", [rule("both", { exclusive: ever, highest: ever })], /"both" says both "exclusive" and "highest"/],
    ["two rules of one name", [either, either], /"either" and "either" are two rules with one name/],
    [
      "nothing more and the rest, of one other",
      [either, rule("rest", { deduct: { from: ["other"], ...ever } })],
      /"rest" and "either" say different things about "other"/,
    ],
    [
      "two ceilings for the same",
      [rule("a", { ceiling: { most: 1, ...ever } }), rule("b", { ceiling: { most: 2, ...ever } })],
      /"b" and "a" set two ceilings/,
    ],
    [
      "its own deducted",
      [rule("self", { deduct: { from: ["test-policy"], ...ever } })],
      /"self" deducts "test-policy", which is the policy's own/,
    ],
    ["nothing beside which", [rule("alone", { exclusive: ever })], /"alone" names nothing/],
    ["a ceiling of nothing", [rule("zero", { ceiling: { most: 0, ...ever } })], /must be above zero/],
    ["parts of a fen", [rule("mill", { ceiling: { most: "0.001", ...ever } })], /no whole number of 分/],
    ["no window", [rule("when", { ceiling: { most: 1 } })], /stacking\[0\]\.ceiling\.during/],
    ["an unknown clause", [{ ...either, clause: "九" }], /no clause "九"/],
    [
      "an unknown scope",
      [rule("whose", { ceiling: { most: 1, per: "town", ...ever } })],
      /stacking\[0\]\.ceiling\.per/,
    ],
  ])("%s", (_, stacking, message) => {
    expect(refusal(() => parse(...stacking))).toMatch(message);
  });
});

describe("several policies", () => {
  const policy = (id: string, ...stacking: readonly Written[]) => aPolicy({ id, stacking });
  const inGroup = (most: number, during: unknown = "ever") =>
    rule("most", { group: "joint", ceiling: { most, during } });

  test("that name one group state one rule, whoever is read first", () => {
    const [a, b] = [policy("a", inGroup(5)), policy("b", inGroup(5))];
    expect(rulesInForce([b, a])).toEqual(rulesInForce([a, b]));
    expect(rulesInForce([a, b])).toMatchObject([{ policies: ["a", "b"], seats: [["a"], ["b"]], mostFen: 500n }]);
  });
  test("that differ about it are refused by name", () => {
    const a = policy("a", inGroup(5));
    expect(refusal(() => rulesInForce([a, policy("b", inGroup(6))]))).toMatch(
      /a\/most and b\/most name group "joint" and differ in most/,
    );
    expect(refusal(() => rulesInForce([a, policy("b", inGroup(5, "calendarYear"))]))).toMatch(
      /differ in kind, per and during/,
    );
  });
  test("that deduct each other in a circle are refused by name", () => {
    const deducting = (id: string, from: string) => policy(id, rule("less", { deduct: { from: [from], ...ever } }));
    expect(refusal(() => rulesInForce([deducting("a", "b"), deducting("b", "a")]))).toMatch(
      /a\/less → b\/less → a\/less/,
    );
    expect(refusal(() => rulesInForce([deducting("a", "b"), deducting("b", "c")]))).toBeUndefined();
  });
});
