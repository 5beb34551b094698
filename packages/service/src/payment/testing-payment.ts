import { fen } from "../kernel/money.ts";
import type { StatementEntry } from "./camt053.ts";
import { endToEndIdOf, type Payment, type PaymentState } from "./payment.ts";

/** For tests: a payment of 1,000.00 元 in the given state. */
export function aPayment(state: PaymentState = { status: "submitted", batchId: "batch_1" }, nth = 1): Payment {
  return {
    id: `payment_${nth}`,
    entitlementId: `entitlement_${nth}`,
    attempt: 1,
    endToEndId: endToEndIdOf(`entitlement_${nth}`, 1),
    budgetLine: "test-line",
    amountFen: fen(100_000n),
    bankAccountId: `account_${nth}`,
    holderName: `试验企业<${nth}>&"有限公司"`,
    accountNo: `62220000000000${String(nth).padStart(2, "0")}`,
    accountIndex: `index-${nth}`,
    bankCode: "102491000019",
    createdAt: new Date("2025-11-04T02:00:00Z"),
    ...state,
  };
}

/** For tests: the line with which a bank books that payment. */
export function aLine(change: Partial<StatementEntry> = {}, payment: Payment = aPayment()): StatementEntry {
  return {
    reference: "B1",
    endToEndId: payment.endToEndId,
    accountNo: PAYER,
    direction: "debit",
    amountFen: payment.amountFen,
    currency: "CNY",
    bookedOn: "2025-11-05" as StatementEntry["bookedOn"],
    ...change,
  };
}

export const PAYER = "41000000000001";
