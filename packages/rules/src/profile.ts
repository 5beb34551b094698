import type { Json } from "./json.ts";
import { suggestion } from "./nearest.ts";
import { RulesError } from "./rules-error.ts";
import type { YesNoAnswer } from "./vocabulary/answered-value.ts";
import { valueOfFact } from "./vocabulary/fact-value.ts";
import type { Vocabulary } from "./vocabulary/vocabulary.ts";

/**
 * What is known of one fact. Unknown is neither zero nor false; a known `null` means "looked up,
 * and there is none".
 */
export type FactState =
  | Readonly<{
      state: "known";
      value: Json;
      /** Department or delivery that said so. */
      source?: string;
      /** Day the value speaks of, `YYYY-MM-DD`. */
      asOf?: string;
      /** Instant it reached us, ISO 8601. */
      obtainedAt?: string;
      deliveryId?: string;
    }>
  /** The department shows no values; it only confirms or denies. */
  | Readonly<{ state: "answers"; answers: readonly YesNoAnswer[]; source?: string; asOf?: string }>
  | Readonly<{
      state: "unknown";
      reason: "not-obtained" | "not-connected" | "stale" | "conflict";
      detail?: string;
    }>;

/** Fact id → state. An absent id is unknown, reason `not-obtained`. */
export type Profile = Readonly<Record<string, FactState>>;

/**
 * The profile of a flat JSON object, fact id → value. An absent key stays unknown; an explicit
 * `null`, `[]`, `0` or `false` is known.
 *
 * @throws RulesError facts-invalid for a fact that the vocabulary lacks, or a value of the wrong type
 */
export function profileOf(facts: Readonly<Record<string, Json>>, vocabulary: Vocabulary): Profile {
  const profile: Record<string, FactState> = Object.create(null);
  for (const [id, value] of Object.entries(facts)) {
    const fact = vocabulary.facts.get(id);
    if (!fact) throw new RulesError("facts-invalid", id, `unknown fact.${suggestion(id, vocabulary.facts.keys())}`);
    const read = valueOfFact(fact, value);
    if ("misfit" in read) throw new RulesError("facts-invalid", `${id}${read.at ?? ""}`, `${read.misfit}.`);
    profile[id] = { state: "known", value, source: fact.source };
  }
  return profile;
}
