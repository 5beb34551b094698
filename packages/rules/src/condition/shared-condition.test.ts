import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import { parsePolicy } from "../policy/parse-policy.ts";
import { profileOf } from "../profile.ts";
import { aFirm, clauseText, policyDocument, vocabularyDocument } from "../testing.ts";
import { parseVocabulary } from "../vocabulary/parse-vocabulary.ts";

const standing = {
  label: { zh: "信用良好", en: "In good standing" },
  all: [
    { name: "good", fact: "ent.good", operator: "equal", value: true },
    { name: "notC", not: { name: "isC", fact: "ent.grade", operator: "equal", value: "C" } },
  ],
};
const words = (conditions: object) => parseVocabulary([vocabularyDocument, { conditions }]);

function policy(conditions: unknown, shared: object = { standing }) {
  return parsePolicy(policyDocument({ conditions }), words(shared), clauseText);
}

const outcome = async (facts: object, conditions: unknown = { all: [{ condition: "standing", clause: "一" }] }) =>
  decide(policy(conditions), profileOf({ ...aFirm, ...facts }, words({ standing })), { asOf: "2025-11-03" });

describe("a shared condition", () => {
  test("requires what it says, under the clause of the policy that names it", async () => {
    expect((await outcome({ "ent.grade": "A" })).outcome).toBe("eligible");
    const refused = await outcome({ "ent.grade": "C" });
    expect(refused.outcome).toBe("ineligible");
    const shared = refused.trace.children.at(-1)?.children[0];
    expect(shared).toMatchObject({ name: "standing", clause: "一", label: { zh: "信用良好" }, result: "false" });
    expect(shared?.children.map(({ name, clause }) => `${name} ${clause}`)).toEqual([
      "standing.good 一",
      "standing.notC 一",
    ]);
  });

  test("leaves open what is unknown, like any other", async () => {
    expect(await outcome({})).toMatchObject({ outcome: "undetermined", missing: ["ent.grade"] });
  });

  test("may be used twice, each time by a name of its own", () => {
    const twice = {
      all: [
        { condition: "standing", clause: "一" },
        { condition: "standing", clause: "二", name: "again" },
      ],
    };
    expect(() => policy(twice)).not.toThrow();
    const same = {
      all: [
        { condition: "standing", clause: "一" },
        { condition: "standing", clause: "二" },
      ],
    };
    expect(() => policy(same)).toThrow(/"standing" names another condition already/);
  });

  test.each<[unknown, object, RegExp]>([
    [
      { all: [{ condition: "standng", clause: "一" }] },
      { standing },
      /no shared condition "standng"\. Did you mean "standing"\?/,
    ],
    [{ all: [{ condition: "standing" }] }, { standing }, /names no clause/],
    [
      { all: [{ condition: "loop", clause: "一" }] },
      { loop: { all: [{ condition: "loop" }] } },
      /is defined by itself: loop → loop/,
    ],
    [{ all: [{ condition: "standing", fact: "ent.good", clause: "一" }] }, { standing }, /has both/],
  ])("%j is refused", (conditions, shared, message) => {
    expect(() => policy(conditions, shared)).toThrow(message);
  });
});
