import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { type Fen, fen } from "../kernel/money.ts";

/** A message as it was sent: which kind, and its tree with attributes as `@name`, text as `#text`. */
export type BankXml = Readonly<{ namespace: string; document: unknown }>;

/** A day's statement of 20,000 lines is about 20 MB. */
export const MAX_BYTES = 32 * 1024 * 1024;

/** Elements that may repeat, in the messages that we read. */
const repeating = new Set(
  "Stmt Bal Ntry NtryDtls TxDtls AddtlInf Ustrd OrgnlPmtInfAndSts TxInfAndSts StsRsnInf PmtInf CdtTrfTxInf".split(" "),
);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false, // an amount must never pass through a float
  parseAttributeValue: false,
  transformTagName: (name) => name.replace(/^.*:/, ""), // some banks write every element with a prefix
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 40,
  isArray: (name) => repeating.has(name),
});

/**
 * Reads XML from outside: no document types, no entities of its own, bounded in size and depth,
 * whole from the first byte to the last.
 *
 * @throws DomainError bank-file-invalid
 */
export function readBankXml(bytes: Uint8Array): BankXml {
  if (bytes.length > MAX_BYTES) throw invalid("file", `larger than ${MAX_BYTES / 1024 / 1024} MB`);
  const text = decode(bytes);
  if (text.includes("\u0000")) throw invalid("file", "contains a NUL character, which no XML may");
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw invalid("file", "document types and entities are not accepted");
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) throw invalid(`line ${wellFormed.err.line}`, wellFormed.err.msg);
  const tree = parse(text);
  const root = z.object({ Document: z.record(z.string(), z.unknown()) }).safeParse(tree);
  if (!root.success) throw invalid("Document", "is missing; this is not an ISO 20022 message");
  const { Document: document } = root.data;
  const namespace = Object.entries(document).find(([key]) => key === "@xmlns" || key.startsWith("@xmlns:"))?.[1];
  return { namespace: String(namespace ?? ""), document };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid("file", "not UTF-8 text");
  }
}

function parse(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw invalid("file", String(cause));
  }
}

/** Checks a part of the tree and names the first place that is wrong. @throws DomainError bank-file-invalid */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw invalid(placeOf(issue?.path ?? []), issue?.message ?? "not as expected");
}

export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

export function invalid(place: string, what: string): DomainError {
  return new DomainError(
    "bank-file-invalid",
    `银行文件有误（${place}）：${what}。请向银行重新索取。The bank's file is not valid at ${place}: ${what}. Ask the bank for it again.`,
    { place },
  );
}

/** ISO 20022 Max35Text and the like. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((value) => Array.from(value).length <= max, `is longer than ${max} characters`);

/** Source: ISO 20022 Max15NumericText. */
export const count = z
  .string()
  .trim()
  .regex(/^\d{1,15}$/, "is not a number of at most 15 digits")
  .transform(Number);

/** A sum over amounts of one currency, e.g. CtrlSum. Source: ISO 20022 DecimalNumber. */
export const decimalSum = z.string().transform((raw, context) => {
  const sumFen = exactFen(raw);
  if (sumFen !== undefined) return sumFen;
  context.addIssue({ code: "custom", message: `"${raw}" is not a sum with at most two decimals` });
  return z.NEVER;
});

/** Source: ISO 20022 ISODateTime. */
export const dateTime = text(40).refine((value) => !Number.isNaN(Date.parse(value)), "is not a date and time");

/** An element that may be missing; banks also write it empty. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

/** An amount with its currency; more places than 分 has cannot be ours and is refused. */
export const amount = z
  .object({ "#text": z.string(), "@Ccy": z.string().regex(/^[A-Z]{3}$/) })
  .transform((raw, context) => {
    const amountFen = exactFen(raw["#text"]);
    if (amountFen === undefined) {
      context.addIssue({ code: "custom", message: `"${raw["#text"]}" is not an amount with at most two decimals` });
      return z.NEVER;
    }
    return { amountFen, currency: raw["@Ccy"] };
  });

/**
 * `25340`, `25340.5`, `25340.50` and `25340.500`, but not `25340.505`; at most 18 digits, 5 of them
 * decimals. Source: ISO 20022 ActiveOrHistoricCurrencyAndAmount.
 */
function exactFen(decimal: string): Fen | undefined {
  const match = /^\+?(\d{1,18})(?:\.(\d{1,2})0{0,3})?$/.exec(decimal.trim());
  if (!match || decimal.replaceAll(/\D/g, "").length > 18) return undefined;
  const [, whole = "0", fraction = ""] = match;
  return fen(BigInt(whole) * 100n + BigInt(fraction.padEnd(2, "0")));
}
