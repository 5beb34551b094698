import { addDays, dayOf, startOfDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { ProofKind } from "./proof.ts";

/** A firm that a person has to call: no channel reached it, or its offer runs out and nobody is known to have seen it. */
export type FirmCall = Readonly<{
  id: string;
  firmCode: string;
  reason: CallReason;
  openedAt: Date;
  attempts: number;
}> &
  (Readonly<{ status: "open" }> | Readonly<{ status: "closed"; closedBy: string; closedAt: Date }>);

export type CallReason = "unproved" | "undeliverable";

/** What came of an attempt to reach the firm. */
export const callOutcomes = ["reached", "visited", "announced", "no-answer", "wrong-number"] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Days after which a public announcement counts as delivered. Source: 民事诉讼法（2023年修正）§95. */
const ANNOUNCED_DAYS = 30;

/** What an attempt proves: that the firm knows, and from when. */
export function provedBy(outcome: CallOutcome, at: Date) {
  switch (outcome) {
    case "reached":
    case "visited":
      return { kind: outcome satisfies ProofKind, at } as const;
    case "announced":
      return { kind: outcome satisfies ProofKind, at: startOfDay(addDays(dayOf(at), ANNOUNCED_DAYS + 1)) } as const;
    default:
      return undefined;
  }
}

/** @throws DomainError call-not-open */
export function closeCall(current: FirmCall, closedBy: string, closedAt: Date): FirmCall {
  if (current.status === "open") return { ...current, status: "closed", closedBy, closedAt };
  throw new DomainError("call-not-open", "这家企业已经联系上了。This call is closed already.", { id: current.id });
}
