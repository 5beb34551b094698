import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { readCsvTable } from "./csv-table.ts";
import { findLayout } from "./layout.ts";
import { readRows } from "./read-rows.ts";
import { type Settled, settleRows } from "./settle-rows.ts";
import { sources } from "./testing.fs.ts";

const asOf = "2025-10-31" as Day;
const alder = "91410105MX00000197";
const birch = "91410105MX00000272";
const cedar = "91410105MX0000035W";
const registered = new Map([
  [alder, "郑州桤木示例有限公司"],
  [birch, "郑州白桦示例有限公司"],
  [cedar, "郑州雪松示例有限公司"],
]);

function settle(sourceId: string, lines: readonly string[], isComplete = true): Settled {
  const source = sources.get(sourceId)!;
  const layout = findLayout(source, readCsvTable(new TextEncoder().encode(lines.join("\n"))));
  const settled = settleRows(source, readRows(source, layout, asOf), registered, isComplete);
  return { ...settled, issues: [...layout.issues, ...settled.issues] };
}

const factOf = ({ facts }: Settled, firmCode: string, factId: string) =>
  facts.find((fact) => fact.firmCode === firmCode && fact.factId === factId)?.value;
const problems = ({ issues }: Settled) =>
  issues.map(({ line, field, severity, reason }) => `${line} ${field} ${severity}: ${reason.en}`);
const problem = (line: number, field: string, severity: string, reason: string) =>
  expect.stringMatching(new RegExp(`^${line} ${field} ${severity}: .*${reason}`));

describe("one row per firm", () => {
  const header = "统一社会信用代码,单位名称,足额缴费月数,裁员率（%）";

  test("a bad row is reported by line, column and reason, and spoils no other", () => {
    const settled = settle("human-resources", [header, `${alder},,24,x`, `${birch},,36,2.5`]);
    expect(problems(settled)).toEqual([problem(2, "裁员率（%）", "refused", "not a number")]);
    expect(settled).toMatchObject({ rowsGood: 1, rowsBad: 1 });
    expect(factOf(settled, birch, "ui.layoffRate")).toBe("2.5");
    expect(factOf(settled, alder, "ui.fullyPaidMonths")).toBeUndefined();
  });

  test("an empty cell is not delivered: it is neither zero nor none", () => {
    const settled = settle("human-resources", [header, `${alder},,24,`]);
    expect(settled.facts).toEqual([{ firmCode: alder, factId: "ui.fullyPaidMonths", value: 24 }]);
  });

  test("a firm that is missing stays unknown", () => {
    expect(settle("human-resources", [header, `${alder},,24,0`]).facts.some(({ firmCode }) => firmCode === cedar)).toBe(
      false,
    );
  });

  test("two rows of one firm that differ are both refused; the same row twice counts once", () => {
    const differing = settle("human-resources", [header, `${alder},,24,1`, `${birch},,9,0`, `${alder},,24,2`]);
    expect(problems(differing)).toEqual([
      problem(2, "统一社会信用代码", "refused", "lines 2, 4"),
      problem(4, "统一社会信用代码", "refused", "lines 2, 4"),
    ]);
    expect(differing.facts.every(({ firmCode }) => firmCode === birch)).toBe(true);
    const same = settle("human-resources", [header, `${alder},,24,1`, `${alder},,24,1`]);
    expect(problems(same)).toEqual([problem(3, "统一社会信用代码", "warning", "same as line 2")]);
    expect(same).toMatchObject({ rowsGood: 2, rowsBad: 0 });
  });

  test("a firm with one unreadable row is not believed in its other rows", () => {
    const settled = settle("human-resources", [header, `${alder},,24,1`, `${alder},,x,1`]);
    expect(settled.facts).toEqual([]);
    expect(settled.rowsBad).toBe(2);
  });

  test("a firm that nobody registered is refused", () => {
    const settled = settle("human-resources", [header, "91410105MX0000043P,,24,1"]);
    expect(problems(settled)).toContainEqual(problem(2, "统一社会信用代码", "refused", "does not know"));
  });

  test("a failed check digit is a warning: official codes fail it", () => {
    const official = "91350100M0001TGQXM";
    const header = "统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码";
    const settled = settle("market-regulation", [header, `${official},福州示例有限公司,企业,在营,350100`]);
    expect(problems(settled)).toEqual([problem(2, "统一社会信用代码", "warning", "should be 1")]);
    expect(settled.firms).toEqual([{ code: official, name: "福州示例有限公司", regionCode: "350100" }]);
  });

  test("a code of the wrong shape is refused", () => {
    expect(problems(settle("human-resources", [header, "9141010,,24,1"]))).toEqual([
      problem(2, "统一社会信用代码", "refused", "18 characters"),
    ]);
  });

  test("another name than the register's is a warning: renamed, or the code of another firm", () => {
    const settled = settle("human-resources", [header, `${alder},郑州旧名示例有限公司,24,1`]);
    expect(problems(settled)).toEqual([problem(2, "单位名称", "warning", "桤木")]);
    expect(settled.rowsGood).toBe(1);
  });

  test("an unknown column is named and ignored; a title above the header is passed over", () => {
    const settled = settle("human-resources", ["参保信息（2025年10月）", `${header},备用`, `${alder},,24,1,x`]);
    expect(problems(settled)).toEqual([problem(2, "备用", "warning", "Unknown column")]);
    expect(settled.rowsGood).toBe(1);
  });

  test("a row wider than its header is refused: an unquoted comma has moved its cells", () => {
    expect(problems(settle("human-resources", [header, `${alder},,24,1,5`]))).toEqual([
      problem(2, "统一社会信用代码", "refused", "More cells"),
    ]);
  });
});

