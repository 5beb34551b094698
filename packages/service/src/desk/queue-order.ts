import type { DeskRecovery } from "@apply-free/ui";

/** What the place of a recovery in the queue hangs on. */
export type Queued = Pick<DeskRecovery, "status" | "overdueFen" | "debtFen" | "claimedFen" | "cameBackFen" | "ageDays">;

/** The most pressing kind first; of one kind the largest amount, and of equal amounts the oldest. */
export function byUrgency(one: Queued, other: Queued): number {
  const stakes = [atStake(one), atStake(other)] as const;
  const bySize = stakes[0] === stakes[1] ? 0 : stakes[0] < stakes[1] ? 1 : -1;
  return urgency(one) - urgency(other) || bySize || other.ageDays - one.ageDays;
}

/** What is late, or else what is asked for or owed and has not come back. 分 */
function atStake({ overdueFen, debtFen, claimedFen, cameBackFen }: Queued): bigint {
  return overdueFen === "0" ? BigInt(debtFen ?? claimedFen) - BigInt(cameBackFen) : BigInt(overdueFen);
}

/** Overdue first, then what waits for a decision, then what is paid back in time; what is over comes last. */
function urgency({ status, overdueFen }: Queued): number {
  if (status === "owed") return overdueFen === "0" ? 2 : 0;
  return status === "noticed" ? 1 : 3;
}
