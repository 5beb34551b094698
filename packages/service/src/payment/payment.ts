import type { Entitlement } from "../entitlement/entitlement.ts";
import type { Day } from "../kernel/day.ts";
import { DomainError, unreachable } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import { type Fen, fen } from "../kernel/money.ts";
import type { OtherChannel } from "./channel-tables.ts";

/** One attempt to pay one entitlement to one account. */
export type Payment = Terms & PaymentState;

/** Fixed at birth; SQL refuses a change of any of them. */
export type Terms = Readonly<{
  id: string;
  entitlementId: string;
  /** 1 for the first; a new attempt follows only on a booked rejection or return. */
  attempt: number;
  /** The bank carries it through to its statement. At most 35 characters (ISO 20022 Max35Text). */
  endToEndId: string;
  budgetLine: string;
  amountFen: Fen;
  bankAccountId: string;
  holderName: string;
  accountNo: string;
  /** Stands for the number where it must not be read; equal for equal numbers. */
  accountIndex: string;
  /** CNAPS, 12 digits; by another channel, the institution's code. */
  bankCode: string;
  /** By which it goes; absent: a bank transfer. */
  channel?: OtherChannel;
  createdAt: Date;
}>;

type InBatch = Readonly<{ batchId: string }>;
type Refusal = Readonly<{ reasonCode: string; reason?: string }>;

export type PaymentState =
  /** `reason` = why the last draft left it out. */
  | Readonly<{ status: "reserved"; reason?: string }>
  | Readonly<{ status: "voided"; reason: string }>
  | (Readonly<{ status: "batched" }> & InBatch)
  /** It may be at the bank: from here on only the bank's own word changes anything. */
  | (Readonly<{ status: "submitted" }> & InBatch)
  | (Readonly<{ status: "accepted" }> & InBatch)
  | (Readonly<{ status: "settled"; settledOn: Day }> & InBatch)
  | (Readonly<{ status: "rejected" }> & InBatch & Refusal)
  /** `settledOn` is missing while the debit that it undoes has not been reported yet. */
  | (Readonly<{ status: "returned"; settledOn?: Day }> & InBatch & Refusal);

export type PaymentStatus = PaymentState["status"];

export type Payee = Readonly<{
  id: string;
  holderName: string;
  accountNo: string;
  accountIndex: string;
  bankCode: string;
  channel?: OtherChannel;
}>;

/**
 * The same entitlement and attempt give the same payment, however often it is prepared.
 *
 * @param setOffFen what is kept back of it; less than all of it
 */
export function prepare(
  owed: Entitlement,
  attempt: number,
  payee: Payee,
  createdAt: Date,
  setOffFen: Fen = fen(0),
): Payment {
  const { id: entitlementId, budgetLine } = owed;
  const amountFen = fen(owed.amountFen - setOffFen);
  const { id: bankAccountId, holderName, accountNo, accountIndex, bankCode, channel } = payee;
  return {
    id: derivedId("payment", entitlementId, attempt),
    entitlementId,
    attempt,
    endToEndId: endToEndIdOf(entitlementId, attempt),
    budgetLine,
    amountFen,
    bankAccountId,
    holderName,
    accountNo,
    accountIndex,
    bankCode,
    ...(channel && { channel }),
    createdAt,
    status: "reserved",
  };
}

/** Letters, digits and a hyphen only: the narrowest character set that banks promise to carry. */
export function endToEndIdOf(entitlementId: string, attempt: number): string {
  const [, body] = derivedId("end-to-end", entitlementId, attempt).split("_");
  return `AF${body}-${attempt}`;
}

/** Whether this attempt may still pay, or has paid: then there must be no other. */
export function isLive({ status }: PaymentState): boolean {
  switch (status) {
    case "reserved":
    case "batched":
    case "submitted":
    case "accepted":
    case "settled":
      return true;
    case "voided":
    case "rejected":
    case "returned":
      return false;
    default:
      return unreachable(status);
  }
}

/** Not to be made, or not to this account; possible only while it is in no batch. */
export function voidPayment(payment: Payment, reason: string): Payment {
  if (payment.status !== "reserved") throw notOpen(payment);
  return { ...termsOf(payment), status: "voided", reason };
}

/** Left out of a draft; it is looked at again at the next one. */
export function keepWaiting(payment: Payment, reason: string): Payment {
  if (payment.status !== "reserved") throw notOpen(payment);
  return { ...termsOf(payment), status: "reserved", reason };
}

export function putInBatch(payment: Payment, batchId: string): Payment {
  if (payment.status !== "reserved") throw notOpen(payment);
  return { ...termsOf(payment), status: "batched", batchId };
}

/** The batch was cancelled before anyone sent it. */
export function takeOutOfBatch(payment: Payment): Payment {
  if (payment.status !== "batched") throw notOpen(payment);
  return { ...termsOf(payment), status: "reserved" };
}

/** The intent to send is committed before the bank is called. */
export function submit(payment: Payment): Payment {
  if (payment.status !== "batched") throw notOpen(payment);
  return { ...termsOf(payment), status: "submitted", batchId: payment.batchId };
}

export function termsOf(payment: Payment): Terms {
  const { id, entitlementId, attempt, endToEndId, budgetLine, amountFen } = payment;
  const { bankAccountId, holderName, accountNo, accountIndex, bankCode, channel, createdAt } = payment;
  const account = { bankAccountId, holderName, accountNo, accountIndex, bankCode, ...(channel && { channel }) };
  return { id, entitlementId, attempt, endToEndId, budgetLine, amountFen, ...account, createdAt };
}

function notOpen({ id, status }: Payment): DomainError {
  return new DomainError("payment-not-open", `这笔拨付当前状态不能这样办理。Not possible in state "${status}".`, {
    id,
    status,
  });
}
