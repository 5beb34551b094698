import type { Grant } from "../entitlement/entitlement.ts";
import { addDays, dayOf, startOfDay } from "../kernel/day.ts";

/** How a firm came to know of an offer: a channel delivered it, it read or opened it, or a person saw to it. */
export type ProofKind = "delivered" | "read" | "opened" | "reached" | "visited" | "announced";

/** Whole days that a firm has to answer after the day on which it came to know; the schema repeats the number. */
export const PROOF_DAYS = 5;
/** Days before proof would come too late, in which a person can still call. */
export const CALL_LEAD_DAYS = 3;
/** Days by which an offer is held that nobody is known to have seen; a person calls meanwhile. */
export const HOLD_DAYS = 10;

/** Where an offer stands that waits for an answer. */
export type Standing =
  /** Its firm knew in time: when the deadline is over, it may lapse. */
  | Readonly<{ kind: "proved" }>
  /** Nobody is known to have seen it, and there is still time. */
  | Readonly<{ kind: "waiting" }>
  /** Its firm came to know too late for this deadline. */
  | Readonly<{ kind: "late"; confirmBefore: Date }>
  /** Somebody has to call; `confirmBefore` once no call could come in time any more. */
  | Readonly<{ kind: "unseen"; confirmBefore?: Date }>;

/**
 * @param provedAt the earliest proof that the firm knew of this offering; it may lie ahead, as the day
 *   on which a public announcement counts as delivered does
 */
export function standingOf({ confirmBefore }: Pick<Grant, "confirmBefore">, provedAt: Date | undefined, now: Date) {
  return provedAt ? proved(confirmBefore, provedAt) : unproved(confirmBefore, now);
}

function proved(confirmBefore: Date, provedAt: Date): Standing {
  // The day of the proof is not counted, as the day of the offer is not (民法典 §201).
  const earliest = endOfDays(provedAt, PROOF_DAYS);
  return earliest <= confirmBefore ? { kind: "proved" } : { kind: "late", confirmBefore: earliest };
}

function unproved(confirmBefore: Date, now: Date): Standing {
  if (now < daysBefore(confirmBefore, PROOF_DAYS + CALL_LEAD_DAYS)) return { kind: "waiting" };
  if (now < daysBefore(confirmBefore, PROOF_DAYS)) return { kind: "unseen" };
  return { kind: "unseen", confirmBefore: endOfDays(now, HOLD_DAYS) };
}

/** The instant before which an offer must end that has to be looked at now. */
export function lookAhead(now: Date): Date {
  return endOfDays(now, PROOF_DAYS + CALL_LEAD_DAYS + 1);
}

function endOfDays(instant: Date, days: number): Date {
  return startOfDay(addDays(dayOf(instant), days + 1));
}

function daysBefore(instant: Date, days: number): Date {
  return new Date(instant.getTime() - days * 86_400_000);
}