describe("files that cannot be a delivery of their source", () => {
  test.each([
    ["without the key column", ["a,b", "1,2"], "There is no column"],
    ["without a required column", ["统一社会信用代码,企业名称", `${alder},x`], "is missing"],
    ["with a column twice", ["统一社会信用代码,企业名称,企业名称", `${alder},x,x`], "appears twice"],
    ["with nothing below the header", ["统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码"], "no row below"],
  ])("%s", (_, lines, reason) => {
    expect(() => settle("market-regulation", lines)).toThrow(reason);
  });
});

describe("a complete list", () => {
  const header = "统一社会信用代码,主体名称,名单类别";

  test("names who is on it, and by that who is not", () => {
    const settled = settle("credit", [header, `${alder},,`]);
    expect([alder, birch, cedar].map((code) => factOf(settled, code, "credit.seriousDishonesty"))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("that holds only some firms says nothing of the others", () => {
    expect(factOf(settle("credit", [header, `${alder},,`], false), birch, "credit.seriousDishonesty")).toBeUndefined();
  });

  test("says nothing of the firm that an unreadable row names", () => {
    const settled = settle("credit", [header, `91410,${registered.get(birch)},`]);
    expect([alder, birch].map((code) => factOf(settled, code, "credit.seriousDishonesty"))).toEqual([false, undefined]);
  });

  test("with a row that may be about anyone says nothing of anyone", () => {
    expect(settle("credit", [header, "91410,,"]).facts).toEqual([]);
  });

  test("an empty list is refused: an interface without data is not a list of nobody", () => {
    expect(() => settle("credit", [header])).toThrow("no row below");
  });
});

describe("many rows per firm", () => {
  const header = "统一社会信用代码,收款单位,奖补类别,兑付金额（元）,兑付日期";
  const paid = (code: string, amount: string, day = "2024-05-06") => `${code},,智能制造称号奖励,${amount},${day}`;

  test("become one list, and absence an empty one", () => {
    const settled = settle("finance", [header, paid(alder, "300000"), paid(alder, "200000.50", "2025-01-02")]);
    const family = "zhengzhou-intelligent-manufacturing-titles";
    expect(factOf(settled, alder, "ledger.paid")).toEqual([
      { family, amount: "300000", paidOn: "2024-05-06" },
      { family, amount: "200000.5", paidOn: "2025-01-02" },
    ]);
    expect(factOf(settled, birch, "ledger.paid")).toEqual([]);
  });

  test("one of which cannot be read hold the firm's list back, and do not make it empty", () => {
    const settled = settle("finance", [header, paid(alder, "300000"), paid(alder, "3O0000"), paid(birch, "1")]);
    expect(factOf(settled, alder, "ledger.paid")).toBeUndefined();
    expect(factOf(settled, birch, "ledger.paid")).toHaveLength(1);
    expect(settled).toMatchObject({ rowsGood: 1, rowsBad: 2 });
  });

  test("two of which are the same hold it back: two payments, or one written twice?", () => {
    const settled = settle("finance", [header, paid(alder, "300000"), paid(alder, "300000")]);
    expect(factOf(settled, alder, "ledger.paid")).toBeUndefined();
    expect(settled.rowsBad).toBe(2);
  });

  test("that disagree about the firm are refused", () => {
    const header = "统一社会信用代码,称号,认定日期,有效期至,现场核查正常经营";
    const settled = settle("industry", [
      header,
      `${alder},省级智能车间,2024-01-02,长期,是`,
      `${alder},省级智能工厂,2025-01-02,2028-01-01,否`,
      `${birch},省级智能车间,2024-01-02,长期,是`,
    ]);
    expect(factOf(settled, alder, "title.held")).toBeUndefined();
    expect(factOf(settled, birch, "title.held")).toEqual([
      { title: "省级智能车间", recognisedOn: "2024-01-02", expiresOn: null },
    ]);
    expect(factOf(settled, birch, "ent.operatingNormally")).toBe(true);
  });
});
