import type { FactDefinition, Json, Vocabulary } from "@apply-free/rules";
import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import type { CellRule, ValueShape } from "./cell.ts";

/** What one department delivers, and in which words. */
export type DeliverySource = Readonly<{
  id: string;
  department: Readonly<{ zh: string; en: string }>;
  title: Readonly<{ zh: string; en: string }>;
  /**
   * facts: one row per firm. records: many rows per firm become one list. listed: being on the
   * list is the fact. accounts: bank accounts for the register, no facts.
   */
  kind: "facts" | "records" | "listed" | "accounts";
  files: readonly ("csv" | "xlsx")[];
  /** Header of the column that holds the credit code. */
  key: string;
  /** Header of the column that holds the firm's name, where the department gives it. */
  name?: string;
  /** The list fact that the rows of a `records` source make up, or the fact of a `listed` one. */
  fact?: FactDefinition;
  columns: readonly SourceColumn[];
  ignored: ReadonlySet<string>;
  /** What a registered firm's absence from a complete delivery says. Empty: nothing, it stays unknown. */
  absence: ReadonlyMap<string, Json>;
}>;

export type SourceColumn = Readonly<{ header: string; required: boolean; target: Target; rule: CellRule }>;

/** Where the value of a column goes; one column of the register may feed a fact and the firm's row. */
export type Target = Readonly<{
  fact?: Readonly<{ id: string; shape: ValueShape }>;
  field?: Readonly<{ name: string; shape: ValueShape }>;
  firm?: FirmField;
  account?: AccountField;
}>;

export type FirmField = "name" | "regionCode" | "email";
export type AccountField = "holderName" | "accountNo" | "bankName" | "bankCode";

/** Whether its rows create and rename firms; all other sources only speak of firms that exist. */
export function registersFirms({ columns }: DeliverySource): boolean {
  return columns.some(({ target }) => target.firm !== undefined);
}

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, "must be a decimal in quotes");
const shiftOfUnit = { "": 0, 元: 0, 万元: 4, 亿元: 8, "%": 0, "‰": -1, 人: 0, 月: 0, 年: 0 } as const;

const column = z.strictObject({
  header: z.string().min(1),
  required: z.boolean().default(false),
  fact: z.string().optional(),
  field: z.string().optional(),
  firm: z.enum(["name", "regionCode", "email"]).optional(),
  account: z.enum(["holderName", "accountNo", "bankName", "bankCode"]).optional(),
  unit: z.enum(["", "元", "万元", "亿元", "%", "‰", "人", "月", "年"]).default(""),
  none: z.string().min(1).optional(),
  values: z.record(z.string(), z.string()).optional(),
  min: decimal.optional(),
  max: decimal.optional(),
  until: z.literal("as-of").optional(),
});

const emptyAnswer = z.union([z.null(), z.literal(false), z.tuple([])], "must be null, false or []");

const sourceDocument = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  department: bilingual,
  title: bilingual,
  kind: z.enum(["facts", "records", "listed", "accounts"]),
  files: z.array(z.enum(["csv", "xlsx"])).min(1),
  key: z.string().min(1),
  name: z.string().min(1).optional(),
  record: z.string().optional(),
  listed: z.string().optional(),
  covers: z.strictObject({ absence: z.union([z.literal("unknown"), z.record(z.string(), emptyAnswer)]) }),
  columns: z.array(column),
  ignored: z.array(z.string()).default([]),
});

type ColumnDocument = z.infer<typeof column>;

/**
 * Reads one source of rules/sources against the vocabulary.
 * @throws DomainError source-invalid naming the place (`columns[2].fact: …`)
 */
