import type { Bilingual, Json } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { unreachable } from "../kernel/errors.ts";
import { type IdentityNumber, parseIdentityNumber } from "../kernel/identity-number.ts";
import { checkSubjectCode, type PersonCode, type SubjectCode } from "../kernel/subject-code.ts";
import { withAnswer } from "./answers.ts";
import { type CellResult, type CellRule, readCell, type ValueShape } from "./cell.ts";
import { codeDoubt } from "./code-doubt.ts";
import type { AccountField, DeliverySource, FirmField, Target } from "./delivery-source.ts";
import type { Layout } from "./layout.ts";
import { quoted, type RowIssue } from "./row-issue.ts";
import { type Cell, emptyCell, type Table, type TableRow } from "./table.ts";

/** One row that can be read, in the words of the vocabulary. */
export type DeliveredRow = Readonly<{
  line: number;
  firmCode: SubjectCode;
  /** As the department writes it; empty where it does not. */
  name: string;
  /** Fact id → value. */
  facts: ReadonlyMap<string, Json>;
  /** Field → value: one record of a list. */
  record: Readonly<Record<string, Json>>;
  firm: Readonly<Partial<Record<FirmField, string>>>;
  /** Of a natural person; `firmCode` is made of it. */
  identityNo?: IdentityNumber;
  account: Readonly<Partial<Record<AccountField, string>>>;
}>;

/** Whom a row that cannot be read may have been about. */
export type RefusedRow = Readonly<{ line: number; firmCode?: SubjectCode; name?: string }>;

export type ReadRows = Readonly<{
  rows: readonly DeliveredRow[];
  refused: readonly RefusedRow[];
  issues: readonly RowIssue[];
}>;

/** Reads a whole table in the words of its source; a bad row spoils no other. */
export function readRows(
  source: DeliverySource,
  layout: Layout & Readonly<{ body: Table }>,
  asOf: Day,
  pseudonymOf?: PseudonymOf,
): ReadRows {
  return readBody(source, layout, layout.body, asOf, pseudonymOf);
}

/** By which code a natural person is known here. */
export type PseudonymOf = (identityNo: IdentityNumber) => PersonCode;

const noPersons: PseudonymOf = () => {
  throw new Error("rows about persons need their pseudonyms");
};

/** The same for some of the rows below the header. */
export function readBody(
  source: DeliverySource,
  layout: Layout,
  body: Table,
  asOf: Day,
  pseudonymOf: PseudonymOf = noPersons,
): ReadRows {
  const rows: DeliveredRow[] = [];
  const refused: RefusedRow[] = [];
  const issues: RowIssue[] = [];
  for (const row of body) {
    const found: RowIssue[] = [];
    const report: Report = (field, severity, reason) => {
      found.push({ line: row.line, field, severity, reason });
    };
    const draft = readRow(source, layout, row, asOf, pseudonymOf, report);
    issues.push(...found);
    const { firmCode, name } = draft;
    const isReadable = found.every(({ severity }) => severity === "warning");
    if (isReadable && firmCode) rows.push({ ...draft, firmCode });
    else refused.push({ line: row.line, ...(firmCode && { firmCode }), ...(name && { name }) });
  }
  return { rows, refused, issues };
}

type Report = (field: string, severity: RowIssue["severity"], reason: Bilingual) => void;
type Draft = Omit<DeliveredRow, "firmCode"> & Readonly<{ firmCode: SubjectCode | undefined; name: string }>;

function readRow(
  source: DeliverySource,
  layout: Layout,
  { line, cells }: TableRow,
  asOf: Day,
  pseudonymOf: PseudonymOf,
  report: Report,
): Draft {
  const key = cells[layout.key] ?? emptyCell;
  const identityNo = source.ofPersons ? readIdentityNumber(source.key, key, report) : undefined;
  const firmCode = source.ofPersons ? identityNo && pseudonymOf(identityNo) : readKey(source.key, key, report);
  const name = layout.name === undefined ? "" : (cells[layout.name]?.text ?? "");
  if (cells.slice(layout.width).some(({ text }) => text !== "")) {
    report(source.key, "refused", {
      zh: "该行列数多于表头，可能有未加引号的逗号。",
      en: "More cells than columns: an unquoted comma?",
    });
  }
  const facts = new Map<string, Json>();
  const record: Record<string, Json> = {};
  const firm: Partial<Record<FirmField, string>> = {};
  const account: Partial<Record<AccountField, string>> = {};
  for (const { at, header, required, target, rule, period } of layout.columns) {
    const cell = cells[at] ?? emptyCell;
    if (cell.text === "") {
      // Of a series at least one column is required; a period that the department does not know yet is not.
      if (required && period === undefined)
        report(header, "refused", { zh: "必填项为空。", en: "Required, and empty." });
      continue;
    }
    const read = readEntry(cell, target, rule, asOf);
    if ("problem" in read) {
      report(header, "refused", read.problem);
      continue;
    }
    const doubt = codeDoubt(target.fact?.shape, read.value, asOf);
    if (doubt) report(header, "warning", doubt);
    if (target.fact) facts.set(target.fact.id, read.value);
    if (target.series && period !== undefined)
      facts.set(target.series.id, withPeriod(facts, target.series.id, period, read.value));
    const { answer } = target;
    if (answer) facts.set(answer.id, withAnswer(facts.get(answer.id), answerTo(answer, read.value)));
    if (target.field) record[target.field.name] = read.value;
    if (target.firm) firm[target.firm] = String(read.value);
    if (target.account) account[target.account] = String(read.value);
  }
  return { line, firmCode, name, facts, record, firm, account, ...(identityNo && { identityNo }) };
}

