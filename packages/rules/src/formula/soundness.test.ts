import { fc, test } from "@fast-check/vitest";
import { evaluate as evaluateWithFeelin } from "feelin";
import { expect } from "vitest";
import { RulesError } from "../rules-error.ts";
import { feel } from "../testing.ts";
import { jsonOf } from "../value-json.ts";
import { alternativesOf, becauseOf, boundsOf, isExact, sameScalar, type Value } from "./value.ts";

/** Formulas over two numbers, a yes or no and a code, deep enough to mix every operation. */
const { formula } = fc.letrec<{ formula: string; number: string; yes: string }>((tie) => ({
  formula: fc.oneof(tie("number"), tie("yes")),
  number: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.integer({ min: -8, max: 8 }).map((n) => `(${n})`),
    fc.constantFrom("ent.staff", "fin.sales", "fin.growth"),
    fc.tuple(tie("number"), fc.constantFrom("+", "-", "*"), tie("number")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(fc.constantFrom("min", "max", "sum"), tie("number"), tie("number")).map(([f, a, b]) => `${f}(${a}, ${b})`),
    fc.tuple(tie("yes"), tie("number"), tie("number")).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
    fc.tuple(tie("number"), tie("number")).map(([a, b]) => `count([${a}, ${b}, 1][item > 0])`),
  ),
  yes: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("true", "false", "ent.good", 'ent.grade = "A"'),
    fc
      .tuple(tie("number"), fc.constantFrom("<", "<=", ">", ">=", "=", "!="), tie("number"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie("yes"), fc.constantFrom("and", "or"), tie("yes")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie("yes").map((a) => `not(${a})`),
    fc.tuple(tie("number"), tie("number")).map(([a, b]) => `(${a} in (${b}, >5))`),
    tie("number").map((a) => `(${a} in [0..3))`),
    fc
      .tuple(fc.constantFrom("some", "every"), tie("number"), tie("number"))
      .map(([q, a, b]) => `(${q} x in [${a}, ${b}] satisfies x > 2)`),
  ),
}));

const facts = fc.record({
  "ent.staff": fc.integer({ min: 0, max: 9 }),
  "fin.sales": fc.integer({ min: 0, max: 9 }),
  "fin.growth": fc.integer({ min: -9, max: 9 }),
  "ent.good": fc.boolean(),
  "ent.grade": fc.constantFrom("A", "B", "C"),
});

const ids = ["ent.staff", "fin.sales", "fin.growth", "ent.good", "ent.grade"] as const;
const hidden = fc.subarray([...ids]);

/** Whether a fully known result is one that the earlier, partly known one allowed. */
function allows(earlier: Value, later: Value): boolean {
  if (earlier.kind === "unknown") return true;
  const alternatives = alternativesOf(earlier);
  if (!isExact(later)) return false;
  if (alternatives) return alternatives.some((each) => sameScalar(each, later));
  const bounds = boundsOf(earlier);
  if (later.kind !== "number" || !bounds) return false;
  return !(bounds.min?.gt(later.n) || bounds.max?.lt(later.n));
}

function without(known: Record<string, unknown>, missing: readonly string[]) {
  return Object.fromEntries(Object.entries(known).filter(([id]) => !missing.includes(id))) as Record<string, never>;
}

/** Longer formulas than the language allows are no counterexample. */
function within(work: () => void) {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof RulesError && cause.code === "limit-exceeded")) throw cause;
  }
}

test.prop([formula, facts, hidden], { numRuns: 1000 })(
  "what a formula says with facts missing, the full facts never contradict",
  (source, known, missing) => {
    within(() => expect(allows(feel(source, without(known, missing)), feel(source, known))).toBe(true));
  },
);

test.prop([formula, facts, facts, hidden], { numRuns: 1000 })(
  "a fact that is no reason for an inexact result cannot change it",
  (source, known, other, missing) => {
    within(() => {
      const partly = feel(source, without(known, missing));
      const reasons = becauseOf(partly);
      const irrelevant = missing.filter((id) => !reasons.includes(id));
      // Give the reasons their values; whatever the irrelevant ones turn out to be, the result is the same.
      const filled = { ...known, ...Object.fromEntries(irrelevant.map((id) => [id, other[id]])) };
      expect(jsonOf(feel(source, filled))).toEqual(jsonOf(feel(source, known)));
    });
  },
);

test.prop([formula, facts], { numRuns: 1000 })(
  "with whole numbers, where floats are exact, feelin says the same",
  (source, known) => {
    const context = {
      ent: { staff: known["ent.staff"], good: known["ent.good"], grade: known["ent.grade"] },
      fin: { sales: known["fin.sales"], growth: known["fin.growth"] },
    };
    within(() => {
      const ours = jsonOf(feel(source, known));
      // Beyond 15 digits ours is decimal text and feelin's a rounded float.
      if (typeof ours === "string") return;
      const { value } = evaluateWithFeelin(source, context) as { value: unknown };
      // feelin tells minus zero from zero; decimals do not.
      expect(ours).toEqual(value === 0 ? 0 : value);
    });
  },
);
