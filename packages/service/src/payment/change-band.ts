import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Fen } from "../kernel/money.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type ApprovalBands, confirm, drop, propose } from "./approval-band.ts";

type Stores = Readonly<{ approvalBands: ApprovalBands; journal: Journal }>;
export type BandDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

type Proposed = Readonly<{ aboveFen: Fen; document: string; proposedBy: string }>;

/**
 * One person proposes above which amount two checkers sign. Nothing changes until another confirms.
 *
 * @returns id of the proposal
 * @throws DomainError bad-input | band-proposal-waiting: another one is open
 */
export function proposeBand({ transaction, clock }: BandDeps, proposed: Proposed): Promise<string> {
  return transaction(async ({ approvalBands, journal }) => {
    const at = clock.now();
    const inForce = await approvalBands.inForce();
    const { aboveFen, proposedBy: actor } = proposed;
    const id = derivedId("band-proposal", inForce.nth, String(aboveFen), actor, at.toISOString());
    const proposal = propose(inForce, { id, ...proposed, proposedAt: at });
    if ((await approvalBands.insertProposal(proposal)) === "waiting") {
      throw new DomainError(
        "band-proposal-waiting",
        "已有一项提议待确认，请先办结。Another proposal waits to be confirmed; close it first.",
      );
    }
    const { document } = proposal;
    const payload = { aboveFen: String(aboveFen), insteadOfFen: String(inForce.aboveFen), document };
    await journal.append({ type: "band-proposed", subject: id, actor, at, payload });
    return id;
  });
}

/**
 * Another person confirms, and batches that are drafted from now on are held to it; those drafted before
 * keep the number of checkers that they were drafted with.
 *
 * @throws DomainError band-proposal-not-found | band-proposal-not-open | maker-is-checker
 */
export function confirmBand(
  { transaction, clock }: BandDeps,
  { id, confirmedBy }: Readonly<{ id: string; confirmedBy: string }>,
): Promise<void> {
  return transaction(async ({ approvalBands, journal }) => {
    const at = clock.now();
    const proposal = await approvalBands.lockProposal(id);
    const confirmed = confirm(proposal, confirmedBy, at);
    if (confirmed === proposal) return;
    const inForce = await approvalBands.inForce();
    const { aboveFen, document } = confirmed;
    await approvalBands.saveProposal(confirmed);
    await approvalBands.insert({ aboveFen, document, actor: confirmedBy, at, proposalId: id });
    const amounts = { aboveFen: String(aboveFen), insteadOfFen: String(inForce.aboveFen) };
    const payload = { proposalId: id, ...amounts, document };
    await journal.append({ type: "band-changed", subject: `band_${inForce.nth + 1}`, actor: confirmedBy, at, payload });
  });
}

/** @throws DomainError band-proposal-not-found | band-proposal-not-open | bad-input */
export function dropBand(
  { transaction, clock }: BandDeps,
  { id, droppedBy, reason }: Readonly<{ id: string; droppedBy: string; reason: string }>,
): Promise<void> {
  return transaction(async ({ approvalBands, journal }) => {
    const at = clock.now();
    const dropped = drop(await approvalBands.lockProposal(id), droppedBy, reason, at);
    await approvalBands.saveProposal(dropped);
    const payload = { reason: reason.trim() };
    await journal.append({ type: "band-dropped", subject: id, actor: droppedBy, at, payload });
  });
}
