import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readOrder } from "../demo/simulated-bank.ts";
import { writeCamt053, writePain002 } from "../demo/simulated-bank-reports.ts";
import { parseDay } from "../kernel/day.ts";
import { readBankXml } from "./bank-xml.ts";
import { readCamt053 } from "./camt053.ts";
import { writePain001 } from "./pain001.ts";
import { readPain002 } from "./pain002.ts";
import { misplaced } from "./testing-iso20022.ts";
import { aPayment, PAYER } from "./testing-payment.ts";

const createdAt = new Date("2025-11-04T08:30:00Z");
const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
const order = {
  messageId: "AF20251104-7K3M9Q2XABCDEFGH",
  createdAt,
  groups: [
    { payer, payments: [1, 2].map((nth) => ({ payment: aPayment(undefined, nth), purpose: "免申即享 稳岗返还" })) },
    { payer: { ...payer, accountNo: "41000000000002" }, payments: [{ payment: aPayment(undefined, 3), purpose: "x" }] },
  ],
};

const answer = writePain002({
  messageId: "R1",
  originalMessageId: order.messageId,
  at: createdAt,
  payments: [
    { groupId: "G1", endToEndId: "E1", status: "ACCP" },
    { groupId: "G1", endToEndId: "E2", status: "RJCT", reasonCode: "AC01" },
    { groupId: "G2", endToEndId: "E3", status: "PDNG" },
  ],
});
const day = parseDay("2025-11-04")!;
const entries = [
  { reference: "B1", endToEndId: "E1", direction: "debit", amountFen: 100_000n },
  { reference: "B2", endToEndId: "E2", direction: "credit", amountFen: 2_550n, reasonCode: "BE01" },
  { reference: "B3", direction: "debit", amountFen: 1n },
] as const;
const statement = writeCamt053("S1", day, createdAt, [{ id: "S1", accountNo: PAYER, openingFen: 500n, entries }]);
const bytes = (xml: string) => new TextEncoder().encode(xml);

describe("messages", () => {
  test.each([
    ["pain.001.001.09", writePain001(order)],
    ["pain.002.001.10", answer],
    ["camt.053.001.08", statement],
  ])("%s keeps the element order of the standard", (_, xml) => {
    expect(misplaced(xml)).toEqual([]);
  });

  test("the check of the order finds an element out of place", () => {
    const swapped = writePain001(order).replace(/(<NbOfTxs>.*<\/NbOfTxs>)\s*(<CtrlSum>.*<\/CtrlSum>)/, "$2$1");
    expect(misplaced(swapped)).toEqual(["GrpHdr/NbOfTxs"]);
    expect(misplaced("<Document><Ntry><Sts/><Amt/></Ntry></Document>")).toEqual(["Ntry/Amt"]);
  });
});

describe("the payment order", () => {
  test("is the same bytes for the same order", () => {
    expect(writePain001(order)).toBe(writePain001(structuredClone(order)));
  });

  test("names count, sum, payer, payee, bank by CNAPS code and amount in CNY", () => {
    const xml = writePain001(order);
    for (const part of [
      "<MsgId>AF20251104-7K3M9Q2XABCDEFGH</MsgId>",
      "<CreDtTm>2025-11-04T16:30:00+08:00</CreDtTm>",
      "<NbOfTxs>3</NbOfTxs>",
      "<CtrlSum>3000.00</CtrlSum>",
      "<CtrlSum>2000.00</CtrlSum>",
      "<PmtInfId>AF20251104-7K3M9Q2XABCDEFGH-002</PmtInfId>",
      '<InstdAmt Ccy="CNY">1000.00</InstdAmt>',
      "<Cd>CNAPS</Cd>",
      "<MmbId>102491000019</MmbId>",
      "<Nm>试验企业&lt;1&gt;&amp;&quot;有限公司&quot;</Nm>",
      "<Ustrd>免申即享 稳岗返还</Ustrd>",
    ]) {
      expect(xml).toContain(part);
    }
  });

  test("is read by a bank as it was meant, whatever characters a name holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 140 }), (name) => {
        const holderName = `户${name.replace(/\s+/g, " ").trim()}`;
        const groups = [{ payer, payments: [{ payment: { ...aPayment(), holderName }, purpose: name || "x" }] }];
        const { instructions } = readOrder(bytes(writePain001({ ...order, groups })));
        expect(instructions).toMatchObject([{ endToEndId: aPayment().endToEndId, amountFen: 100_000n }]);
      }),
    );
  });
});

