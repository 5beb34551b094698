import { DomainError, unreachable } from "../kernel/errors.ts";
import type { Fen } from "../kernel/money.ts";

/** What one enterprise is owed under one version of one policy, for one award period. */
export type Entitlement = Grant & EntitlementState;

export type Grant = Readonly<{
  id: string;
  firmCode: string;
  policyId: string;
  policyVersionId: string;
  /** Award period: a year (`2025`) or `once`. */
  period: string;
  decisionId: string;
  budgetLine: string;
  amountFen: Fen;
  /** What the decision said, where the fund gave less (pro rata). */
  claimedFen?: Fen;
  offeredAt: Date;
  /** The deadline itself is already too late. */
  confirmBefore: Date;
  remindersSent: number;
}>;

/** What consent adds: who agreed, when, and to which account the money goes. */
export type Agreement = Readonly<{ consentId: string; confirmedAt: Date; bankAccountId: string }>;

export type EntitlementState =
  | Readonly<{ status: "offered" }>
  | (Readonly<{ status: "confirmed" }> & Agreement)
  /**
   * Agreed, but no money is kept: the fund is exhausted, or it is given out to all at once when its
   * window has closed. `waitingPlace`: place in the order that an allocation gave.
   */
  | (Readonly<{ status: "waitlisted"; waitingPlace?: number }> & Agreement)
  | Readonly<{ status: "declined"; closedAt: Date; closedReason: string; consentId: string }>
  | Readonly<{ status: "lapsed"; closedAt: Date; closedReason: string }>
  | Readonly<{ status: "withdrawn"; closedAt: Date; closedReason: string }>
  | (Readonly<{ status: "paid"; paidAt: Date }> & Agreement)
  | (Readonly<{ status: "received"; paidAt: Date; receivedAt: Date }> & Agreement);

export type EntitlementStatus = EntitlementState["status"];

/** The firm said yes, and the money is promised, on its way or there. */
export const agreedStatuses: ReadonlySet<EntitlementStatus> = new Set(["confirmed", "waitlisted", "paid", "received"]);

/** The enterprise accepts. Accepting twice changes nothing: clicks and networks repeat themselves. */
export function confirm(current: Entitlement, agreement: Agreement, budget: "reserved" | "exhausted"): Entitlement {
  switch (current.status) {
    case "offered":
      refuseAfterDeadline(current, agreement.confirmedAt);
      return { ...grantOf(current), ...agreement, status: budget === "reserved" ? "confirmed" : "waitlisted" };
    case "confirmed":
    case "waitlisted":
    case "paid":
    case "received":
      return current;
    case "declined":
    case "lapsed":
    case "withdrawn":
      throw notOpen(current);
    default:
      return unreachable(current);
  }
}

/** The enterprise says no, for now: until the deadline it may change its mind (`reopen`). */
export function decline(current: Entitlement, consentId: string, reason: string, now: Date): Entitlement {
  switch (current.status) {
    case "offered":
      refuseAfterDeadline(current, now);
      return { ...grantOf(current), status: "declined", closedAt: now, closedReason: reason, consentId };
    case "declined":
      return current;
    case "confirmed":
    case "waitlisted":
    case "lapsed":
    case "withdrawn":
    case "paid":
    case "received":
      throw notOpen(current);
    default:
      return unreachable(current);
  }
}

/** The enterprise takes a refusal back before the deadline. */
export function reopen(current: Entitlement, now: Date): Entitlement {
  if (current.status === "offered") return current;
  if (current.status !== "declined") throw notOpen(current);
  refuseAfterDeadline(current, now);
  return { ...grantOf(current), status: "offered" };
}

/** The deadline passed without an answer. */
export function lapse(current: Entitlement, now: Date): Entitlement {
  if (current.status !== "offered" || now < current.confirmBefore) return current;
  return { ...grantOf(current), status: "lapsed", closedAt: now, closedReason: "no answer before the deadline" };
}

