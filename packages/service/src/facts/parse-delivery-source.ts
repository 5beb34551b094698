import {
  type FactDefinition,
  type FactType,
  type FieldDefinition,
  type Json,
  profileOf,
  RulesError,
  type Vocabulary,
} from "@apply-free/rules";
import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import type { CellRule, ValueShape } from "./cell.ts";
import type { DeliverySource, SourceColumn, Target } from "./delivery-source.ts";

/** What a unit does to a number, and which types of fact it may stand at. */
const units: Readonly<Record<string, Readonly<{ shift: number; types: readonly FactType[] }>>> = {
  元: { shift: 0, types: ["money"] },
  万元: { shift: 4, types: ["money"] },
  亿元: { shift: 8, types: ["money"] },
  "%": { shift: 0, types: ["percent"] },
  "‰": { shift: -1, types: ["percent"] },
  人: { shift: 0, types: ["integer"] },
  月: { shift: 0, types: ["integer"] },
  年: { shift: 0, types: ["integer"] },
};

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal in quotes");

const columnSchema = z.strictObject({
  header: z.string().min(1),
  required: z.boolean().default(false),
  fact: z.string().optional(),
  series: z.string().optional(),
  answers: z
    .strictObject({
      fact: z.string(),
      operator: z.enum(["equal", "in", "lessThan", "atMost", "greaterThan", "atLeast"]),
      value: z.json(),
    })
    .optional(),
  field: z.string().optional(),
  firm: z.enum(["name", "regionCode", "email", "phone"]).optional(),
  account: z.enum(["holderName", "accountNo", "bankName", "bankCode"]).optional(),
  unit: z.enum(Object.keys(units)).optional(),
  none: z.string().min(1).optional(),
  values: z.record(z.string(), z.string()).optional(),
  min: decimal.optional(),
  max: decimal.optional(),
  until: z.literal("as-of").optional(),
  steady: z.boolean().default(true),
});

const emptyAnswer = z.union([z.null(), z.literal(false), z.tuple([])], "must be null, false or []");

const common = {
  id: z.string().regex(/^[a-z][a-z-]*$/),
  department: bilingual,
  title: bilingual,
  files: z.array(z.enum(["csv", "ndjson", "parquet", "xlsx"])).min(1),
  key: z.string().min(1),
  persons: z.boolean().default(false),
  name: z.string().min(1).optional(),
  covers: z.strictObject({ absence: z.union([z.literal("unknown"), z.record(z.string(), emptyAnswer)]) }),
  columns: z.array(columnSchema),
  ignored: z.array(z.string()).default([]),
  repair: z
    .record(
      z.string(),
      z.strictObject({ keptAt: bilingual, how: bilingual, term: bilingual, basis: z.string().min(1) }),
    )
    .default({}),
  disputes: z.strictObject({ answerWithinWorkingDays: z.int().min(1).max(60) }).optional(),
  expect: z
    .strictObject({ rows: z.strictObject({ atLeast: z.number().min(0), atMost: z.number().min(1) }) })
    .optional(),
};

const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...common, kind: z.literal("facts") }),
  z.strictObject({ ...common, kind: z.literal("accounts") }),
  /** `record`: the list fact that the rows of a firm make up. */
  z.strictObject({ ...common, kind: z.literal("records"), record: z.string() }),
  /** `listed`: the fact that is true of every firm on the list. */
  z.strictObject({ ...common, kind: z.literal("listed"), listed: z.string() }),
]);

type SourceDocument = z.infer<typeof sourceSchema>;
type ColumnDocument = z.infer<typeof columnSchema>;

/**
 * Reads one source of rules/sources against the vocabulary.
 * @throws DomainError source-invalid naming the place (`columns[2].fact: …`)
 */
export function parseDeliverySource(document: unknown, vocabulary: Vocabulary): DeliverySource {
  const parsed = sourceSchema.safeParse(document);
  if (!parsed.success) throw asWritten(parsed.error);
  const source = parsed.data;
  const { id, department, title, kind, files, key, name, ignored } = source;
  refuseRepeatedHeader(source);
  const fact = ownFactOf(source, vocabulary);
  return {
    ...{ id, department, title, kind, files, key, ofPersons: source.persons },
    ...(name && { name }),
    ...(fact && { fact }),
    columns: source.columns.map((column, place) => columnOf(column, `columns[${place}]`, kind, fact, vocabulary)),
    ignored: new Set(ignored),
    absence: absenceOf(source, vocabulary),
    repair: repairOf(source, vocabulary),
    ...(source.disputes && { answerWithinWorkingDays: source.disputes.answerWithinWorkingDays }),
    ...(source.expect && { expectedRows: source.expect.rows }),
  };
}

function refuseRepeatedHeader({ key, name, columns, ignored }: SourceDocument): void {
  const headers = [key, ...(name ? [name] : []), ...columns.map(({ header }) => header), ...ignored];
  const twice = headers.find((header, place) => headers.indexOf(header) !== place);
  if (twice !== undefined) throw invalid("columns", `header "${twice}" appears twice`);
}

function repairOf({ repair }: SourceDocument, vocabulary: Vocabulary): DeliverySource["repair"] {
  for (const id of Object.keys(repair)) factOf(id, "boolean", "repair", vocabulary);
  return new Map(Object.entries(repair));
}

function ownFactOf(source: SourceDocument, vocabulary: Vocabulary): FactDefinition | undefined {
  switch (source.kind) {
    case "records":
      return factOf(source.record, "list", "record", vocabulary);
    case "listed":
      return factOf(source.listed, "boolean", "listed", vocabulary);
    case "facts":
    case "accounts":
      return undefined;
  }
}

