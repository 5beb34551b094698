import type { Bilingual, Json } from "../json.ts";
import { factOf } from "../vocabulary/label.ts";
import type { FieldDefinition, Vocabulary } from "../vocabulary/vocabulary.ts";
import { jsonText } from "./json-text.ts";

type JsonRecord = Readonly<Record<string, Json>>;
type Fields = ReadonlyMap<string, FieldDefinition>;

/** A fact's value for people, with its unit and the meaning of codes. */
export function factText(vocabulary: Vocabulary, id: string, value: Json): Bilingual {
  const fact = vocabulary.facts.get(factOf(id));
  const definition = fact ?? vocabulary.derived.get(id);
  if (!definition) return jsonText(value, { type: "text" });
  const { type, unit, codes } = definition;
  if (fact?.fields && isRecords(value)) return recordsText(value, fact.fields);
  return jsonText(value, { type, unit, codes });
}

/** The department that answers for a fact. */
export function departmentOf(vocabulary: Vocabulary, id: string): Bilingual | undefined {
  const source = vocabulary.facts.get(factOf(id))?.source;
  return source === undefined ? undefined : (vocabulary.sources.get(source) ?? { zh: source, en: source });
}

function isRecords(value: Json): value is readonly JsonRecord[] {
  const isRecord = (each: Json) => each !== null && typeof each === "object" && !Array.isArray(each);
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

/** `称号 省级智能车间，认定日期 2024-05-01；…`, in the vocabulary's order of fields, whatever order a store kept. */
function recordsText(records: readonly JsonRecord[], fields: Fields): Bilingual {
  const texts = records.map((record) => recordText(record, fields));
  return { zh: texts.map(({ zh }) => zh).join("；"), en: texts.map(({ en }) => en).join("; ") };
}

function recordText(record: JsonRecord, fields: Fields): Bilingual {
  const parts = [...fields].flatMap(([name, { label, type, codes }]) => {
    if (!Object.hasOwn(record, name)) return [];
    const { zh, en } = jsonText(record[name] ?? null, { type, codes });
    return { zh: `${label.zh} ${zh}`, en: `${label.en} ${en}` };
  });
  return { zh: parts.map(({ zh }) => zh).join("，"), en: parts.map(({ en }) => en).join(", ") };
}
