import { DomainError, unreachable } from "../kernel/errors.ts";
import type { Fen } from "../kernel/money.ts";

/** Above this amount two checkers sign a batch. The newest is in force; each follows from a proposal. */
export type ApprovalBand = Readonly<{
  nth: number;
  aboveFen: Fen;
  /** Number of the document that it rests on. */
  document: string;
  /** Who confirmed it. */
  actor: string;
  at: Date;
  /** Absent: the one that the house began with, or one from before two people changed it. */
  proposalId?: string;
  proposedBy?: string;
}>;

/** What one person proposes and another confirms or drops. Its terms never change. */
export type BandProposal = Readonly<{
  id: string;
  aboveFen: Fen;
  document: string;
  /** The band that was in force when it was made. */
  replaces: number;
  proposedBy: string;
  proposedAt: Date;
}> &
  ProposalState;

type ProposalState =
  | Readonly<{ status: "open" }>
  | Readonly<{ status: "confirmed"; closedBy: string; closedAt: Date }>
  | Readonly<{ status: "dropped"; closedBy: string; closedAt: Date; reason: string }>;

/** Bands as one transaction sees them. */
export type ApprovalBands = {
  inForce(): Promise<ApprovalBand>;
  /** Newest first. */
  list(): Promise<readonly ApprovalBand[]>;
  openProposal(): Promise<BandProposal | undefined>;
  /** @throws DomainError band-proposal-not-found */
  lockProposal(id: string): Promise<BandProposal>;
  /** `waiting` = another one is open. */
  insertProposal(proposal: BandProposal): Promise<"proposed" | "waiting">;
  saveProposal(proposal: BandProposal): Promise<void>;
  insert(band: Omit<ApprovalBand, "nth" | "proposedBy">): Promise<void>;
};

/** 1 万亿元: more than any fund, so that a slip of the finger is seen. */
const HIGHEST_FEN = 100_000_000_000_000n;
const LONGEST_DOCUMENT = 200;
const LONGEST_REASON = 500;

type Terms = Pick<BandProposal, "id" | "aboveFen" | "document" | "proposedBy" | "proposedAt">;

/** @throws DomainError bad-input */
export function propose(inForce: ApprovalBand, { document: typed, ...terms }: Terms): BandProposal {
  const document = typed.trim();
  if (terms.aboveFen < 0n || terms.aboveFen > HIGHEST_FEN) {
    throw new DomainError("bad-input", "限额须为 0 至 1 万亿元。The amount is 0 to 10^12 元.", { field: "amount" });
  }
  if (terms.aboveFen === inForce.aboveFen) {
    throw new DomainError("bad-input", "与现行限额相同。This is the amount in force.", { field: "amount" });
  }
  if (document === "" || document.length > LONGEST_DOCUMENT) {
    throw new DomainError("bad-input", "请填写依据文件的文号（不超过 200 字）。Name the document that it rests on.", {
      field: "document",
    });
  }
  return { ...terms, document, replaces: inForce.nth, status: "open" };
}

/** Another person agrees. Agreeing twice is one agreement. @throws DomainError maker-is-checker | band-proposal-not-open */
export function confirm(proposal: BandProposal, confirmedBy: string, at: Date): BandProposal {
  if (confirmedBy === proposal.proposedBy) {
    throw new DomainError(
      "maker-is-checker",
      "提出限额的人不能自己确认，请由另一人确认。Who proposes an amount cannot confirm it; ask someone else.",
      { id: proposal.id },
    );
  }
  switch (proposal.status) {
    case "open":
      return { ...proposal, status: "confirmed", closedBy: confirmedBy, closedAt: at };
    case "confirmed":
      if (proposal.closedBy === confirmedBy) return proposal;
      throw notOpen(proposal);
    case "dropped":
      throw notOpen(proposal);
    default:
      return unreachable(proposal);
  }
}

/** Taken back by who made it, or turned down by another. @throws DomainError band-proposal-not-open | bad-input */
export function drop(proposal: BandProposal, droppedBy: string, typed: string, at: Date): BandProposal {
  const reason = typed.trim();
  if (reason === "" || reason.length > LONGEST_REASON) {
    throw new DomainError("bad-input", "请写明理由（不超过 500 字）。Say why.", { field: "reason" });
  }
  if (proposal.status !== "open") throw notOpen(proposal);
  return { ...proposal, status: "dropped", closedBy: droppedBy, closedAt: at, reason };
}

function notOpen({ id, status }: BandProposal): DomainError {
  return new DomainError("band-proposal-not-open", "这项提议已经办结。This proposal has been closed.", { id, status });
}
