import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CallStore } from "./call-store.ts";

type Stores = Readonly<{ calls: CallStore; journal: Journal }>;
export type AskForCallDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/**
 * An official does not wait for the days before the end: a firm that nothing proves to know of its offers is
 * called now. One that stands on the list already stays there once.
 */
export function askForCall(
  { transaction, clock }: AskForCallDeps,
  { firmCode, by }: Readonly<{ firmCode: string; by: string }>,
): Promise<void> {
  return transaction(async ({ calls, journal }) => {
    const at = clock.now();
    const call = await calls.open(firmCode, "unproved", at);
    if (!call) return;
    const payload = { reason: call.reason };
    await journal.append({ type: "call-opened", subject: call.id, actor: by, at, payload });
  });
}
