import type { UnreachedRow } from "@apply-free/ui";
import { stringify } from "csv-stringify/sync";
import { toDecimalYuan } from "../kernel/money.ts";

const columns = [
  "统一社会信用代码 code",
  "企业 firm",
  "政策 policy",
  "自 since",
  "金额（元） amount CNY",
  "最后一天 last day",
  "差什么 short of",
];

/** Whom the page lists, whole, for spreadsheets: UTF-8 with a mark, CRLF, no cell that runs as a formula. */
export async function* unreachedCsv(pages: AsyncIterable<readonly UnreachedRow[]>): AsyncGenerator<string> {
  yield `\uFEFF${csvOf([columns])}`;
  for await (const rows of pages) if (rows.length > 0) yield csvOf(rows.map(cells));
}

function cells({ firmCode, firmName, title, since, amountFen, lastDay, short }: UnreachedRow): string[] {
  const amount = amountFen === undefined ? "" : toDecimalYuan(BigInt(amountFen));
  return [firmCode, firmName, zh(title), since, amount, lastDay ?? "", short ? zh(short.label) : ""];
}

function zh(text: UnreachedRow["title"]): string {
  return typeof text === "string" ? text : text.zh;
}

function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify([...rows] as string[][], { record_delimiter: "windows", escape_formulas: true });
}
