import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type Recovery, stateView } from "./recovery.ts";
import type { RecoveryStore } from "./recovery-store.ts";

export type HearFirmStores = Readonly<{ recoveries: RecoveryStore; journal: Journal }>;
export type HearFirmDeps = Readonly<{ transaction: Transaction<HearFirmStores>; clock: Clock }>;

/**
 * Takes down what the firm has to say (陈述申辩), also late, as long as nothing is decided.
 * @throws DomainError recovery-not-found, also for another firm's | recovery-not-open | bad-input
 */
export function hearFirm(
  { transaction, clock }: HearFirmDeps,
  { id, firmCode, by, text }: Readonly<{ id: string; firmCode: string; by: string; text: string }>,
): Promise<Recovery> {
  return transaction(async ({ recoveries, journal }) => {
    const current = await recoveries.get(id);
    if (current.firmCode !== firmCode) {
      throw new DomainError("recovery-not-found", "没有这件追缴。No such recovery.", { id });
    }
    const at = clock.now();
    const stated = stateView(current, text, by, at);
    await recoveries.save(stated);
    // The words stay in the row; the journal holds what proves them.
    const payload = { statementSha256: sha256(stated.statement?.text ?? "") };
    await journal.append({ type: "recovery-stated", subject: id, actor: by, at, payload });
    return stated;
  });
}