/** What is no number is not repeated: a report is read by many, and a wrong digit leaves the others right. */
function readIdentityNumber(header: string, { text }: Cell, report: Report): IdentityNumber | undefined {
  const number = parseIdentityNumber(text);
  if (number === undefined) {
    report(header, "refused", {
      zh: "公民身份号码不对：位数、出生日期或校验码有误。",
      en: "No identity number: its length, day of birth or check character is wrong.",
    });
  }
  return number;
}

/** A period without a cell stays unknown; the others are kept. */
function withPeriod(facts: ReadonlyMap<string, Json>, id: string, period: string, value: Json): Json {
  return { ...(facts.get(id) as Readonly<Record<string, Json>> | undefined), [period]: value };
}

/** A value must suit the vocabulary, and the register too where it goes there. */
function readEntry(cell: Cell, target: Target, rule: CellRule, asOf: Day): CellResult {
  const read = readCell(
    cell,
    target.fact?.shape ?? target.series?.shape ?? target.field?.shape ?? (target.answer ? yesOrNo : plainText),
    rule,
    asOf,
  );
  const problem = "value" in read ? registerProblem(target, String(read.value)) : undefined;
  return problem ? { problem } : read;
}

function answerTo({ operator, value }: NonNullable<Target["answer"]>, said: Json) {
  return { operator, value, answer: said === true };
}

const yesOrNo: ValueShape = { type: "boolean", label: { zh: "是否", en: "yes or no" }, nullable: false };
const plainText: ValueShape = { type: "text", label: { zh: "文本", en: "text" }, nullable: false };

/** A failed check digit is a warning: official codes of early pilots fail it (REQUIREMENTS: register confirms). */
function readKey(header: string, { text }: Cell, report: Report): SubjectCode | undefined {
  const check = checkSubjectCode(text);
  switch (check.kind) {
    case "valid":
      return check.code;
    case "check-digit-differs":
      report(header, "warning", {
        zh: `校验码应为${check.expected}，请与登记机关核对。`,
        en: `The check digit should be ${check.expected}; ask the register.`,
      });
      return check.code;
    case "malformed":
      report(header, "refused", {
        zh: `${quoted(text)}不是统一社会信用代码（18位）或注册号（15位）。`,
        en: `${quoted(text)} is neither a credit code of 18 characters nor a registration number of 15 digits.`,
      });
      return undefined;
    default:
      return unreachable(check);
  }
}

const registerShapes: Readonly<Record<AccountField | FirmField, readonly [RegExp, Bilingual]>> = {
  name: [/^.{2,200}$/u, { zh: "名称应为2至200字。", en: "A name has 2 to 200 characters." }],
  regionCode: [/^\d{6}$/, { zh: "行政区划代码应为6位数字。", en: "A region code has 6 digits." }],
  email: [/^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/, { zh: "邮箱地址不完整。", en: "Not an e-mail address." }],
  phone: [/^\d[\d-]{4,19}$/, { zh: "联系电话只能是数字和短横。", en: "A telephone number is digits and dashes." }],
  holderName: [/^.{2,200}$/u, { zh: "户名应为2至200字。", en: "A holder name has 2 to 200 characters." }],
  accountNo: [/^\d{8,30}$/, { zh: "银行账号应为8至30位数字。", en: "An account number has 8 to 30 digits." }],
  bankName: [/^.{2,200}$/u, { zh: "开户银行应为2至200字。", en: "A bank name has 2 to 200 characters." }],
  bankCode: [/^\d{12}$/, { zh: "联行号应为12位数字。", en: "A CNAPS code has 12 digits." }],
};

function registerProblem({ firm, account }: Target, text: string): Bilingual | undefined {
  const entry = firm ?? account;
  if (!entry) return undefined;
  const [shape, sentence] = registerShapes[entry];
  return shape.test(text) ? undefined : sentence;
}
