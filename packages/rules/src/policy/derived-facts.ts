import type { z } from "zod";
import type { StaticType } from "../formula/expression.ts";
import { type Formula, type Names, parseFormula } from "../formula/parse.ts";
import { describe } from "../formula/static-type.ts";
import { limits } from "../limits.ts";
import { RulesError } from "../rules-error.ts";
import { staticTypeOf } from "../vocabulary/fact-value.ts";
import { derivedOf, type derivedSchema } from "../vocabulary/parse-vocabulary.ts";
import type { DerivedDefinition, Vocabulary } from "../vocabulary/vocabulary.ts";
import type { Derived, Setting } from "./policy.ts";

const DAY: StaticType = { kind: "date" };
const TEXT: StaticType = { kind: "text" };

/**
 * The names of a policy: facts, shared derived facts, its own derived facts, settings (`setting.x`)
 * and the decision day (`asOf`). Compiles derived facts, each once, and refuses circles.
 */
export class DerivedFacts implements Names {
  readonly #vocabulary: Vocabulary;
  readonly #settings: ReadonlySet<string>;
  readonly #definitions = new Map<
    string,
    Readonly<{ definition: DerivedDefinition; isShared: boolean; where: string }>
  >();
  readonly #compiled = new Map<string, Derived>();

  constructor(
    vocabulary: Vocabulary,
    own: Readonly<Record<string, z.output<typeof derivedSchema>>>,
    settings: readonly Setting[],
    clauseAt: (label: string, where: string) => string,
  ) {
    this.#vocabulary = vocabulary;
    this.#settings = new Set(settings.map(({ name }) => `setting.${name}`));
    for (const [id, definition] of vocabulary.derived) {
      this.#definitions.set(id, { definition, isShared: true, where: `derived.${id}` });
    }
    const entries = Object.entries(own);
    if (entries.length > limits.derivedFacts) {
      throw new RulesError("limit-exceeded", "derived", `more than ${limits.derivedFacts} derived facts.`);
    }
    for (const [id, given] of entries) {
      const where = `derived.${id}`;
      if (vocabulary.facts.has(id) || this.#definitions.has(id) || id.startsWith("setting.")) {
        throw new RulesError("policy-invalid", where, "is the id of something else in the vocabulary; choose another.");
      }
      if (given.clause !== undefined) clauseAt(given.clause, `${where}.clause`);
      this.#definitions.set(id, {
        definition: derivedOf(id, given, vocabulary.codeLists, where),
        isShared: false,
        where,
      });
    }
    // A derived fact of the policy's own must be right even where nothing uses it yet.
    for (const [id, { isShared }] of this.#definitions) if (!isShared) this.#compile(id, []);
  }

  typeOf(id: string): StaticType | undefined {
    if (id === "asOf") return DAY;
    if (this.#settings.has(id)) return TEXT;
    const fact = this.#vocabulary.facts.get(id) ?? this.#definitions.get(id)?.definition;
    return fact && staticTypeOf(fact);
  }

  *ids(): Iterable<string> {
    yield "asOf";
    yield* this.#settings;
    yield* this.#vocabulary.facts.keys();
    yield* this.#definitions.keys();
  }

  codesOf(id: string): ReadonlyMap<string, unknown> | undefined {
    return this.#vocabulary.facts.get(id)?.codes ?? this.#definitions.get(id)?.definition.codes;
  }

  /** What literals of a derived fact, of a setting or of the decision day look like. */
  shapeOf(id: string): DerivedDefinition | Readonly<{ id: string; type: "date" | "text" }> | undefined {
    if (id === "asOf") return { id, type: "date" };
    return this.#settings.has(id) ? { id, type: "text" } : this.#definitions.get(id)?.definition;
  }

  /** Everything that these names lead to: derived facts, compiled, and facts of the vocabulary. */
  usedFrom(ids: Iterable<string>): { derived: ReadonlyMap<string, Derived>; facts: readonly string[] } {
    const derived = new Map<string, Derived>();
    const facts = new Set<string>();
    const visit = (id: string) => {
      if (this.#vocabulary.facts.has(id)) facts.add(id);
      if (derived.has(id) || !this.#definitions.has(id)) return;
      const compiled = this.#compile(id, []);
      derived.set(id, compiled);
      for (const inner of compiled.formula.facts) visit(inner);
    };
    for (const id of ids) visit(id);
    return { derived, facts: [...facts].sort() };
  }

  #compile(id: string, path: readonly string[]): Derived {
    const known = this.#compiled.get(id);
    if (known) return known;
    const entry = this.#definitions.get(id);
    if (!entry) throw new Error(`no derived fact ${id}`);
    const { definition, isShared, where } = entry;
    if (path.includes(id)) {
      throw new RulesError("policy-invalid", where, `is defined by itself: ${[...path, id].join(" → ")}.`);
    }
    const formula = parseFormula(definition.formula, `${where}.formula`, this);
    refuseOtherType(formula, definition, `${where}.formula`);
    for (const inner of formula.facts) if (this.#definitions.has(inner)) this.#compile(inner, [...path, id]);
    const compiled = { definition, formula, isShared };
    this.#compiled.set(id, compiled);
    return compiled;
  }
}

function refuseOtherType({ type }: Formula, definition: DerivedDefinition, where: string): void {
  const declared = staticTypeOf(definition);
  if (type.kind === "any" || type.kind === "null" || type.kind === declared.kind) return;
  throw new RulesError("formula-invalid", where, `gives ${describe(type)}, but type says ${definition.type}.`);
}
