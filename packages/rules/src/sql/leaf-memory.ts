import type { Leaf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { FactState, Profile } from "../profile.ts";
import type { DerivedLeaf } from "./derived-leaf.ts";

/** Answers kept per requirement; firms beyond are asked again. */
const MOST_KEPT = 4_096;

/**
 * Answers of one requirement by what it looks at. Thousands of firms have the same few facts before a
 * formula, mostly none of them, and a formula costs a hundred times as much as finding its answer again.
 */
export class LeafMemory {
  readonly #facts: readonly string[];
  readonly #answers = new Map<string, boolean | null>();

  constructor({ policy, leaf }: Pick<DerivedLeaf, "policy" | "leaf">) {
    this.#facts = factsBehind(leaf, policy);
  }

  answer(profile: Profile, ask: () => boolean | null): boolean | null {
    const key = this.#facts.map((id) => textOf(Object.hasOwn(profile, id) ? profile[id] : undefined)).join("\n");
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    if (this.#answers.size >= MOST_KEPT) this.#answers.clear();
    const answer = ask();
    this.#answers.set(key, answer);
    return answer;
  }
}

/** All that a value depends on: why a fact is unknown changes no answer. */
function textOf(state: FactState | undefined): string {
  switch (state?.state) {
    case "known":
      return JSON.stringify(state.value);
    case "answers":
      return `answers ${JSON.stringify(state.answers)}`;
    default:
      return "";
  }
}

/** The facts that a requirement comes down to, through all formulas between. */
function factsBehind({ fact, expected }: Leaf, { derived }: Policy): readonly string[] {
  const facts = new Set<string>();
  const visit = (id: string) => {
    if (facts.has(id)) return;
    facts.add(id);
    for (const inner of derived.get(id)?.formula.facts ?? []) visit(inner);
  };
  visit(fact);
  if (expected.kind === "fact") visit(expected.id);
  if (expected.kind === "formula") for (const id of expected.formula.facts) visit(id);
  return [...facts].filter((id) => !derived.has(id));
}
