import type { Bilingual, Json } from "../json.ts";
import { factOf } from "../vocabulary/label.ts";
import type { Vocabulary } from "../vocabulary/vocabulary.ts";
import { jsonText } from "./json-text.ts";

/** A fact's value for people, with its unit and the meaning of codes. */
export function factText(vocabulary: Vocabulary, id: string, value: Json): Bilingual {
  const definition = vocabulary.facts.get(factOf(id)) ?? vocabulary.derived.get(id);
  if (!definition) return jsonText(value, { type: "text" });
  const { type, unit, codes } = definition;
  return jsonText(value, { type, unit, codes });
}

/** The department that answers for a fact. */
export function departmentOf(vocabulary: Vocabulary, id: string): Bilingual | undefined {
  const source = vocabulary.facts.get(factOf(id))?.source;
  return source === undefined ? undefined : (vocabulary.sources.get(source) ?? { zh: source, en: source });
}
