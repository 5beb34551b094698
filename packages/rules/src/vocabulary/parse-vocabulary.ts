import { z } from "zod";
import type { Bilingual } from "../json.ts";
import { refuseHostile } from "../limits.ts";
import { suggestion } from "../nearest.ts";
import { bilingualSchema, daySchema, decimalSchema, factIdSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { DatedCode, DerivedDefinition, FactDefinition, FieldDefinition, Vocabulary } from "./vocabulary.ts";

const scalarTypes = ["boolean", "integer", "decimal", "money", "percent", "date", "code", "text"] as const;

const shape = {
  label: bilingualSchema,
  unit: bilingualSchema.optional(),
  /** Name of a code list. */
  codes: z.string().optional(),
  digits: z.int().min(1).max(18).optional(),
  nullable: z.boolean().default(false),
  min: decimalSchema.optional(),
  max: decimalSchema.optional(),
};

const fieldSchema = z.strictObject({ ...shape, type: z.enum(scalarTypes), unit: z.never().optional() });

/** A code may be of some time only, and another may stand in its place since. */
const codeSchema = bilingualSchema.extend({
  from: daySchema.optional(),
  until: daySchema.optional(),
  became: z.string().optional(),
});

const factSchema = z.strictObject({
  ...shape,
  type: z.enum([...scalarTypes, "list", "series"]),
  /** For a series: what each period's value is, and how often there is one. */
  of: z.enum(["boolean", "integer", "decimal", "money", "percent"]).optional(),
  every: z.enum(["month", "quarter", "year"]).optional(),
  source: z.string(),
  maxAgeDays: z.int().min(1).max(3660),
  privacy: z.enum(["public", "business", "personal"]),
  means: z.enum(["records", "inspection", "declaration", "judgement"]).default("records"),
  /** Where sources disagree, the one named first is believed. Without it nobody is. */
  ranked: z.array(z.string()).min(2).optional(),
  /** Code list that knows all codes beginning as `within` says, each with its time; others it does not speak of. */
  known: z.strictObject({ list: z.string(), within: z.array(z.string().min(1)).min(1) }).optional(),
  /** A successor's list goes on from those of its predecessors. */
  inherited: z.boolean().default(false),
  /** The list that it is of the other members of a group of companies; no department delivers it. */
  acrossGroup: z.string().optional(),
  edition: z.strictObject({ name: z.string(), from: daySchema, to: daySchema.optional() }).optional(),
  fields: z.record(z.string(), fieldSchema).optional(),
});

export const derivedSchema = z.strictObject({
  type: z.enum(scalarTypes),
  label: bilingualSchema,
  unit: bilingualSchema.optional(),
  codes: z.string().optional(),
  formula: z.string().min(1),
  /** Law or standard that defines it. */
  authority: z.string().optional(),
  clause: z.string().optional(),
});

const documentSchema = z.strictObject({
  sources: z.record(z.string(), bilingualSchema).default({}),
  codeLists: z.record(z.string(), z.record(z.string(), codeSchema)).default({}),
  facts: z.record(factIdSchema, factSchema).default({}),
  derived: z.record(factIdSchema, derivedSchema).default({}),
  conditions: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.unknown()).default({}),
});

type CodeLists = ReadonlyMap<string, ReadonlyMap<string, DatedCode>>;

/**
 * Reads the vocabulary from its documents (parsed YAML or JSON): departments, code lists, facts and
 * shared derived facts. Later documents add; none may redefine.
 *
 * @throws RulesError vocabulary-invalid | limit-exceeded, naming the place
 */
export function parseVocabulary(documents: readonly unknown[]): Vocabulary {
  const parsed = documents.filter(isWritten).map((document) => {
    refuseHostile(document);
    return read(documentSchema, document, "", "vocabulary-invalid");
  });
  const sources = merged(
    parsed.map((document) => document.sources),
    "sources",
  );
  const lists = merged(
    parsed.map((document) => document.codeLists),
    "codeLists",
  );
  const codeLists: CodeLists = new Map(
    [...lists].map(([name, codes]) => [
      name,
      new Map(Object.entries(codes).map(([code, entry]) => [code, dated(entry)])),
    ]),
  );
  const facts = new Map<string, FactDefinition>();
  for (const [id, fact] of merged(
    parsed.map((document) => document.facts),
    "facts",
  )) {
    facts.set(id, factOf(id, fact, sources, codeLists));
  }
  for (const { id, acrossGroup } of facts.values()) refuseOtherThanLists(facts, id, acrossGroup);
  const derived = new Map<string, DerivedDefinition>();
  for (const [id, definition] of merged(
    parsed.map((document) => document.derived),
    "derived",
  )) {
    if (facts.has(id)) throw invalid(`derived.${id}`, "is also the id of a fact; give one of them another name.");
    derived.set(id, derivedOf(id, definition, codeLists, `derived.${id}`));
  }
  const conditions = merged(
    parsed.map((document) => document.conditions),
    "conditions",
  );
  return { facts, derived, conditions, sources, codeLists };
}

function dated({ zh, en, from, until, became }: z.output<typeof codeSchema>): DatedCode {
  return { zh, en, ...(from && { from }), ...(until && { until }), ...(became && { became }) };
}

