import type { Expected, Leaf } from "../condition/condition.ts";
import type { Value } from "../formula/value.ts";
import type { Policy } from "../policy/policy.ts";
import { jsonOf } from "../value-json.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";

const written = new WeakMap<FactDefinition, string>();

/**
 * All of a definition that decides how a fact is read. Every policy parses the vocabulary anew, and one
 * may bring its own, so definitions are the same by what they say and not by which object they are.
 */
export function contentOfFact(fact: FactDefinition): string {
  const known = written.get(fact);
  if (known !== undefined) return known;
  const { of, every } = fact;
  const fields = [...(fact.fields ?? [])].map(([name, field]) => [name, shapeOf(field)]);
  const content = JSON.stringify([fact.id, shapeOf(fact), of ?? null, every ?? null, fields]);
  written.set(fact, content);
  return content;
}

type Shape = Pick<FactDefinition, "type" | "nullable" | "codes" | "digits" | "min" | "max">;

function shapeOf({ type, nullable, codes, digits, min, max }: Shape) {
  return [type, nullable, codes ? [...codes.keys()] : null, digits ?? null, min ?? null, max ?? null];
}

/** What a name stands for in a policy, with all that its formula rests on. The decision day is one for all. */
export function contentOfName(id: string, policy: Policy): string {
  const fact = policy.vocabulary.facts.get(id);
  if (fact) return contentOfFact(fact);
  const derived = policy.derived.get(id);
  if (!derived) {
    const setting = policy.settings.find(({ name }) => `setting.${name}` === id);
    return JSON.stringify([id, setting?.choice ?? null]);
  }
  const { definition, formula } = derived;
  const codes = definition.codes ? [...definition.codes.keys()] : null;
  return JSON.stringify([definition.type, codes, formula.source, formula.facts.map((each) => named(each, policy))]);
}

/** What a requirement compares with, by content. */
export function contentOfExpected(expected: Expected, policy: Policy): string {
  switch (expected.kind) {
    case "literal":
      return contentOfValue(expected.value);
    case "fact":
      return JSON.stringify(named(expected.id, policy));
    case "formula":
      return JSON.stringify([expected.formula.source, expected.formula.facts.map((each) => named(each, policy))]);
  }
}

/** What a requirement asks about its column, by content. */
export function contentOfQuestion({ operator, expected }: Leaf, policy: Policy): string {
  return `${operator} ${contentOfExpected(expected, policy)}`;
}

const named = (id: string, policy: Policy) => [id, contentOfName(id, policy)];

/** In whatever order a text lists its values, and however it writes a number, it asks the same. */
function contentOfValue(value: Value): string {
  if (value.kind === "number") return `number ${value.n.toFraction()}`;
  if (value.kind !== "list") return `${value.kind} ${JSON.stringify(jsonOf(value) ?? null)}`;
  const items = value.items.map((item) => contentOfValue(item.value));
  return JSON.stringify([...new Set(items)].sort());
}

/** The facts of the vocabulary that a name rests on. */
export function factsUnder(id: string, policy: Policy): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (policy.vocabulary.facts.has(name)) found.add(name);
    else for (const inner of policy.derived.get(name)?.formula.facts ?? []) visit(inner);
  };
  visit(id);
  return [...found].sort();
}