/** The firm gets more time to answer; a deadline never moves back. */
export function extend(current: Entitlement, confirmBefore: Date): Entitlement {
  if (current.status !== "offered" || confirmBefore <= current.confirmBefore) return current;
  return { ...current, confirmBefore };
}

/** A newer decision says that the firm is not (or not any more) entitled, before any money moved. */
export function withdraw(current: Entitlement, reason: string, now: Date): Entitlement {
  switch (current.status) {
    case "offered":
    case "confirmed":
    case "waitlisted":
      return { ...grantOf(current), status: "withdrawn", closedAt: now, closedReason: reason };
    case "withdrawn":
    case "declined":
    case "lapsed":
      return current;
    case "paid":
    case "received":
      throw notOpen(current);
    default:
      return unreachable(current);
  }
}

/** The fund has room for one that waited. */
export function admit(current: Entitlement): Entitlement {
  if (current.status !== "waitlisted") return current;
  return { ...grantOf(current), ...agreementOf(current), status: "confirmed" };
}

/** What the fund gives to one that waited: all of it, or the part that all get. */
export function allot(current: Entitlement, allottedFen: Fen): Entitlement {
  if (current.status !== "waitlisted" || allottedFen > current.amountFen || allottedFen <= 0n) throw notOpen(current);
  if (allottedFen === current.amountFen) return current;
  return { ...current, amountFen: allottedFen, claimedFen: current.amountFen };
}

/** An allocation did not reach it; it waits in the order that everyone can see. */
export function keepPlace(current: Entitlement, waitingPlace: number): Entitlement {
  if (current.status !== "waitlisted") throw notOpen(current);
  return { ...current, waitingPlace };
}

/** Why an entitlement was withdrawn that the fund did not reach, where its policy lets nobody wait. */
export const FUND_SHORT = "the fund was short";

/** The bank's statement shows the booking. */
export function markPaid(current: Entitlement, paidAt: Date): Entitlement {
  if (current.status === "paid" || current.status === "received") return current;
  if (current.status !== "confirmed") throw notOpen(current);
  return { ...current, status: "paid", paidAt };
}

/** The bank sent booked money back: owed again, not paid. */
export function markReturned(current: Entitlement): Entitlement {
  if (current.status === "confirmed") return current;
  if (current.status !== "paid") throw notOpen(current);
  return { ...grantOf(current), ...agreementOf(current), status: "confirmed" };
}

/** The enterprise says that the money arrived (到账确认). */
export function confirmReceipt(current: Entitlement, receivedAt: Date): Entitlement {
  if (current.status === "received") return current;
  if (current.status !== "paid") throw notOpen(current);
  return { ...current, status: "received", receivedAt };
}

/** The firm named another account; the next payment goes there. */
export function redirect(current: Entitlement, bankAccountId: string): Entitlement {
  if (current.status !== "confirmed" && current.status !== "waitlisted") throw notOpen(current);
  return { ...current, bankAccountId };
}

function refuseAfterDeadline({ id, confirmBefore }: Grant, now: Date): void {
  if (now >= confirmBefore) {
    throw new DomainError("confirmation-closed", "确认期限已过。The time to answer has passed.", { id });
  }
}

function notOpen({ id, status }: Entitlement): DomainError {
  return new DomainError("entitlement-not-open", `这项补贴当前状态不能这样办理。Not possible in state "${status}".`, {
    id,
    status,
  });
}

export function grantOf(entitlement: Entitlement): Grant {
  const { id, firmCode, policyId, policyVersionId, period, decisionId, budgetLine } = entitlement;
  const { amountFen, claimedFen, offeredAt, confirmBefore, remindersSent } = entitlement;
  const grant = { id, firmCode, policyId, policyVersionId, period, decisionId, budgetLine };
  const claimed = claimedFen === undefined ? {} : { claimedFen };
  return { ...grant, amountFen, ...claimed, offeredAt, confirmBefore, remindersSent };
}

function agreementOf({ consentId, confirmedAt, bankAccountId }: Agreement): Agreement {
  return { consentId, confirmedAt, bankAccountId };
}
