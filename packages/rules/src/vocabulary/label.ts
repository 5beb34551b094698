import type { Bilingual } from "../json.ts";
import type { DerivedDefinition, FactDefinition, FieldDefinition, Vocabulary } from "./vocabulary.ts";

/**
 * Label of a fact, of a derived fact, or of a part of a fact as `missing` names it
 * (`title.held[2].expiresOn`: third record, field 到期日). An id nobody knows is its own label.
 */
export function labelOf(vocabulary: Vocabulary, id: string): Bilingual {
  const { fact, record, field } = partsOfId(id);
  const definition = vocabulary.facts.get(fact) ?? vocabulary.derived.get(fact);
  if (!definition) return { zh: id, en: id };
  if (record === undefined) return definition.label;
  const inner = fieldOf(definition, field);
  const { label } = definition;
  return {
    zh: `${label.zh}第${record + 1}条${inner ? `的${inner.label.zh}` : ""}`,
    en: `${inner ? `${inner.label.en} of ` : ""}${label.en} no. ${record + 1}`,
  };
}

/** The fact that a `missing` entry belongs to: `title.held[2].expiresOn` → `title.held`. */
export function factOf(id: string): string {
  return partsOfId(id).fact;
}

function partsOfId(id: string): { fact: string; record?: number; field?: string } {
  const match = /^([^[\]]+)\[(\d+)\](?:\.(.+))?$/.exec(id);
  if (!match) return { fact: id };
  const [, fact = id, record, field] = match;
  return { fact, record: Number(record), ...(field !== undefined && { field }) };
}

function fieldOf(
  definition: FactDefinition | DerivedDefinition,
  name: string | undefined,
): FieldDefinition | undefined {
  return "fields" in definition && name !== undefined ? definition.fields?.get(name) : undefined;
}
