import { describe, expect, test } from "vitest";
import { RulesError } from "../rules-error.ts";
import { aPolicy, policyDocument, vocabulary } from "../testing.ts";
import { parsePolicy } from "./parse-policy.ts";

const good = { name: "good", clause: "一", fact: "ent.good", operator: "equal", value: true };
const leaf = (change: object) => ({ conditions: { all: [{ ...good, ...change }] } });
const nested = (depth: number): unknown => (depth === 0 ? good : { not: nested(depth - 1) });

describe("a policy with a slip is refused by place, with the way out", () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ["unknown key", { payuot: 1 }, /^unknown key "payuot"\. Did you mean "payout"\?/],
    [
      "unknown key inside",
      { validity: { from: "2020-01-01", governs: "decision-day", clause: "一", untill: "x" } },
      /^validity: unknown key "untill"/,
    ],
    ["missing part", { title: { zh: "测试" } }, /^title\.en: is missing/],
    [
      "no such day",
      { validity: { from: "2025-02-30", governs: "decision-day", clause: "一" } },
      /^validity\.from: must be a day/,
    ],
    [
      "unknown fact",
      leaf({ fact: "ent.goood" }),
      /^conditions\.all\[0\]\.fact: unknown fact "ent\.goood"\. Did you mean "ent\.good"\?/,
    ],
    [
      "unknown operator",
      leaf({ operator: "equals" }),
      /^conditions\.all\[0\]\.operator: unknown operator "equals"\. Did you mean "equal"\?/,
    ],
    [
      "unknown key of a leaf",
      leaf({ vlaue: 1 }),
      /^conditions\.all\[0\]: unknown key "vlaue"\. Did you mean "value"\?/,
    ],
    [
      "operator of another type",
      leaf({ operator: "atLeast", value: 1 }),
      /"atLeast" tests a number or a date; "ent\.good" is yes or no/,
    ],
    ["value of another type", leaf({ value: "yes" }), /^conditions\.all\[0\]\.value: must be true or false/],
    [
      "code that does not exist",
      leaf({ fact: "ent.grade", value: "a" }),
      /"a" is not in the code list Did you mean|not in the code list/,
    ],
    ["unknown clause", leaf({ clause: "三" }), /^conditions\.all\[0\]\.clause: source\.md has no clause "三"/],
    ["no clause at all", leaf({ clause: undefined }), /names no clause/],
    [
      "same name twice",
      { conditions: { all: [good, good] } },
      /^conditions\.all\[1\]\.name: "good" names another condition already/,
    ],
    ["reserved name", leaf({ name: "subject" }), /the name "subject" is reserved/],
    ["two kinds in one", { conditions: { all: [good], any: [good] } }, /has both "all" and "any"/],
    [
      "neither kind",
      { conditions: { al: [good] } },
      /has none of all, any, not, fact, condition\. Did you mean "all"\?/,
    ],
    [
      "other fact of another type",
      leaf({ fact: "ent.staff", operator: "atLeast", value: { fact: "ent.name" } }),
      /"ent\.staff" is a number, "ent\.name" is text/,
    ],
    [
      "formula of another type",
      leaf({ fact: "ent.staff", operator: "atLeast", value: { formula: '"x"' } }),
      /the formula gives text/,
    ],
    ["unknown subject", { subject: { types: ["国企"], clause: "一" } }, /"国企" is not in the code list/],
    [
      "validity of no day",
      { validity: { from: "2020-01-01", governs: { fact: "ent.name" }, clause: "一" } },
      /neither a day nor a year/,
    ],
    [
      "unknown mechanism",
      { benefit: { clause: "二", amount: { percentge: {} } } },
      /unknown mechanism "percentge"\. Did you mean "percentage"\?/,
    ],
    [
      "amount that is no number",
      { benefit: { clause: "二", amount: '"x"' } },
      /^benefit\.amount: needs a number, the formula gives text/,
    ],
    [
      "bands out of order",
      {
        benefit: {
          clause: "二",
          amount: {
            bands: {
              of: "fin.sales",
              table: [
                { below: 5, amount: 1 },
                { below: 3, amount: 2 },
              ],
            },
          },
        },
      },
      /must have a higher limit/,
    ],
    [
      "unreachable band",
      {
        benefit: {
          clause: "二",
          amount: { bands: { of: "fin.sales", table: [{ amount: 1 }, { below: 3, amount: 2 }] } },
        },
      },
      /no band after it can be reached/,
    ],
    [
      "table key that is no code",
      {
        benefit: {
          clause: "二",
          amount: { percentage: { of: "fin.sales", percent: { by: "ent.grade", table: { D: 1 } } } },
        },
      },
      /"D" is no code of ent\.grade/,
    ],
    [
      "derived fact in a circle",
      { derived: { "a.x": derived("a.y + 1"), "a.y": derived("a.x + 1") } },
      /is defined by itself: a\.x → a\.y → a\.x/,
    ],
    ["derived fact of another type", { derived: { "a.x": derived('"text"') } }, /gives text, but type says decimal/],
    ["derived fact with a taken id", { derived: { "ent.staff": derived("1") } }, /is the id of something else/],
    [
      "setting without alternative",
      { settings: [{ name: "x", question: { zh: "?", en: "?" }, chosen: "a", options: { a: { zh: "a", en: "a" } } }] },
      /needs the alternative named/,
    ],
  ])("%s", (_, change, message) => {
    expect(() => aPolicy(change)).toThrow(RulesError);
    expect(() => aPolicy(change)).toThrow(message);
  });
});

function derived(formula: string) {
  return { type: "decimal", label: { zh: "某", en: "x" }, formula };
}

describe("a hostile policy is refused at the door", () => {
  test.each<[string, () => unknown]>([
    ["nesting", () => policyDocument({ conditions: nested(17) })],
    ["nesting beyond the stack", () => policyDocument({ conditions: nested(3000) })],
    [
      "nodes",
      () =>
        policyDocument({
          conditions: { clause: "一", all: Array.from({ length: 501 }, (_, i) => ({ ...good, name: `n${i}` })) },
        }),
    ],
    [
      "lists",
      () => policyDocument(leaf({ fact: "ent.name", operator: "in", value: Array.from({ length: 10_001 }, String) })),
    ],
    ["prototype keys", () => policyDocument({ derived: JSON.parse('{"__proto__": {"type": "decimal"}}') })],
    ["constructor", () => policyDocument({ benefit: { clause: "二", constructor: {} } })],
    ["long texts", () => policyDocument({ title: { zh: "长".repeat(20_000), en: "x" } })],
  ])("%s", (_, document) => {
    expect(() => parsePolicy(document(), vocabulary, "## 一 [资格]\n## 二 [金额]\n")).toThrow(
      expect.objectContaining({ name: "RulesError", code: "limit-exceeded" }),
    );
  });

  test("sixteen levels are allowed", () => {
    expect(() => aPolicy({ conditions: nested(15) })).not.toThrow();
  });

  test("no document changes the prototype of objects", () => {
    expect(() => aPolicy({ derived: JSON.parse('{"__proto__": {"polluted": true}}') })).toThrow();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
