import { type Policy, parsePolicy, type Vocabulary } from "@apply-free/rules";

/** Derived fact that tells how large a firm is. */
const SIZE = "ent.sizeClass";
/** Firms whose size cannot be told from what is known. */
export const NO_SIZE = "";

/**
 * A policy for each class of size that fits the firms of that class, so that they can be told apart in columns;
 * none where the vocabulary has no such classes.
 * @returns code of the class → policy
 */
export function sizeClasses(policies: readonly Policy[]): ReadonlyMap<string, Policy> {
  const vocabulary = policies.find((policy) => policy.vocabulary.derived.has(SIZE))?.vocabulary;
  const codes = vocabulary?.derived.get(SIZE)?.codes;
  if (!vocabulary || !codes) return new Map();
  return new Map([...codes.keys()].map((code, place) => [code, ofClass(code, place, vocabulary)]));
}

function ofClass(code: string, place: number, vocabulary: Vocabulary): Policy {
  const whole = parsePolicy(
    {
      id: `size-class-${place}`,
      version: 1,
      title: { zh: code, en: code },
      document: { issuer: SIZE },
      validity: "unstated",
      subject: { types: firstTypes(vocabulary), clause: "一" },
      conditions: { all: [{ name: "size", clause: "一", fact: SIZE, operator: "equal", value: code }] },
      benefit: { clause: "一", kind: "qualification", inKind: { zh: code, en: code } },
      payout: { budgetLine: "none", period: "once", confirmWithinDays: 30 },
    },
    vocabulary,
    "## 一 划型 [资格]\n按统计划型。\n",
  );
  // Whatever kind of subject it is.
  const asked = whole.requirements.children.filter(({ name }) => name !== "validity" && name !== "subject");
  return { ...whole, requirements: { ...whole.requirements, children: asked } };
}

function firstTypes({ facts }: Vocabulary): readonly string[] {
  return [...(facts.get("ent.subjectType")?.codes?.keys() ?? [])].slice(0, 1);
}