describe("the status report", () => {
  const read = (xml: string) => readPain002(readBankXml(bytes(xml)));

  test("is read payment by payment", () => {
    expect(read(answer)).toEqual({
      originalMessageId: order.messageId,
      originalCount: 3,
      whole: undefined,
      payments: [
        { endToEndId: "E1", answer: "accepted" },
        { endToEndId: "E2", answer: "rejected", reasonCode: "AC01" },
        { endToEndId: "E3", answer: "pending" },
      ],
    });
  });

  test("for the whole order counts for the payments that it does not list", () => {
    const whole = writePain002({
      messageId: "R2",
      originalMessageId: "M",
      at: createdAt,
      payments: [{ groupId: "G", endToEndId: "E", status: "RJCT" }],
    });
    expect(read(whole)).toMatchObject({ whole: { answer: "rejected" } });
    expect(read(whole.replaceAll("RJCT", "ACSC"))).toMatchObject({ whole: { answer: "accepted" } });
  });

  test.each([
    ["an unknown status is not a yes", answer.replace("ACCP", "OKAY"), /TxSts of "E1"/],
    ["an answer to something else", answer.replace("pain.001.001.09", "pain.008.001.08"), /OrgnlMsgNmId/],
    [
      "a status for a group whose payments are not listed",
      answer.replace(
        /<OrgnlPmtInfId>G2<\/OrgnlPmtInfId>[\s\S]*?<\/OrgnlPmtInfAndSts>/,
        "<OrgnlPmtInfId>G2</OrgnlPmtInfId><PmtInfSts>ACCP</PmtInfSts></OrgnlPmtInfAndSts>",
      ),
      /"G2"/,
    ],
    [
      "no end-to-end id",
      answer.replace("<OrgnlEndToEndId>E1</OrgnlEndToEndId>", ""),
      /TxInfAndSts\[1\]\.OrgnlEndToEndId/,
    ],
  ])("is refused by place: %s", (_, xml, place) => {
    expect(() => read(xml)).toThrow(place);
  });
});