/** An empty YAML file parses to null. */
const isWritten = (document: unknown) => document !== null && document !== undefined;

function merged<Entry>(parts: readonly Readonly<Record<string, Entry>>[], section: string): Map<string, Entry> {
  const all = new Map<string, Entry>();
  for (const part of parts) {
    for (const [id, entry] of Object.entries(part)) {
      if (all.has(id)) throw invalid(`${section}.${id}`, "is defined twice.");
      all.set(id, entry);
    }
  }
  return all;
}

function factOf(
  id: string,
  {
    fields,
    codes,
    unit,
    digits,
    min,
    max,
    of,
    every,
    edition,
    ranked,
    known,
    acrossGroup,
    ...fact
  }: z.output<typeof factSchema>,
  sources: ReadonlyMap<string, Bilingual>,
  lists: CodeLists,
): FactDefinition {
  const where = `facts.${id}`;
  if (!sources.has(fact.source)) {
    throw invalid(`${where}.source`, `unknown department "${fact.source}".${suggestion(fact.source, sources.keys())}`);
  }
  const stranger = ranked?.find((source) => !sources.has(source));
  if (stranger !== undefined) {
    throw invalid(`${where}.ranked`, `unknown department "${stranger}".${suggestion(stranger, sources.keys())}`);
  }
  if (ranked && new Set(ranked).size < ranked.length) throw invalid(`${where}.ranked`, "names a department twice.");
  if ((fact.type === "list") !== (fields !== undefined)) {
    throw invalid(where, fact.type === "list" ? "a list needs fields." : "only a list has fields.");
  }
  const knownCodes = known && lists.get(known.list);
  if (known && !knownCodes) {
    throw invalid(`${where}.known`, `unknown code list "${known.list}".${suggestion(known.list, lists.keys())}`);
  }
  if (fact.inherited && fact.type !== "list") throw invalid(`${where}.inherited`, "only a list can be inherited.");
  const isSeries = fact.type === "series";
  if (isSeries !== (of !== undefined) || isSeries !== (every !== undefined)) {
    throw invalid(where, isSeries ? "a series needs of and every." : "only a series has of and every.");
  }
  const shared = sharedShape({ type: of ?? fact.type, codes, digits, min, max }, lists, where);
  const definition = {
    id,
    ...fact,
    ...shared,
    ...(unit && { unit }),
    ...(of && { of }),
    ...(every && { every }),
    ...(ranked && { ranked }),
    ...(acrossGroup !== undefined && { acrossGroup }),
    ...(known && knownCodes && { known: { codes: knownCodes, within: known.within } }),
  };
  const dated = edition && { name: edition.name, from: edition.from, ...(edition.to && { to: edition.to }) };
  if (!fields) return { ...definition, ...(dated && { edition: dated }) };
  const entries = Object.entries(fields).map(
    ([name, field]) => [name, fieldOf(field, lists, `${where}.fields.${name}`)] as const,
  );
  return { ...definition, fields: new Map(entries) };
}

function refuseOtherThanLists(facts: ReadonlyMap<string, FactDefinition>, id: string, across: string | undefined) {
  if (across === undefined || [id, across].every((each) => facts.get(each)?.type === "list")) return;
  throw invalid(`facts.${id}.acrossGroup`, "a list can be read across a group, from another list.");
}

function fieldOf(
  { type, label, nullable, codes, digits, min, max }: z.output<typeof fieldSchema>,
  lists: CodeLists,
  where: string,
): FieldDefinition {
  return { type, label, nullable, ...sharedShape({ type, codes, digits, min, max }, lists, where) };
}

/** @throws RulesError vocabulary-invalid */
export function derivedOf(
  id: string,
  { codes, unit, authority, clause, ...definition }: z.output<typeof derivedSchema>,
  lists: CodeLists,
  where: string,
): DerivedDefinition {
  const shared = sharedShape(
    { type: definition.type, codes, digits: undefined, min: undefined, max: undefined },
    lists,
    where,
  );
  return {
    id,
    ...definition,
    ...shared,
    ...(unit && { unit }),
    ...(authority && { authority }),
    ...(clause && { clause }),
  };
}

type Shape = Readonly<{
  type: string;
  codes: string | undefined;
  digits: number | undefined;
  min: string | undefined;
  max: string | undefined;
}>;

function sharedShape({ type, codes, digits, min, max }: Shape, lists: CodeLists, where: string) {
  if (type !== "code" && (codes !== undefined || digits !== undefined)) {
    throw invalid(where, `only a code has "codes" or "digits".`);
  }
  const list = codes === undefined ? undefined : lists.get(codes);
  if (codes !== undefined && !list) {
    throw invalid(`${where}.codes`, `unknown code list "${codes}".${suggestion(codes, lists.keys())}`);
  }
  const isNumber = type === "integer" || type === "decimal" || type === "money" || type === "percent";
  if (!isNumber && (min !== undefined || max !== undefined)) throw invalid(where, "only numbers have bounds.");
  return {
    ...(list && { codes: list }),
    ...(digits !== undefined && { digits }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function invalid(where: string, what: string): RulesError {
  return new RulesError("vocabulary-invalid", where, what);
}
