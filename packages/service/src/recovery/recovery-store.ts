import type { Fen } from "../kernel/money.ts";
import type { OwedRecovery, Recovery } from "./recovery.ts";

/** Recoveries as one transaction sees them. What it hands out is locked until the transaction ends. */
export type RecoveryStore = {
  /** @throws DomainError recovery-not-found */
  get(id: string): Promise<Recovery>;
  lockByReference(references: readonly string[]): Promise<ReadonlyMap<string, Recovery>>;
  /** Everything that is owed, without a lock. */
  listOwed(): Promise<OwedRecovery[]>;
  /** All claims on one award, oldest first. */
  lockOfAward(entitlementId: string): Promise<Recovery[]>;
  /** `already` = the same paper has asked for it before. */
  insert(recovery: Recovery): Promise<"inserted" | "already">;
  save(recovery: Recovery): Promise<void>;
};

/** What followed from an upheld review. Exactly one of a recovery, or of less claimed and more paid. */
export type FollowUp = Readonly<{
  reassessmentId: string;
  awardId: string;
  correctedFen: Fen;
  withdrawnFen: Fen;
  recoveryId?: string;
  topUp?: Readonly<{ entitlementId: string; amountFen: Fen }>;
  at: Date;
}>;

export type FollowUpStore = {
  isFollowed(reassessmentId: string): Promise<boolean>;
  insert(followUp: FollowUp): Promise<void>;
  /** Additional entitlements on top of an award, in order. */
  topUpsOf(awardId: string): Promise<string[]>;
  /** Granted with its top-ups, less what is asked back: what more can be asked back at most. */
  standingOf(awardId: string): Promise<Fen>;
  /** Digest of a decision's result, which the journal repeats with every offer. */
  resultOf(decisionId: string): Promise<string>;
};

/** Working days that a firm has for its statement. Longer than the five days in which 行政处罚法 §64 lets a hearing be asked for. */
export const STATE_WITHIN_WORKING_DAYS = 10;
