import type { Expected } from "./condition/condition.ts";
import type { Values } from "./condition/judgement.ts";
import { evaluate, type Scope } from "./formula/evaluate.ts";
import { day, isExact, NOTHING, text, unknown, type Value } from "./formula/value.ts";
import type { Policy } from "./policy/policy.ts";
import type { FactState, Profile } from "./profile.ts";
import { answeredValue } from "./vocabulary/answered-value.ts";
import { anyScalar, anyValueOf, valueOfFact } from "./vocabulary/fact-value.ts";

/**
 * One firm's facts as a policy sees them on one day: read, checked, derived, each once.
 * A fact of the wrong type is unknown, never coerced.
 */
export class FactsInView {
  readonly #policy: Policy;
  readonly #profile: Profile;
  readonly #asOf: string;
  readonly #known = new Map<string, Value>();
  readonly scope: Scope = { fact: (id) => this.value(id), locals: undefined };

  constructor(policy: Policy, profile: Profile, asOf: string) {
    this.#policy = policy;
    this.#profile = profile;
    this.#asOf = asOf;
  }

  /** Everything that the fact may be. */
  value(id: string): Value {
    const known = this.#known.get(id);
    if (known) return known;
    const value = this.#read(id);
    this.#known.set(id, value);
    return value;
  }

  /**
   * As a requirement sees it: a fact nobody delivered answers nothing, even where its bounds would.
   * Amounts use the bounds; eligibility does not rest on a fact that is not there.
   */
  required(id: string): Value {
    const value = this.value(id);
    const isOpen = !isExact(value) && this.#policy.vocabulary.facts.has(id);
    // What a department confirmed or denied is known, though the value itself is not.
    return isOpen && this.#state(id)?.state !== "answers" ? unknown(value.because) : value;
  }

  expected(expected: Expected): Value {
    switch (expected.kind) {
      case "literal":
        return expected.value;
      case "fact":
        return this.required(expected.id);
      case "formula":
        return evaluate(expected.formula.expression, this.scope);
    }
  }

  asValues(): Values {
    return { fact: (id) => this.required(id), expected: (expected) => this.expected(expected) };
  }

  #read(id: string): Value {
    if (id === "asOf") return day(this.#asOf);
    if (id.startsWith("setting.")) {
      const setting = this.#policy.settings.find(({ name }) => `setting.${name}` === id);
      return setting ? text(setting.choice) : NOTHING;
    }
    const derived = this.#policy.derived.get(id);
    if (!derived) return this.#fact(id);
    const value = evaluate(derived.formula.expression, this.scope);
    // Nothing is known but why: then it is still one of the values that its type allows.
    return value.kind === "unknown" ? anyScalar(derived.definition, value.because) : value;
  }

  #fact(id: string): Value {
    const fact = this.#policy.vocabulary.facts.get(id);
    if (!fact) return NOTHING;
    const state = this.#state(id);
    if (state?.state === "answers") return answeredValue(fact, state.answers, [id]);
    if (state?.state !== "known") return anyValueOf(fact, [id]);
    const value = valueOfFact(fact, state.value);
    return "misfit" in value ? anyValueOf(fact, [id]) : value;
  }

  #state(id: string): FactState | undefined {
    return Object.hasOwn(this.#profile, id) ? this.#profile[id] : undefined;
  }
}
