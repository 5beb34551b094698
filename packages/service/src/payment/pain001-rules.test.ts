import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "../kernel/money.ts";
import { writePain001 } from "./pain001.ts";
import { readPain001 } from "./pain001-rules.ts";
import { aPayment, PAYER } from "./testing-payment.ts";

const payer = { budgetLine: "test-line", name: "试验财政局", accountNo: PAYER, bankCode: "011491000016" };
const messageId = "AF20251104-7K3M9Q2XABCDEFGH";
const createdAt = new Date("2025-11-04T08:30:00Z");
const orderOf = (payments: readonly ReturnType<typeof aPayment>[], purpose = "免申即享") =>
  writePain001({
    messageId,
    createdAt,
    groups: [{ payer, payments: payments.map((payment) => ({ payment, purpose })) }],
  });
const read = (xml: string) => readPain001(new TextEncoder().encode(xml));
const order = orderOf([aPayment(undefined, 1), aPayment(undefined, 2)]);

test("what we write keeps the rules of the standard, whatever names, purposes and amounts are", () => {
  const names = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }).map((name) => `户${name}`);
  const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });
  fc.assert(
    fc.property(fc.array(fc.tuple(names, amounts), { minLength: 1, maxLength: 5 }), names, (payees, purpose) => {
      const payments = payees.map(([holderName, amountFen], nth) => ({
        ...aPayment(undefined, nth + 1),
        ...{ holderName, amountFen: fen(amountFen) },
      }));
      const { transfers, totalFen } = read(orderOf(payments, purpose));
      expect(transfers.map(({ endToEndId, amountFen }) => [endToEndId, amountFen])).toEqual(
        payments.map(({ endToEndId, amountFen }) => [endToEndId, amountFen]),
      );
      expect(totalFen).toBe(payments.reduce((sum, { amountFen }) => sum + amountFen, 0n));
    }),
    { numRuns: 60 },
  );
});

test("is read back as it was meant", () => {
  expect(read(order)).toMatchObject({
    messageId,
    totalFen: 200_000n,
    transfers: [
      { payerAccountNo: PAYER, payerName: "试验财政局", accountNo: "6222000000000001", bankCode: "102491000019" },
      { amountFen: 100_000n, purpose: "免申即享" },
    ],
  });
});

const twice = order.replaceAll(aPayment(undefined, 2).endToEndId, aPayment(undefined, 1).endToEndId);

test.each([
  ["a count that is not the number of payments", order.replace("<NbOfTxs>2<", "<NbOfTxs>3<"), /GrpHdr\.NbOfTxs/],
  [
    "a count of a group that is not its own",
    order.replace(/2(<\/NbOfTxs>[\s\S]*)2<\/NbOfTxs>/, "2$11</NbOfTxs>"),
    /PmtInf/,
  ],
  ["a sum that is not the sum", order.replace("<CtrlSum>2000.00<", "<CtrlSum>2000.01<"), /GrpHdr\.CtrlSum/],
  ["an end-to-end id twice", twice, /EndToEndId/],
  ["a message id of 36 characters", order.replace(`<MsgId>${messageId}`, `<MsgId>${"A".repeat(36)}`), /MsgId/],
  ["a name of 141 characters", order.replace(/<Nm>试验企业[^<]*/, `<Nm>${"户".repeat(141)}`), /Cdtr\.Nm/],
  ["no name", order.replace(/<Nm>试验企业[^<]*/, "<Nm>"), /Cdtr\.Nm/],
  ["three decimals", order.replace(">1000.00<", ">1000.001<"), /InstdAmt/],
  ["nothing to pay", order.replace(">1000.00<", ">0.00<"), /InstdAmt/],
  ["a foreign currency", order.replace('InstdAmt Ccy="CNY"', 'InstdAmt Ccy="USD"'), /InstdAmt/],
  ["a bank code of eleven digits", order.replace("102491000019", "10249100001"), /MmbId/],
  ["an account of 35 characters", order.replace("6222000000000001", "6".repeat(35)), /CdtrAcct/],
  ["a day that does not exist", order.replace("<Dt>2025-11-04", "<Dt>2025-11-31"), /ReqdExctnDt/],
  ["another version of the standard", order.replace("pain.001.001.09", "pain.001.001.03"), /Document/],
])("is refused by place: %s", (_, xml, place) => {
  expect(xml).not.toBe(order);
  expect(() => read(xml)).toThrow(expect.objectContaining({ code: "bank-file-invalid" }));
  expect(() => read(xml)).toThrow(place);
});
