import { z } from "zod";
import { suggestion } from "./nearest.ts";
import { RulesError, type RulesErrorCode } from "./rules-error.ts";

/** Both languages, always: a text that one reader cannot read is missing. */
export const bilingualSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

/** A calendar day that exists. */
export const daySchema = z.iso.date({ error: "must be a day that exists, written YYYY-MM-DD" });

/** Decimal text or number, kept as written. */
export const decimalSchema = z
  .union([z.number(), z.string()], { error: "must be a decimal number" })
  .transform(String)
  .refine((text) => /^-?\d+(\.\d+)?$/.test(text), { error: "must be a plain decimal number, such as 5.5" });

/** Ids of facts and derived facts: words joined by dots, at least two. */
export const factIdSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+$/, { error: "must look like ui.layoffRate" })
  .max(100);

/**
 * Parses a part of a document.
 * @param where its path inside the document
 * @throws RulesError of the given code, naming the first place that is wrong
 */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
  code: RulesErrorCode,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  const place = joinPath(where, issue.path);
  throw new RulesError(code, place, sentenceOf(issue, schema));
}

/** `conditions` + `["all", 2]` → `conditions.all[2]`. */
export function joinPath(where: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    return place === "" ? String(key) : `${place}.${String(key)}`;
  }, where);
}

type Issue = z.core.$ZodIssue;

/** Of the alternatives of a union, the one that got furthest says most about what was meant. */
function deepest(issues: readonly Issue[]): Issue {
  // A key that nobody knows explains the key that is missing: a typo makes both.
  const first = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (!first) throw new Error("a failed parse without issues");
  if (first.code !== "invalid_union" || first.errors.length === 0) return first;
  const inner = first.errors.flatMap((alternative) => alternative.slice(0, 1));
  const furthest = inner.toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!furthest || furthest.path.length === 0) return first;
  return deepest([{ ...furthest, path: [...first.path, ...furthest.path] }]);
}

function sentenceOf(issue: Issue, schema: z.ZodType): string {
  if (issue.code === "unrecognized_keys") {
    const [wrong = ""] = issue.keys;
    return `unknown key "${wrong}".${suggestion(wrong, keysAt(schema, issue.path))}`;
  }
  const [inner] = issue.code === "invalid_key" ? issue.issues : [];
  if (inner) return `as a key ${inner.message}.`;
  if (issue.code === "invalid_type" && issue.input === undefined && /undefined/.test(issue.message))
    return "is missing.";
  return `${issue.message.replace(/^Invalid input: /, "").replace(/\.$/, "")}.`;
}

/** The keys that the schema allows at a path, for suggestions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = step(unwrap(at), key);
  const target = unwrap(at);
  return target instanceof z.ZodObject ? Object.keys(target.shape) : [];
}

function step(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return undefined;
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap();
  }
  return inner instanceof z.ZodPipe ? unwrap(inner.in) : inner;
}
