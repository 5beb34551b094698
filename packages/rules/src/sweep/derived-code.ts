import type { FactsInView } from "../facts-in-view.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { type Coding, UNKNOWN } from "./coding.ts";

const MOST_REMEMBERED = 50_000;

/** Views of one firm, so that what several columns derive is derived once. */
export type Views = Map<Policy, FactsInView>;

/**
 * The code of a column that the evaluator computes, from all it rests on. Most firms have nothing of a
 * rare fact, or the same as others: then the answer is remembered.
 */
export class DerivedCodes {
  readonly #coding: Coding;
  readonly #known = new Map<string, number>();

  constructor(coding: Coding) {
    this.#coding = coding;
  }

  of(profile: Profile, views: Views = new Map()): number {
    const { inputs, policy } = this.#coding.column;
    const key = keyOf(profile, inputs);
    if (key === "") return UNKNOWN;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const view = views.get(policy) ?? this.#coding.view(profile);
    views.set(policy, view);
    const code = this.#coding.codeOfProfile(profile, view);
    if (this.#known.size < MOST_REMEMBERED) this.#known.set(key, code);
    return code;
  }
}

/** What a firm has of these facts; empty when it has nothing of any. */
function keyOf(profile: Profile, inputs: readonly string[]): string {
  let key = "";
  for (const [place, id] of inputs.entries()) {
    const state = Object.hasOwn(profile, id) ? profile[id] : undefined;
    if (state?.state === "known") key += `${place}=${JSON.stringify(state.value)};`;
    else if (state?.state === "answers") key += `${place}?${JSON.stringify(state.answers)};`;
  }
  return key;
}
