import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { booksOn } from "../audit/books.prisma.ts";
import { type SheetValue, writeXlsx } from "../facts/write-xlsx.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { draftBatch } from "./draft-batch.ts";
import { endToEndIdOf } from "./payment.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine } from "./testing.prisma.ts";
import { agencyResult, agencyStatement, type MovementRow } from "./testing-agency.ts";
import { openTown } from "./testing-town.prisma.ts";
import { workbookAsTable } from "./workbook.ts";
import { xlsxExchangeBank } from "./xlsx-exchange.bank.ts";

const PAYER = "41000000000071";
const LINE = "workbook-line";
const day = "2025-11-04";

let store: Store;
let directory: string;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "agency-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A table as a workbook; amounts as the numbers that a spreadsheet would hold. */
function asWorkbook(table: string, change: (cell: string) => SheetValue = asWritten): Uint8Array {
  const rows: string[][] = parse(table, { relax_column_count: true });
  return writeXlsx(rows.map((row) => row.map(change)));
}

const asWritten = (cell: string): SheetValue => (/^\d{1,12}\.\d\d$/.test(cell) ? Number(cell) : cell);

/** The workbook with its sheet's XML changed. */
function withSheet(workbook: Uint8Array, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(workbook);
  const name = "xl/worksheets/sheet1.xml";
  return zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] as Uint8Array))) });
}

const put = (name: string, content: Uint8Array) => writeFile(path.join(directory, "from-bank", name), content);
const debit = (reference: string, id: string, more: Partial<MovementRow> = {}): MovementRow => ({
  ...{ reference, day, side: "借", amountFen: 100n, id },
  ...more,
});

test("through a bank that reads workbooks only: one is paid, one returned, one rejected, and the books agree", async () => {
  const town = await openTown(store); // for its firms; its own bank stays idle
  const bank = await xlsxExchangeBank(directory);
  const { deps } = town;
  await fundTestLine(deps, LINE, 1_000n, PAYER);
  const offers = await town.agreed(LINE, 3, 100n);
  await town.prepare(offers);
  const { batchId } = await draftBatch(deps, { maker: "maker" });
  const batch = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batch.id, checker: "checker", sha256: batch.sha256 });
  expect(await sendApprovedBatches({ ...deps, bank })).toEqual({ sent: 1, inDoubt: 0 });
  const order = await workbookAsTable(await readFile(path.join(directory, "to-bank", `${batch.messageId}.xlsx`)));
  expect(new TextDecoder().decode(order)).toContain(`代发文件,${batch.messageId},3,3.00`);

  const [paid = "", returned = "", rejected = ""] = offers.map(({ entitlementId }) => endToEndIdOf(entitlementId, 1));
  const amountFen = 100n;
  const result = agencyResult(batch.messageId, [
    { id: paid, amountFen, result: "成功" },
    { id: returned, amountFen, result: "成功" },
    { id: rejected, amountFen, result: "失败", code: "AC01", reason: "账号不存在" },
  ]);
  const before = await balancesOf(deps, LINE);
  const bad: Readonly<Record<string, Uint8Array>> = {
    "a formula": withSheet(asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X1", paid)])), (xml) =>
      xml.replaceAll("<v>1</v>", "<f>2-1</f><v>1</v>"),
    ),
    "an amount in words": asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X2", paid)]), (cell) =>
      cell === "1.00" ? "壹元整" : asWritten(cell),
    ),
    "an amount with separators": asWorkbook(
      agencyStatement(PAYER, 1_000_000n, [debit("X3", paid, { amountFen: 100_000n })]),
      (cell) => (cell === "1000.00" ? "1,000.00" : asWritten(cell)),
    ),
    "three decimals": asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X4", paid)]), (cell) =>
      cell === "1.00" ? 1.005 : asWritten(cell),
    ),
    "an id that lost digits": withSheet(
      asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X5", "12345678901234567890")])),
      (xml) =>
        xml.replace(/ t="inlineStr"><is><t[^>]*>12345678901234567890<\/t><\/is>/, "><v>12345678901234567890</v>"),
    ),
    "cut off": asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X6", paid)])).slice(0, -40),
    "two sheets": (() => {
      const parts = unzipSync(asWorkbook(agencyStatement(PAYER, 1_000n, [debit("X7", paid)])));
      return zipSync({ ...parts, "xl/worksheets/sheet2.xml": parts["xl/worksheets/sheet1.xml"] as Uint8Array });
    })(),
  };
  const reasons: string[] = [];
  for (const [name, content] of Object.entries(bad)) await put(`${name}.xlsx`, content);
  const onRefused = (name: string, reason: string) => reasons.push(`${name}: ${reason}`);
  expect(await collectBankReports({ ...deps, bank, onRefused })).toMatchObject({ files: 7, refused: 7 });
  const sorted = reasons.sort();
  expect(sorted).toEqual([
    expect.stringMatching(/^a formula.*D3: is a formula/),
    expect.stringMatching(/^an amount in words.*line 3, 金额.*壹元整/),
    expect.stringMatching(/^an amount with separators.*line 3, 金额/),
    expect.stringMatching(/^an id that lost digits.*line 3, cell 6.*15th/),
    expect.stringMatching(/^cut off.*damaged archive/),
    expect.stringMatching(/^three decimals.*line 3, 金额/),
    expect.stringMatching(/^two sheets.*2 sheets/),
  ]);

  const aside = [
    asWorkbook(agencyStatement("41000000000099", 1_000n, [debit("Y1", paid)])),
    asWorkbook(agencyStatement(PAYER, 1_000n, [debit("Y2", paid, { currency: "USD" })])),
  ];
  for (const [nth, content] of aside.entries()) await put(`aside-${nth}.xlsx`, content);
  expect(await collectBankReports({ ...deps, bank })).toMatchObject({ files: 2, refused: 0, settled: 0, suspended: 2 });
  expect(await balancesOf(deps, LINE), "no balance has moved").toEqual(before);

  await put("1.xlsx", asWorkbook(result));
  const statement = agencyStatement(PAYER, 10_000n, [
    debit("T1", paid),
    debit("T2", returned),
    debit("T3", returned, { day: "2025-11-05", side: "贷", code: "BE01" }),
  ]);
  await put("2.xlsx", asWorkbook(statement));
  await put(
    "3.xlsx",
    asWorkbook(statement, (cell) => cell),
  );
  expect(await collectBankReports({ ...deps, bank })).toMatchObject({
    ...{ files: 3, refused: 0, accepted: 2, rejected: 1, settled: 2, returned: 1, suspended: 0 },
  });
  expect(await balancesOf(deps, LINE)).toEqual([1_000n, 700n, 100n, 0n, 100n]);
  expect(await store.prisma.$transaction((tx) => booksOn(tx).differences())).toEqual([]);
  await town.close();
});
