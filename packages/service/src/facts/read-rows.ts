import type { Json } from "@apply-free/rules";
import { type CreditCode, checkCreditCode } from "../kernel/credit-code.ts";
import type { Day } from "../kernel/day.ts";
import { unreachable } from "../kernel/errors.ts";
import { readCell, type ValueShape } from "./cell.ts";
import type { AccountField, DeliverySource, FirmField, Target } from "./delivery-source.ts";
import type { Layout } from "./layout.ts";
import { quoted, type RowIssue } from "./row-issue.ts";
import { type Cell, emptyCell, type TableRow } from "./table.ts";

/** One row that can be read, in the words of the vocabulary. */
export type DeliveredRow = Readonly<{
  line: number;
  firmCode: CreditCode;
  /** As the department writes it; empty where it does not. */
  name: string;
  /** Fact id → value. */
  facts: ReadonlyMap<string, Json>;
  /** Field → value: one record of a list. */
  record: Readonly<Record<string, Json>>;
  firm: Readonly<Partial<Record<FirmField, string>>>;
  account: Readonly<Partial<Record<AccountField, string>>>;
}>;

/** Whom a row that cannot be read may have been about. */
export type RefusedRow = Readonly<{ line: number; firmCode?: CreditCode; name?: string }>;

export type ReadRows = Readonly<{
  rows: readonly DeliveredRow[];
  refused: readonly RefusedRow[];
  issues: readonly RowIssue[];
}>;

/** Reads the rows of a delivery in the words of its source; a bad row spoils no other. */
export function readRows(source: DeliverySource, layout: Layout, asOf: Day): ReadRows {
  const rows: DeliveredRow[] = [];
  const refused: RefusedRow[] = [];
  const issues: RowIssue[] = [];
  for (const row of layout.body) {
    const found: RowIssue[] = [];
    const draft = readRow(source, layout, row, asOf, (field, severity, reason) => {
      found.push({ line: row.line, field, severity, reason });
    });
    issues.push(...found);
    const { firmCode, name } = draft;
    const isReadable = found.every(({ severity }) => severity === "warning");
    if (isReadable && firmCode) rows.push({ ...draft, firmCode });
    else refused.push({ line: row.line, ...(firmCode && { firmCode }), ...(name && { name }) });
  }
  return { rows, refused, issues };
}

type Report = (field: string, severity: RowIssue["severity"], reason: string) => void;
type Draft = Omit<DeliveredRow, "firmCode"> & Readonly<{ firmCode: CreditCode | undefined; name: string }>;

function readRow(source: DeliverySource, layout: Layout, { line, cells }: TableRow, asOf: Day, report: Report): Draft {
  const firmCode = readKey(source.key, cells[layout.key] ?? emptyCell, report);
  const name = layout.name === undefined ? "" : (cells[layout.name]?.text ?? "");
  if (cells.slice(layout.width).some(({ text }) => text !== "")) {
    report(
      source.key,
      "refused",
      "该行列数多于表头，可能有未加引号的逗号。More cells than columns: an unquoted comma?",
    );
  }
  const facts = new Map<string, Json>();
  const record: Record<string, Json> = {};
  const firm: Partial<Record<FirmField, string>> = {};
  const account: Partial<Record<AccountField, string>> = {};
  for (const { at, header, required, target, rule } of layout.columns) {
    const cell = cells[at] ?? emptyCell;
    if (cell.text === "") {
      if (required) report(header, "refused", "必填项为空。Required, and empty.");
      continue;
    }
    const read = readCell(cell, target.fact?.shape ?? target.field?.shape ?? plainText, rule, asOf);
    const problem = "problem" in read ? read.problem : registerProblem(target, String(read.value));
    if ("problem" in read || problem !== undefined) {
      report(header, "refused", problem ?? "");
      continue;
    }
    if (target.fact) facts.set(target.fact.id, read.value);
    if (target.field) record[target.field.name] = read.value;
    if (target.firm) firm[target.firm] = String(read.value);
    if (target.account) account[target.account] = String(read.value);
  }
  return { line, firmCode, name, facts, record, firm, account };
}

const plainText: ValueShape = { type: "text", label: { zh: "文本", en: "text" }, nullable: false };

/** A failed check digit is a warning: official codes of early pilots fail it (REQUIREMENTS: register confirms). */
function readKey(header: string, { text }: Cell, report: Report): CreditCode | undefined {
  const check = checkCreditCode(text);
  switch (check.kind) {
    case "valid":
      return check.code;
    case "check-digit-differs":
      report(
        header,
        "warning",
        `校验码应为${check.expected}，请与登记机关核对。The check digit should be ${check.expected}; ask the register.`,
      );
      return check.code;
    case "malformed":
      report(
        header,
        "refused",
        `${quoted(text)}不是18位统一社会信用代码。${quoted(text)} is not a credit code of 18 characters.`,
      );
      return undefined;
    default:
      return unreachable(check);
  }
}

const registerShapes: Readonly<Record<AccountField | FirmField, readonly [RegExp, string]>> = {
  name: [/^.{2,200}$/u, "名称应为2至200字。A name has 2 to 200 characters."],
  regionCode: [/^\d{6}$/, "行政区划代码应为6位数字。A region code has 6 digits."],
  email: [/^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/, "邮箱地址不完整。Not an e-mail address."],
  holderName: [/^.{2,200}$/u, "户名应为2至200字。A holder name has 2 to 200 characters."],
  accountNo: [/^\d{8,30}$/, "银行账号应为8至30位数字。An account number has 8 to 30 digits."],
  bankName: [/^.{2,200}$/u, "开户银行应为2至200字。A bank name has 2 to 200 characters."],
  bankCode: [/^\d{12}$/, "联行号应为12位数字。A CNAPS code has 12 digits."],
};

function registerProblem({ firm, account }: Target, text: string): string | undefined {
  const entry = firm ?? account;
  if (!entry) return undefined;
  const [shape, sentence] = registerShapes[entry];
  return shape.test(text) ? undefined : sentence;
}
