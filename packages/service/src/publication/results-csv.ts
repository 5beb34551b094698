import { stringify } from "csv-stringify/sync";
import { toDecimalYuan } from "../kernel/money.ts";
import type { PublishedResult, ResultFilter, ResultList } from "./published-result.ts";

const columns = [
  "政策 policy",
  "受益主体 beneficiary",
  "统一社会信用代码 code",
  "行政区划 region",
  "金额（元） amount CNY",
  "拨付日期 paid on",
];
const PAGE = 500;

/** The filtered list as CSV, page by page, for spreadsheets: UTF-8 with a mark, CRLF, no cell that runs as a formula. */
export async function* resultsCsv(list: Pick<ResultList, "page">, filter: ResultFilter): AsyncGenerator<string> {
  yield `\uFEFF${csvOf([columns])}`;
  for (let cursor: string | undefined; ; ) {
    const { results, next } = await list.page(filter, PAGE, cursor);
    if (results.length > 0) yield csvOf(results.map(cells));
    if (next === undefined) return;
    cursor = next;
  }
}

function cells({ policyTitle, maskedName, maskedCode, regionCode, amountFen, paidOn }: PublishedResult): string[] {
  return [policyTitle, maskedName, maskedCode, regionCode, toDecimalYuan(amountFen), paidOn];
}

function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify([...rows] as string[][], { record_delimiter: "windows", escape_formulas: true });
}
