import type { AwardParts } from "../entitlement/award-part.ts";
import { withdraw } from "../entitlement/entitlement.ts";
import type { Versioned } from "../entitlement/entitlement-store.ts";
import { dayOf } from "../kernel/day.ts";
import type { StoresOf, Transaction } from "../kernel/transaction.ts";
import { recordVoid } from "./draft-batch.ts";
import { isLive } from "./payment.ts";
import { type PrepareDeps, preparePayment } from "./prepare-payment.ts";
import { withdrawUnpaid } from "./withdraw-unpaid.ts";

type Stores = StoresOf<PrepareDeps> & Readonly<{ awardParts: Pick<AwardParts, "dueWithoutPayment" | "laterThan"> }>;
export type PartsDeps = Readonly<{ transaction: Transaction<Stores>; clock: PrepareDeps["clock"] }>;

/**
 * Prepares the payment of every part whose day has come. What is known then decides: a part whose firm
 * does not qualify any more falls away, with the parts after it.
 *
 * @returns how many were prepared
 */
export async function prepareDueParts(deps: PartsDeps): Promise<number> {
  const today = dayOf(deps.clock.now());
  const due = await deps.transaction(({ awardParts }) => awardParts.dueWithoutPayment(today));
  let prepared = 0;
  for (const entitlementId of due) {
    if ((await preparePayment(deps, { entitlementId })) === "prepared") prepared += 1;
  }
  return prepared;
}

/**
 * A part fell away, so those after it do (停止后续拨付): their money is free again. What was paid stays
 * paid; whether it has to come back is a review's to say.
 *
 * @returns how many were stopped
 */
export function stopLaterParts({ transaction, clock }: PartsDeps, entitlementId: string): Promise<number> {
  return transaction(async (stores) => {
    const { entitlements, owed, awardParts } = stores;
    const ids = await awardParts.laterThan(entitlementId);
    if (ids.length === 0 || (await entitlements.get(entitlementId)).entitlement.status !== "withdrawn") return 0;
    const found = await owed.lock(ids);
    let stopped = 0;
    for (const id of ids) {
      const later = found.get(id);
      if (later && (await stopOne(stores, later, clock.now()))) stopped += 1;
    }
    return stopped;
  });
}

async function stopOne(stores: Stores, found: Versioned, at: Date): Promise<boolean> {
  const { entitlement, rowVersion } = found;
  const { id: subject, status, decisionId } = entitlement;
  const payload = { decisionId, reason: EARLIER_PART_FELL_AWAY };
  if (status === "waitlisted") {
    await stores.entitlements.save(withdraw(entitlement, payload.reason, at), rowVersion);
    await stores.journal.append({ type: "entitlement-withdrawn", subject, actor: "system:payment", at, payload });
    return true;
  }
  if (status !== "confirmed") return false;
  // One that is in a batch or at the bank cannot be voided: the step fails, and comes again until the bank has answered.
  for (const payment of (await stores.payments.lockOf([subject])).filter(isLive)) {
    await recordVoid(stores, payment, payload.reason, at);
  }
  await withdrawUnpaid(stores, found, payload, at);
  return true;
}

const EARLIER_PART_FELL_AWAY = "an earlier part fell away";