describe("the statement", () => {
  const read = (xml: string) => readCamt053(readBankXml(bytes(xml)));

  test("is read line by line", () => {
    const base = { accountNo: PAYER, currency: "CNY", bookedOn: "2025-11-04" };
    expect(read(statement)).toEqual([
      { ...base, reference: "B1", endToEndId: "E1", direction: "debit", amountFen: 100_000n },
      { ...base, reference: "B2", endToEndId: "E2", direction: "credit", amountFen: 2_550n, reasonCode: "BE01" },
      { ...base, reference: "B3", endToEndId: undefined, direction: "debit", amountFen: 1n },
    ]);
  });

  test("is read the same when its elements carry a prefix", () => {
    const prefixed = statement.replaceAll(/<(\/?)(?=[A-Z])/g, "<$1ns:").replace("xmlns=", "xmlns:ns=");
    expect(read(prefixed)).toEqual(read(statement));
  });

  test("leaves out what is only announced", () => {
    const pending = statement.replace("<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>").replace(/(CLBD[\s\S]*?)DBIT/, "$1CRDT");
    const closing = pending.replace(">969.51<", ">30.49<");
    expect(read(closing).map(({ reference }) => reference)).toEqual(["B2", "B3"]);
  });

  test("may book several payments as one entry and list them below it", () => {
    const details = (reference: string, id: string, yuan: string) =>
      `<TxDtls><Refs><AcctSvcrRef>${reference}</AcctSvcrRef><EndToEndId>${id}</EndToEndId></Refs><Amt Ccy="CNY">${yuan}</Amt></TxDtls>`;
    const collective = (second: string) =>
      statement.replace(
        /<NtryDtls>[\s\S]*?<\/NtryDtls>/,
        `<NtryDtls>${details("B1a", "E1a", "400.00")}${details("B1b", "E1b", second)}</NtryDtls>`,
      );
    expect(read(collective("600.00")).slice(0, 2)).toMatchObject([
      { reference: "B1a", endToEndId: "E1a", amountFen: 40_000n },
      { reference: "B1b", endToEndId: "E1b", amountFen: 60_000n },
    ]);
    expect(() => read(collective("600.01"))).toThrow(/Ntry\[1\]\.Amt/);
  });

  test("gives a line without any reference one of its own: statement and place", () => {
    const bare = statement.replaceAll(/<AcctSvcrRef>B3<\/AcctSvcrRef>/g, "");
    expect(read(bare)[2]?.reference).toBe("S1/3");
  });

  test.each([
    ["1000", 100_000n],
    ["1000.0", 100_000n],
    ["1000.00000", 100_000n],
  ])("reads %s as %s 分", (written, amountFen) => {
    expect(read(statement.replaceAll(">1000.00<", `>${written}<`))[0]?.amountFen).toBe(amountFen);
  });

  test.each([
    ["three decimals", statement.replaceAll(">1000.00<", ">1000.005<"), /Ntry\[1\]\.Amt/],
    ["a negative amount", statement.replaceAll(">1000.00<", ">-1000.00<"), /Ntry\[1\]\.Amt/],
    ["an amount in words", statement.replaceAll(">1000.00<", ">1e3<"), /Ntry\[1\]\.Amt/],
    ["no currency", statement.replace('<Amt Ccy="CNY">1000.00', "<Amt>1000.00"), /Ntry\[1\]\.Amt/],
    [
      "a day that does not exist",
      statement.replace(/<BookgDt>\s*<Dt>2025-11-04/, "<BookgDt><Dt>2025-02-30"),
      /BookgDt/,
    ],
    ["a booked entry without its day", statement.replace(/<BookgDt>[\s\S]*?<\/BookgDt>/, ""), /Ntry\[1\]\.BookgDt/],
    ["a line taken out", statement.replace(/<Ntry>[\s\S]*?<\/Ntry>/, ""), /Stmt\[1\]\.Bal/],
    ["an amount changed", statement.replaceAll(">1000.00<", ">10.00<"), /Stmt\[1\]\.Bal/],
    ["no account", statement.replace(/<Acct>[\s\S]*?<\/Acct>/, ""), /Stmt\[1\]\.Acct/],
    ["no statement", statement.replace(/<Stmt>[\s\S]*<\/Stmt>/, ""), /BkToCstmrStmt\.Stmt/],
  ])("is refused by place: %s", (_, xml, place) => {
    expect(() => read(xml)).toThrow(expect.objectContaining({ code: "bank-file-invalid" }));
    expect(() => read(xml)).toThrow(place);
  });
});

describe("a file from outside", () => {
  test.each([
    ["cut off", bytes(statement.slice(0, -200)), /line/],
    ["empty", bytes(""), /./],
    ["not XML", bytes("参考号,金额\nB1,1000"), /./],
    ["not UTF-8", new Uint8Array([0x3c, 0x41, 0xff, 0xfe, 0x3e]), /UTF-8/],
    ["a document type", bytes(`<!DOCTYPE x [<!ENTITY a "b">]>${statement.slice(38)}`), /document types/],
    ["an external entity", bytes('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>&a;</x>'), /document types/],
    ["nested without end", bytes("<a>".repeat(5_000) + "</a>".repeat(5_000)), /file/],
    ["a NUL character", bytes(statement.replace("<Id>S1", "<Id>S\u0000")), /NUL/],
    ["another root", bytes("<Report/>"), /Document/],
    ["larger than allowed", new Uint8Array(33 * 1024 * 1024), /MB/],
  ])("is refused: %s", (_, content, reason) => {
    expect(() => readBankXml(content)).toThrow(expect.objectContaining({ code: "bank-file-invalid" }));
    expect(() => readBankXml(content)).toThrow(reason);
  });

  test("is read or refused, never a crash, wherever it is cut or changed", () => {
    const original = bytes(statement);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), fc.boolean(), (place, value, cut) => {
        const changed = cut ? original.slice(0, place) : original.map((byte, nth) => (nth === place ? value : byte));
        try {
          readCamt053(readBankXml(changed));
        } catch (cause) {
          expect(cause).toMatchObject({ code: "bank-file-invalid" });
        }
      }),
      { numRuns: 500 },
    );
  });
});
