import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type CallOutcome, closeCall, provedBy } from "./call.ts";
import type { CallStore } from "./call-store.ts";
import type { ProofStore } from "./proof-store.ts";

type Stores = Readonly<{ calls: CallStore; proofs: ProofStore; journal: Journal }>;
export type RecordCallDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** `attemptsSeen`: attempts on the page that was answered, so that a form sent twice is one attempt. */
export type CallWord = Readonly<{
  id: string;
  by: string;
  outcome: CallOutcome;
  note: string;
  attemptsSeen: number;
}>;

/**
 * The clerk says what came of trying to reach a firm. Reaching it proves that it knows of everything
 * it is offered, and takes it off the list; what could not be reached stays.
 * @throws DomainError call-not-found | call-not-open | changed-meanwhile
 */
export function recordCall(
  { transaction, clock }: RecordCallDeps,
  { id, by, outcome, note, attemptsSeen }: CallWord,
): Promise<void> {
  return transaction(async ({ calls, proofs, journal }) => {
    const call = await calls.get(id);
    const at = clock.now();
    const closed = closeCall(call, by, at);
    if (call.attempts !== attemptsSeen) {
      const sentence = "别人刚刚记过一次，请看过再记。Somebody has recorded an attempt meanwhile; look again.";
      throw new DomainError("changed-meanwhile", sentence, { id });
    }
    const attemptId = derivedId("call-attempt", id, call.attempts + 1);
    await calls.attempt({ id: attemptId, callId: id, outcome, note, actor: by, at });
    await journal.append({
      type: "call-recorded",
      subject: attemptId,
      actor: by,
      at,
      payload: { callId: id, outcome },
    });
    const proof = provedBy(outcome, at);
    if (!proof) return;
    await proofs.ofFirm(call.firmCode, { ...proof, evidence: attemptId });
    await calls.save(closed);
    await journal.append({ type: "call-closed", subject: id, actor: by, at, payload: { because: outcome } });
  });
}
