import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Condition } from "../condition/condition.ts";
import { judge } from "../condition/reference.ts";
import type { Answer } from "../formula/logic.ts";
import { NOTHING } from "../formula/value.ts";
import { boundsOf, type NormalForm, normalFormOf, resultOf } from "./normal-form.ts";

const leaf = fc.constantFrom("a", "b", "c", "d").map((fact): Condition => {
  return {
    kind: "leaf",
    name: fact,
    fact,
    operator: "equal",
    expected: { kind: "literal", json: null, value: NOTHING },
  };
});
const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom("all", "any"),
      name: fc.constant("group"),
      children: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("not"), name: fc.constant("not"), child: tie("tree") }),
  ),
}));
const said = fc.constantFrom<Answer>("true", "false", "unknown", "void");
const answers = fc.record({ a: said, b: said, c: said, d: said });

describe("the normal form of requirements", () => {
  test.prop([tree, answers], { numRuns: 2000 })(
    "answers as the reference does, nothing and unknown included",
    (condition, given) => {
      const answer = ({ fact }: { fact: string }) => given[fact as keyof typeof given];
      expect(resultOf(boundsOf(normalFormOf(condition), answer))).toBe(judge(condition, answer));
    },
  );

  test.prop([tree, answers])("is possible wherever it is certain", (condition, given) => {
    const { isCertain, isPossible } = boundsOf(
      normalFormOf(condition),
      ({ fact }) => given[fact as keyof typeof given],
    );
    expect(isPossible || !isCertain).toBe(true);
  });

  test.prop([tree])("has no group of one part, and none directly in one of its own kind", (condition) => {
    expect(superfluous(normalFormOf(condition))).toEqual([]);
  });
});

function superfluous(form: NormalForm): NormalForm[] {
  if (form.kind === "literal") return [];
  const isIdle = form.parts.length < 2 || form.parts.some(({ kind }) => kind === form.kind);
  return [...(isIdle ? [form] : []), ...form.parts.flatMap(superfluous)];
}