export function parseDeliverySource(document: unknown, vocabulary: Vocabulary, file = "source"): DeliverySource {
  const refuse = (where: string, what: string): never => {
    throw new DomainError("source-invalid", `${file}: ${where}: ${what}.`, { file, where });
  };
  const parsed = sourceDocument.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknownKeys = issue?.code === "unrecognized_keys" ? issue.keys : [];
    return refuse(placeOf([...(issue?.path ?? []), ...unknownKeys.slice(0, 1)]), issue?.message ?? "cannot be read");
  }
  const { record, listed, name, covers, columns, ignored, ...rest } = parsed.data;
  const factOf = (id: string, where: string): FactDefinition =>
    vocabulary.facts.get(id) ?? refuse(where, `unknown fact "${id}"`);

  const own = rest.kind === "records" ? record : rest.kind === "listed" ? listed : undefined;
  if ((rest.kind === "records") !== (record !== undefined)) refuse("record", "belongs to kind records, and only there");
  if ((rest.kind === "listed") !== (listed !== undefined)) refuse("listed", "belongs to kind listed, and only there");
  const fact = own === undefined ? undefined : factOf(own, rest.kind === "records" ? "record" : "listed");
  if (rest.kind === "records" && fact?.type !== "list") refuse("record", `"${own}" is not a list`);
  if (rest.kind === "listed" && fact?.type !== "boolean") refuse("listed", `"${own}" is not a boolean`);

  const headers = [rest.key, ...(name ? [name] : []), ...columns.map(({ header }) => header), ...ignored];
  const twice = headers.find((header, place) => headers.indexOf(header) !== place);
  if (twice !== undefined) refuse("columns", `header "${twice}" appears twice`);

  const targetOf = (entry: ColumnDocument, place: number): Target => {
    const where = `columns[${place}]`;
    const given = [entry.fact, entry.field, entry.firm, entry.account].filter((target) => target !== undefined);
    if (given.length === 0) refuse(where, "needs one of fact, field, firm, account");
    if (entry.account && rest.kind !== "accounts") refuse(`${where}.account`, "belongs to kind accounts");
    const definition = entry.fact === undefined ? undefined : factOf(entry.fact, `${where}.fact`);
    if (definition?.type === "list") refuse(`${where}.fact`, `"${definition.id}" is a list; use record and field`);
    const field =
      entry.field === undefined
        ? undefined
        : (fact?.fields?.get(entry.field) ?? refuse(`${where}.field`, `"${own}" has no field "${entry.field}"`));
    return {
      ...(definition && { fact: { id: definition.id, shape: scalar(definition) } }),
      ...(entry.field !== undefined && field && { field: { name: entry.field, shape: field } }),
      ...(entry.firm && { firm: entry.firm }),
      ...(entry.account && { account: entry.account }),
    };
  };

  const absence = covers.absence === "unknown" ? [] : Object.entries(covers.absence);
  for (const [id, answer] of absence) {
    if (!mayBe(factOf(id, "covers.absence"), answer))
      refuse(`covers.absence.${id}`, "is not a value that this fact can have");
  }
  return {
    ...rest,
    ...(name && { name }),
    ...(fact && { fact }),
    columns: columns.map((entry, place) => ({
      header: entry.header,
      required: entry.required,
      target: targetOf(entry, place),
      rule: ruleOf(entry),
    })),
    ignored: new Set(ignored),
    absence: new Map(absence),
  };
}

function ruleOf({ unit, none, values, min, max, until }: ColumnDocument): CellRule {
  return { shift: shiftOfUnit[unit], none, values: values && new Map(Object.entries(values)), min, max, until };
}

function scalar({ type, label, nullable, codes, digits, min, max }: FactDefinition): ValueShape {
  if (type === "list") throw new Error("a list has no cell of its own");
  return {
    type,
    label,
    nullable,
    ...(codes && { codes }),
    ...(digits !== undefined && { digits }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  };
}

function mayBe(fact: FactDefinition, answer: Json): boolean {
  if (answer === null) return fact.nullable;
  return answer === false ? fact.type === "boolean" : fact.type === "list";
}

function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, depth) => (typeof step === "number" ? `[${step}]` : `${depth ? "." : ""}${String(step)}`))
    .join("");
}
