import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { DomainError } from "../kernel/errors.ts";
import { loadDeliverySources } from "./delivery-source.fs.ts";
import { registersFirms } from "./delivery-source.ts";
import { parseDeliverySource } from "./parse-delivery-source.ts";
import { sources, vocabulary } from "./testing.fs.ts";

const words = { zh: "税务", en: "Taxation" };
const tax = {
  id: "tax",
  department: words,
  title: words,
  kind: "facts",
  files: ["csv"],
  key: "纳税人识别号",
  covers: { absence: "unknown" },
  columns: [{ header: "欠费", fact: "ui.arrears", unit: "元" }],
};
const ledger = {
  ...tax,
  id: "finance",
  kind: "records",
  record: "ledger.paid",
  columns: [{ header: "金额", field: "amount" }],
};

function refusal(document: unknown): string {
  try {
    parseDeliverySource(document, vocabulary);
  } catch (cause) {
    expect(cause).toMatchObject({ code: "source-invalid" });
    return (cause as DomainError).message;
  }
  return "accepted";
}

test("a source without mistakes is read", () => {
  expect(refusal(tax)).toBe("accepted");
  expect(refusal(ledger)).toBe("accepted");
});

describe("a mistake is named by its place", () => {
  test.each([
    [
      "an unknown fact",
      { ...tax, columns: [{ header: "欠费", fact: "ui.arears" }] },
      'columns[0].fact: unknown fact "ui.arears"',
    ],
    [
      "an unknown setting",
      { ...tax, columns: [{ header: "欠费", fact: "ui.arrears", untis: "元" }] },
      "columns[0].untis",
    ],
    ["an unknown unit", { ...tax, columns: [{ header: "欠费", fact: "ui.arrears", unit: "千元" }] }, "columns[0].unit"],
    ["a column that goes nowhere", { ...tax, columns: [{ header: "欠费" }] }, "columns[0]: needs one of"],
    ["a header twice", { ...tax, ignored: ["欠费"] }, '"欠费" appears twice'],
    [
      "a field that the records lack",
      { ...ledger, columns: [{ header: "金额", field: "sum" }] },
      'columns[0].field: "ledger.paid" has no field "sum"',
    ],
    ["records of no list", { ...ledger, record: "ui.arrears" }, 'record: "ui.arrears" has type money, not list'],
    ["a list in one cell", { ...tax, columns: [{ header: "台账", fact: "ledger.paid" }] }, "columns[0].fact"],
    ["an account among facts", { ...tax, columns: [{ header: "账号", account: "accountNo" }] }, "columns[0].account"],
    [
      "a list that is read across a group",
      { ...ledger, record: "group.paid" },
      'record: "group.paid" is read from ledger.paid of a group',
    ],
    ["a missing list fact", { ...ledger, record: undefined }, "record: "],
    [
      "a unit that does not fit",
      { ...tax, columns: [{ header: "月数", fact: "ui.fullyPaidMonths", unit: "万元" }] },
      "columns[0].unit: 万元 does not fit type integer",
    ],
    ["an unknown kind", { ...tax, kind: "fact" }, "kind: "],
  ])("%s", (_, document, place) => {
    expect(refusal(document)).toContain(place);
  });

  test("absence may only mean what the fact can be", () => {
    const absent = (absence: unknown) => refusal({ ...tax, covers: { absence } });
    expect(absent({ "credit.seriousDishonesty": false, "hte.firstRecognisedYear": null, "ledger.paid": [] })).toBe(
      "accepted",
    );
    expect(absent({ "ui.arrears": null })).toContain("covers.absence.ui.arrears");
    expect(absent({ "ui.arrears": 0 })).toContain("covers.absence");
    expect(absent({ "credit.seriousDishonesty": true })).toContain("covers.absence");
  });
});

test("a column of a series says where the period stands, once", () => {
  const rents = { ...tax, columns: [{ header: "{period}合同租金（元）", series: "lease.rentByMonth", unit: "元" }] };
  expect(refusal(rents)).toBe("accepted");
  const with2 = (column: object) => refusal({ ...rents, columns: [{ ...rents.columns[0], ...column }] });
  expect(with2({ header: "合同租金" })).toContain("columns[0].header: needs {period} once");
  expect(with2({ header: "{period}{period}" })).toContain("needs {period} once");
  expect(with2({ series: "ui.arrears" })).toContain("has type money, not series");
  expect(with2({ series: undefined, fact: "lease.rentByMonth" })).toContain("is a series; use series");
});

test("a column of answers says what is confirmed of which fact, in a value that the fact can have", () => {
  const secret = {
    ...tax,
    columns: [
      { header: "营业收入不超过4亿元", answers: { fact: "fin.revenue", operator: "atMost", value: "400000000" } },
    ],
  };
  expect(refusal(secret)).toBe("accepted");
  const over = (answers: object) =>
    refusal({ ...secret, columns: [{ header: "x", answers: { ...secret.columns[0]?.answers, ...answers } }] });
  expect(over({ value: "much" })).toContain("columns[0].answers.value");
  expect(over({ fact: "no.such" })).toContain("columns[0].answers.fact");
  expect(over({ fact: "title.held" })).toContain("is a list");
  expect(over({ operator: "contains" })).toContain("columns[0].answers.operator");
  expect(over({ operator: "in", value: ["1", "2"] })).toBe("accepted");
});

test("every source of rules/sources is read, and only registers make firms and persons", () => {
  expect([...sources.keys()].sort()).toEqual([
    "bank-accounts",
    "civil-affairs",
    "controllers",
    "credit",
    "disabled-persons",
    "emergency",
    "finance",
    "former-names",
    "grants-received",
    "human-resources",
    "industry",
    "market-regulation",
    "person-accounts",
    "predecessors",
    "residents",
    "science",
    "state-assets",
    "tax",
    "zones",
  ]);
  expect([...sources.values()].filter(registersFirms).map(({ id }) => id)).toEqual(["market-regulation", "residents"]);
});

describe("a directory of sources", () => {
  async function refusalOf(name: string, text: string): Promise<string> {
    const directory = await mkdtemp(path.join(tmpdir(), "sources-"));
    try {
      await writeFile(path.join(directory, name), text);
      return await loadDeliverySources(directory, vocabulary).then(
        () => "accepted",
        (cause: DomainError) => `${cause.code} ${cause.message.replace(directory, "")}`,
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  test("names the file and the line of a YAML mistake, the file and the field of any other", async () => {
    expect(await refusalOf("tax.yaml", "id: tax\nid: tax\n")).toMatch(/^source-invalid \/tax\.yaml: line 2: /);
    expect(await refusalOf("tax.yaml", JSON.stringify({ ...tax, key: 1 }))).toMatch(
      /^source-invalid \/tax\.yaml: key: /,
    );
  });

  test("holds each source under its own name", async () => {
    expect(await refusalOf("taxes.yaml", JSON.stringify(tax))).toContain("must be the name of its file");
    expect(await refusalOf("tax.yaml", JSON.stringify(tax))).toBe("accepted");
  });

  test("must exist", async () => {
    await expect(loadDeliverySources("/nowhere", vocabulary)).rejects.toMatchObject({ code: "source-invalid" });
  });
});
