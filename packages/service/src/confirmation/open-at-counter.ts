import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type AtCounter, counterDigest } from "./consent.ts";

type Stores = Readonly<{ journal: Journal }>;
export type OpenAtCounterDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

type Opening = Readonly<{
  firmCode: string;
  /** Account id. */
  clerk: string;
  /** With which the form that is shown now will confirm. */
  requestKey: string;
  counter: AtCounter;
}>;

/** A clerk looks into a firm's offers for somebody who stands there: that is written down before anything is shown. */
export function openAtCounter(
  { transaction, clock }: OpenAtCounterDeps,
  { firmCode, clerk, requestKey, counter }: Opening,
): Promise<void> {
  return transaction(({ journal }) =>
    journal.append({
      type: "counter-opened",
      subject: firmCode,
      actor: clerk,
      at: clock.now(),
      payload: { requestKey, sha256: counterDigest(firmCode, counter) },
    }),
  );
}