function factOf(id: string, type: FactType | undefined, where: string, { facts }: Vocabulary): FactDefinition {
  const fact = facts.get(id);
  if (!fact) throw invalid(where, `unknown fact "${id}"`);
  if (fact.acrossGroup !== undefined) throw invalid(where, `"${id}" is read from ${fact.acrossGroup} of a group`);
  if (type !== undefined && fact.type !== type) throw invalid(where, `"${id}" has type ${fact.type}, not ${type}`);
  return fact;
}

function columnOf(
  column: ColumnDocument,
  where: string,
  kind: DeliverySource["kind"],
  list: FactDefinition | undefined,
  vocabulary: Vocabulary,
): SourceColumn {
  const { header, required, fact, series, answers, field, firm, account, unit } = column;
  if (account && kind !== "accounts") throw invalid(`${where}.account`, "belongs to kind accounts");
  const target: Target = {
    ...(fact !== undefined && {
      fact: { id: fact, shape: shapeOf(factOf(fact, undefined, `${where}.fact`, vocabulary), where) },
    }),
    ...(series !== undefined && {
      series: seriesIn(header, factOf(series, "series", `${where}.series`, vocabulary), where),
    }),
    ...(answers && { answer: answerOf(answers, `${where}.answers`, vocabulary) }),
    ...(field !== undefined && { field: { name: field, shape: fieldOf(field, list, where) } }),
    ...(firm && { firm }),
    ...(account && { account }),
  };
  if (Object.keys(target).length === 0)
    throw invalid(where, "needs one of fact, series, answers, field, firm, account");
  const shape = target.fact?.shape ?? target.series?.shape ?? target.field?.shape;
  if (unit !== undefined && !(shape && units[unit]?.types.includes(shape.type))) {
    throw invalid(`${where}.unit`, `${unit} does not fit ${shape ? `type ${shape.type}` : "a column without a fact"}`);
  }
  return { header, required, target, rule: ruleOf(column), isSteady: column.steady };
}

function ruleOf({ unit, none, values, min, max, until }: ColumnDocument): CellRule {
  const shift = unit === undefined ? 0 : (units[unit]?.shift ?? 0);
  return { shift, none, values: values && new Map(Object.entries(values)), min, max, until };
}

function shapeOf(fact: FactDefinition, where: string): ValueShape {
  const { id, type, label, nullable, codes, digits, min, max, known } = fact;
  if (type === "list") throw invalid(`${where}.fact`, `"${id}" is a list; use record and field`);
  if (type === "series") throw invalid(`${where}.fact`, `"${id}" is a series; use series, with {period} in the header`);
  return {
    ...{ type, label, nullable },
    ...(codes && { codes }),
    ...(digits !== undefined && { digits }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(known && { known }),
  };
}

/** A yes-or-no column about a fact that the department shows to nobody (可核验不可见). */
function answerOf(
  { fact: id, operator, value }: NonNullable<ColumnDocument["answers"]>,
  where: string,
  vocabulary: Vocabulary,
) {
  const { type } = factOf(id, undefined, `${where}.fact`, vocabulary);
  if (type === "list" || type === "series")
    throw invalid(`${where}.fact`, `"${id}" is a ${type}, of which nothing is confirmed or denied`);
  for (const each of operator === "in" && Array.isArray(value) ? value : [value]) {
    const read = readProfile({ [id]: each as Json }, vocabulary);
    if (read !== undefined) throw invalid(`${where}.value`, read);
  }
  return { id, operator, value: value as Json };
}

function readProfile(facts: Readonly<Record<string, Json>>, vocabulary: Vocabulary): string | undefined {
  try {
    profileOf(facts, vocabulary);
    return undefined;
  } catch (cause) {
    if (cause instanceof RulesError) return cause.message;
    throw cause;
  }
}

/** One column per period: the header says where the period stands in it. */
function seriesIn(header: string, { id, label, of: type, every, min, max }: FactDefinition, where: string) {
  if (header.split("{period}").length !== 2) {
    throw invalid(`${where}.header`, `needs {period} once, where a header says which period of "${id}" it is`);
  }
  if (!type || !every) throw invalid(`${where}.series`, `"${id}" has no rhythm`);
  const shape: ValueShape = {
    ...{ type, label, nullable: true },
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
  return { id, every, shape };
}

function fieldOf(name: string, list: FactDefinition | undefined, where: string): FieldDefinition {
  const field = list?.fields?.get(name);
  if (!field)
    throw invalid(`${where}.field`, `${list ? `"${list.id}"` : "a source without record"} has no field "${name}"`);
  return field;
}

function absenceOf({ covers }: SourceDocument, vocabulary: Vocabulary): ReadonlyMap<string, Json> {
  const answers = covers.absence === "unknown" ? [] : Object.entries(covers.absence);
  for (const [id, answer] of answers) {
    const { nullable, type } = factOf(id, undefined, "covers.absence", vocabulary);
    const fits = answer === null ? nullable : answer === false ? type === "boolean" : type === "list";
    if (!fits)
      throw invalid(`covers.absence.${id}`, `${JSON.stringify(answer)} is not a value that this fact can have`);
  }
  return new Map(answers);
}

function asWritten({ issues: [issue] }: z.ZodError): DomainError {
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const where = [...(issue?.path ?? []), ...unknown]
    .map((step, depth) => (typeof step === "number" ? `[${step}]` : `${depth ? "." : ""}${String(step)}`))
    .join("");
  return invalid(where || "source", issue?.message ?? "cannot be read");
}

function invalid(where: string, what: string): DomainError {
  return new DomainError("source-invalid", `${where}: ${what}.`, { where });
}
