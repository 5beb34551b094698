import { unreachable } from "../kernel/errors.ts";
import type { PaymentStatusReport } from "./pain002.ts";
import { type Payment, termsOf } from "./payment.ts";

/** What a status report means for a payment; `contradiction` is for a person to look at. */
export type Answered =
  | Readonly<{ kind: "accepted" | "rejected"; payment: Payment }>
  | Readonly<{ kind: "nothing-new" }>
  | Readonly<{ kind: "contradiction"; note: string }>;

/**
 * Takes the bank's status report for one payment. "Accepted" is a promise, not money: only the
 * booked statement settles. A report that comes after the statement changes nothing.
 */
export function takeAnswer(payment: Payment, report: PaymentStatusReport): Answered {
  const { answer, reasonCode, reason } = report;
  if (answer === "pending") return { kind: "nothing-new" };
  switch (payment.status) {
    case "submitted":
    case "accepted": {
      const { batchId } = payment;
      if (answer === "rejected") {
        const refusal = { reasonCode: reasonCode ?? "NARR", ...(reason !== undefined && { reason }) };
        return { kind: "rejected", payment: { ...termsOf(payment), status: "rejected", batchId, ...refusal } };
      }
      if (payment.status === "accepted") return { kind: "nothing-new" };
      return { kind: "accepted", payment: { ...termsOf(payment), status: "accepted", batchId } };
    }
    case "settled":
    case "returned":
      return answer === "accepted" ? { kind: "nothing-new" } : contradiction(payment, answer);
    case "rejected":
      return answer === "rejected" ? { kind: "nothing-new" } : contradiction(payment, answer);
    case "reserved":
    case "batched":
    case "voided":
      return contradiction(payment, answer);
    default:
      return unreachable(payment);
  }
}

function contradiction({ status }: Payment, answer: string): Answered {
  return { kind: "contradiction", note: `the bank reports "${answer}" for a payment that is ${status}` };
}
