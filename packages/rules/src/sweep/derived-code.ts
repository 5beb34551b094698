import type { FactsInView } from "../facts-in-view.ts";
import type { Exact, Value } from "../formula/value.ts";
import type { Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { jsonOf } from "../value-json.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { type Coding, UNKNOWN } from "./coding.ts";
import { dayClasses } from "./day-classes.ts";
import { limitsOn } from "./formula-limits.ts";
import { numberClasses } from "./number-classes.ts";

const MOST_REMEMBERED = 100_000;

/** Views of one firm, so that what several columns derive is derived once. */
export type Views = Map<Policy, FactsInView>;

/** What matters of one value of a fact, as text; empty where it is as good as unknown. */
type KeyOf = (value: Json) => string;

/**
 * The code of a column that the evaluator computes, from all it rests on. Most firms have nothing of a rare
 * fact, or the same as others, or values that no formula tells apart: then the answer is remembered.
 */
export class DerivedCodes {
  readonly #coding: Coding;
  readonly #keys: readonly KeyOf[];
  readonly #known = new Map<string, number>();

  constructor(coding: Coding) {
    this.#coding = coding;
    const { inputs, policy, questions } = coding.column;
    const [root] = questions;
    // Where a fact is compared with another or a formula, whole values are.
    const isDerived = root !== undefined && questions.every(({ expected }) => expected.kind === "literal");
    const run = coding.view({});
    this.#keys = inputs.map((id) => {
      const fact = policy.vocabulary.facts.get(id);
      const limits = isDerived && fact ? limitsOn(id, root.fact, policy, run) : undefined;
      return (fact && limits && keyOfClass(fact, limits)) ?? keyOfValue;
    });
  }

  /** @param views shared by the columns of one firm */
  of(profile: Profile, views: Views = new Map()): number {
    const { inputs, policy } = this.#coding.column;
    let key = "";
    for (const [place, id] of inputs.entries()) {
      const state = Object.hasOwn(profile, id) ? profile[id] : undefined;
      if (state?.state === "known") key += this.keyOf(place, state.value);
      else if (state?.state === "answers") key += `${place}?${JSON.stringify(state.answers)};`;
    }
    return this.codeFor(key, () => {
      const view = views.get(policy) ?? this.#coding.view(profile);
      views.set(policy, view);
      return this.#coding.codeOfProfile(profile, view);
    });
  }

  /** @param place of the fact among those that the column rests on */
  keyOf(place: number, value: Json): string {
    const key = this.#keys[place]?.(value) ?? "";
    return key === "" ? "" : `${place}${key};`;
  }

  /** The code of all firms of which the same matters. */
  codeFor(key: string, compute: () => number): number {
    if (key === "") return UNKNOWN;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const code = compute();
    if (this.#known.size < MOST_REMEMBERED) this.#known.set(key, code);
    return code;
  }
}

/** Lengths tell where a text ends, so that no two firms share a key by chance. */
function keyOfValue(value: Json): string {
  if (typeof value === "string") return `"${value.length}:${value}`;
  return typeof value === "object" ? `=${JSON.stringify(value)}` : `=${value}`;
}

/** The class of a value under the limits with which formulas compare it, where its kind has an order. */
function keyOfClass(fact: FactDefinition, limits: readonly Exact[]): KeyOf | undefined {
  const ids = new Map<string, number>();
  const idOf = (value: Value) => {
    const text = value.kind === "number" ? value.n.toFraction() : JSON.stringify(jsonOf(value));
    const id = ids.get(text) ?? ids.size + 1;
    ids.set(text, id);
    return id;
  };
  const classes = classesOf(fact, limits, idOf);
  return (
    classes &&
    ((value) => {
      if (value === null) return "~";
      const id = classes.ofJson(value);
      return id === 0 ? "" : `#${id}`;
    })
  );
}

function classesOf(fact: FactDefinition, limits: readonly Exact[], idOf: (value: Value) => number) {
  switch (fact.type) {
    case "integer":
    case "decimal":
    case "money":
    case "percent":
      return numberClasses(
        fact,
        limits.flatMap((each) => (each.kind === "number" ? [each.n] : [])),
        idOf,
      );
    case "date":
      return dayClasses(
        limits.flatMap((each) => (each.kind === "date" ? [each.day] : [])),
        idOf,
      );
    default:
      return undefined;
  }
}
