import { DomainError } from "../kernel/errors.ts";
import type { Fen } from "../kernel/money.ts";
import type { OtherChannel } from "./channel-tables.ts";

/** Payments that go to the bank in one file, made by one person and approved by another; by two others if it is large. */
export type Batch = Draft & BatchState;

/** Fixed when drafted: the approval is for exactly these bytes, and exactly these are sent. */
export type Draft = Readonly<{
  id: string;
  /** The bank recognises a repeated file by it. At most 35 characters (ISO 20022 Max35Text). */
  messageId: string;
  maker: string;
  count: number;
  totalFen: Fen;
  /** SHA-256 of `file`. */
  sha256: string;
  /** The pain.001 message. */
  file: string;
  draftedAt: Date;
  /** To whom it goes; absent: to the bank. */
  channel?: OtherChannel;
  /** By the amount, as the band in force said when it was drafted. */
  checkersNeeded: 1 | 2;
}> &
  FirstCheck;

/** Of two checkers, what the first one saw. With one checker it stays empty. */
type FirstCheck = Readonly<{ firstChecker?: string; firstCheckedAt?: Date; firstSha256?: string }>;

type Approval = Readonly<{ checker: string; approvedAt: Date }>;

export type BatchState =
  | Readonly<{ status: "drafted" }>
  | Readonly<{ status: "cancelled"; closedAt: Date }>
  | (Readonly<{ status: "approved" }> & Approval)
  /** The bank may have it. It is asked about, or given the same bytes again; never other ones. */
  | (Readonly<{ status: "sending" }> & Approval)
  | (Readonly<{ status: "sent"; sentAt: Date }> & Approval)
  /** Every payment of it came to an end. */
  | (Readonly<{ status: "closed"; sentAt: Date; closedAt: Date }> & Approval);

export type BatchStatus = BatchState["status"];

/**
 * The checker approves the bytes whose digest they saw. Approving twice is one approval, and where
 * two checkers are needed it takes two people.
 *
 * @throws DomainError maker-is-checker | batch-changed | batch-not-open
 */
export function approve(batch: Batch, checker: string, sha256Seen: string, approvedAt: Date): Batch {
  if (checker === batch.maker) {
    throw new DomainError(
      "maker-is-checker",
      "制单人不能复核自己的批次，请由另一人复核。The maker of a batch cannot approve it; ask someone else.",
      { id: batch.id },
    );
  }
  if (sha256Seen !== batch.sha256) {
    throw new DomainError(
      "batch-changed",
      "您看到的批次与当前批次不一致，请重新核对。This is not the batch that you looked at; check it again.",
      { id: batch.id },
    );
  }
  if (batch.firstChecker === checker) return batch;
  if (batch.status === "drafted" && batch.checkersNeeded === 2 && batch.firstChecker === undefined) {
    return { ...batch, firstChecker: checker, firstCheckedAt: approvedAt, firstSha256: sha256Seen };
  }
  if (batch.status === "drafted") return { ...draftOf(batch), status: "approved", checker, approvedAt };
  if ("checker" in batch && batch.checker === checker) return batch;
  throw notOpen(batch);
}

/** Only before it is approved: what two people have signed goes out. */
export function cancel(batch: Batch, closedAt: Date): Batch {
  if (batch.status === "cancelled") return batch;
  if (batch.status !== "drafted") throw notOpen(batch);
  return { ...draftOf(batch), status: "cancelled", closedAt };
}

export function startSending(batch: Batch): Batch {
  if (batch.status !== "approved") return batch;
  return { ...batch, status: "sending" };
}

/** The bank has it: it said so, or answered it. */
export function markSent(batch: Batch, sentAt: Date): Batch {
  if (batch.status !== "sending") return batch;
  return { ...batch, status: "sent", sentAt };
}

export function close(batch: Batch, closedAt: Date): Batch {
  if (batch.status !== "sent") return batch;
  return { ...batch, status: "closed", closedAt };
}

export function draftOf(batch: Batch): Draft {
  const { id, messageId, maker, count, totalFen, sha256, file, draftedAt, checkersNeeded } = batch;
  const { firstChecker, firstCheckedAt, firstSha256, channel } = batch;
  return {
    ...{ id, messageId, maker, count, totalFen, sha256, file, draftedAt, checkersNeeded },
    ...(channel !== undefined && { channel }),
    ...(firstChecker !== undefined && { firstChecker }),
    ...(firstCheckedAt !== undefined && { firstCheckedAt }),
    ...(firstSha256 !== undefined && { firstSha256 }),
  };
}

function notOpen({ id, status }: Batch): DomainError {
  return new DomainError(
    "batch-not-open",
    `批次状态为“${status}”，不能这样办理。The batch is ${status}; this is not possible any more.`,
    { id, status },
  );
}
