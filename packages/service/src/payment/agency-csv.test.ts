import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeCamt053, writePain002 } from "../demo/simulated-bank-reports.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { writeAgencyOrder } from "./agency-order-csv.ts";
import { writePain001 } from "./pain001.ts";
import { readPain001 } from "./pain001-rules.ts";
import { readBankReport } from "./read-bank-report.ts";
import { agencyResult, agencyStatement } from "./testing-agency.ts";
import { aPayment, PAYER } from "./testing-payment.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readBankReport(bytes(text));
const day = parseDay("2025-11-04") as Day;

describe("the order as a table", () => {
  const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
  const tableOf = (holderName: string, purpose = "稳岗返还") => {
    const payments = [1, 2].map((nth) => ({ payment: { ...aPayment(undefined, nth), holderName }, purpose }));
    const order = { messageId: "AF20251104-1", createdAt: new Date("2025-11-04T02:00:00Z") };
    const xml = writePain001({ ...order, groups: [{ payer, payments }] });
    return writeAgencyOrder(readPain001(bytes(xml)));
  };

  test("says count and sum at both ends, and for each payment who is paid how much from where", () => {
    const rows: string[][] = parse(tableOf("试验,企业"), { relax_column_count: true });
    expect(rows[0]).toEqual(["代发文件", "AF20251104-1", "2", "2000.00"]);
    expect(rows[2]).toEqual([
      ...["1", "试验财政局", PAYER, "试验,企业", "6222000000000001", "102491000019", "1000.00", "CNY"],
      ...[aPayment().endToEndId, "稳岗返还"],
    ]);
    expect(rows.at(-1)).toEqual(["合计", "2", "2000.00"]);
  });

  test("keeps its rows apart whatever a name holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (name) => {
        const rows: string[][] = parse(tableOf(`户${name}`), { relax_column_count: true });
        expect(rows.map(({ length }) => length)).toEqual([4, 10, 10, 10, 3]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the bank's tables", () => {
  test("say what its messages say: the answer to an order", () => {
    const table = agencyResult("AF1", [
      { id: "E1", amountFen: 100_000n, result: "成功" },
      { id: "E2", amountFen: 5n, result: "失败", code: "AC01" },
      { id: "E3", amountFen: 1n, result: "处理中" },
    ]);
    const payments = [
      { groupId: "G", endToEndId: "E1", status: "ACCP" },
      { groupId: "G", endToEndId: "E2", status: "RJCT", reasonCode: "AC01" },
      { groupId: "G", endToEndId: "E3", status: "PDNG" },
    ];
    const message = read(writePain002({ messageId: "R", originalMessageId: "AF1", at: new Date(0), payments }));
    expect(message).toMatchObject(read(table));
  });

  test("say what its messages say: the statement", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            amountFen: fc.bigInt({ min: 1n, max: 10n ** 13n }),
            isDebit: fc.boolean(),
            hasId: fc.boolean(),
            currency: fc.constantFrom("CNY", "CNY", "USD"),
          }),
          { maxLength: 6 },
        ),
        (movements) => {
          const table = agencyStatement(
            PAYER,
            500n,
            movements.map(({ amountFen, isDebit, hasId, currency }, nth) => ({
              ...{ reference: `B${nth}`, day, side: isDebit ? ("借" as const) : ("贷" as const), amountFen, currency },
              ...(hasId && { id: `E${nth}` }),
            })),
          );
          const entries = movements.map(({ amountFen, isDebit, hasId, currency }, nth) => ({
            ...{ reference: `B${nth}`, direction: isDebit ? ("debit" as const) : ("credit" as const), amountFen },
            ...{ currency, ...(hasId && { endToEndId: `E${nth}` }) },
          }));
          const statements = [{ id: "S", accountNo: PAYER, openingFen: 500n, entries }];
          expect(read(table)).toEqual(read(writeCamt053("S", day, new Date(0), statements)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

const statement = agencyStatement(PAYER, 500n, [
  { reference: "B1", day, side: "借", amountFen: 100_000n, id: "E1" },
  { reference: "B2", day, side: "贷", amountFen: 2_550n, id: "E2", code: "BE01" },
]);
const result = agencyResult("AF1", [
  { id: "E1", amountFen: 100n, result: "成功" },
  { id: "E1", amountFen: 100n, result: "成功" },
]);

test.each([
  ["cut off before its totals", statement.slice(0, statement.indexOf("合计")), /合计/],
  ["cut off in a row", statement.slice(0, statement.indexOf("B2") + 8), /合计/],
  ["a row taken out", statement.replace(/B1.*\n/, ""), /合计/],
  [
    "a row taken out and the count mended",
    statement.replace(/B1.*\n/, "").replace("合计,2", "合计,1"),
    /sum of the rows/,
  ],
  ["an amount changed", statement.replace("B1,2025-11-04,借,1000.00", "B1,2025-11-04,借,100.00"), /sum of the rows/],
  ["an amount and its sum changed", statement.replaceAll(",1000.00,", ",100.00,"), /opening balance and movements/],
  ["three decimals", statement.replace(",1000.00,", ",1000.005,"), /line 3, 金额/],
  ["a negative amount", statement.replace(",1000.00,", ",-1000.00,"), /line 3, 金额/],
  ["no reference", statement.replace("B2,", ","), /line 4, 流水号/],
  ["a day that does not exist", statement.replace("2025-11-04", "2025-02-30"), /line 3, 记账日期/],
  ["neither debit nor credit", statement.replace(",借,1", ",支,1"), /line 3, 借贷/],
  ["another column", statement.replace("业务编号", "编号"), /line 2/],
  ["a cell too many", statement.replace("BE01", "BE01,x"), /line 4/],
  ["no account", statement.replace(PAYER, ""), /line 1/],
  ["an open quotation mark", statement.replace("B2", '"B2'), /line/],
  ["a result that nobody knows", result.replace("成功", "可疑"), /line 3, 结果/],
  ["yes and no for one payment", result.replace("成功", "失败"), /E1/],
  ["an answer to nothing", result.replace("AF1", ""), /line 1/],
])("is refused by place: %s", (_, text, place) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "bank-file-invalid" }));
  expect(() => read(text)).toThrow(place);
});

test("a table is read or refused, never a crash, wherever it is cut or changed", () => {
  const original = bytes(statement);
  fc.assert(
    fc.property(fc.nat(original.length - 1), fc.nat(255), fc.boolean(), (place, value, cut) => {
      const changed = cut ? original.slice(0, place) : original.map((byte, nth) => (nth === place ? value : byte));
      try {
        readBankReport(changed);
      } catch (cause) {
        expect(cause).toMatchObject({ code: "bank-file-invalid" });
      }
    }),
    { numRuns: 500 },
  );
});
