import type { EntitlementStatus } from "../entitlement/entitlement.ts";
import { unreachable } from "../kernel/errors.ts";
import type { StatementEntry } from "./camt053.ts";
import { type Payment, termsOf } from "./payment.ts";

/** Where a line of the bank's statement belongs. In doubt nothing moves and a person looks. */
export type Placement =
  | Readonly<{ kind: "settled"; payment: Payment }>
  | Readonly<{ kind: "returned"; payment: Payment; from: "in-transit" | "paid" }>
  /** The debit of a payment whose return was reported first: known now, and nothing moves. */
  | Readonly<{ kind: "settled-late"; payment: Payment }>
  /** A firm pays back what it owes; see incoming-money.ts. */
  | Readonly<{ kind: "recovered"; recoveryId: string }>
  | Readonly<{ kind: "suspense"; note: string }>;

/** What we know about a line: its payment, the account that this is paid from, and what is owed. */
export type Known = Readonly<{ payment: Payment; payerAccountNo: string; entitlement: EntitlementStatus }>;

/** Matches one line, strictly: same id, same amount to the fen, same currency, same account. */
export function placeLine(line: StatementEntry, known: Known | undefined): Placement {
  if (line.currency !== "CNY") return suspense(`currency ${line.currency}; we pay in CNY only`);
  if (line.endToEndId === undefined) return suspense("no end-to-end id");
  if (!known) return suspense("no payment has this end-to-end id");
  const { payment, payerAccountNo, entitlement } = known;
  if (line.channel !== payment.channel) return suspense("said by another channel than the payment's");
  if (line.accountNo !== payerAccountNo) return suspense("booked on another account than the payment's");
  if (line.amountFen !== payment.amountFen) {
    return suspense(`${line.amountFen} 分 booked where ${payment.amountFen} 分 were to be paid`);
  }
  return line.direction === "debit" ? placeDebit(line, payment) : placeCredit(line, payment, entitlement);
}

function placeDebit({ bookedOn: settledOn }: StatementEntry, payment: Payment): Placement {
  switch (payment.status) {
    case "submitted":
    case "accepted":
      return {
        kind: "settled",
        payment: { ...termsOf(payment), status: "settled", batchId: payment.batchId, settledOn },
      };
    case "returned":
      if (payment.settledOn === undefined) return { kind: "settled-late", payment: { ...payment, settledOn } };
      return suspense("debited a second time");
    case "settled":
      return suspense("debited a second time");
    case "rejected":
      return suspense("debited although the bank had rejected it");
    case "reserved":
    case "batched":
    case "voided":
      return suspense("debited although we had not sent it");
    default:
      return unreachable(payment);
  }
}

function placeCredit(line: StatementEntry, payment: Payment, entitlement: EntitlementStatus): Placement {
  switch (payment.status) {
    case "submitted":
    case "accepted":
    case "settled": {
      if (entitlement === "received") return suspense("returned although the firm has confirmed its receipt");
      const { reasonCode = "NARR", reason } = line;
      const refusal = { reasonCode, ...(reason !== undefined && { reason }) };
      const settledOn = payment.status === "settled" ? { settledOn: payment.settledOn } : {};
      return {
        kind: "returned",
        from: payment.status === "settled" ? "paid" : "in-transit",
        payment: { ...termsOf(payment), status: "returned", batchId: payment.batchId, ...refusal, ...settledOn },
      };
    }
    case "returned":
      return suspense("returned a second time");
    case "reserved":
    case "batched":
    case "voided":
    case "rejected":
      return suspense(`returned although it is ${payment.status}`);
    default:
      return unreachable(payment);
  }
}

function suspense(note: string): Placement {
  return { kind: "suspense", note };
}
