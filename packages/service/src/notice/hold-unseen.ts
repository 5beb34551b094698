import { extend } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { closeCall } from "./call.ts";
import type { CallStore } from "./call-store.ts";
import { lookAhead, standingOf } from "./proof.ts";
import type { ProofStore } from "./proof-store.ts";
import { visitOffers } from "./visit-offers.ts";

type Stores = Readonly<{ entitlements: EntitlementStore; proofs: ProofStore; calls: CallStore; journal: Journal }>;
export type HoldDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

const ACTOR = "system:lapse";

/**
 * Before anything lapses: an offer whose firm came to know late gets its days, one that nobody is known
 * to have seen is held, and its firm is put on the list of those whom a person calls.
 */
export async function holdUnseen(deps: HoldDeps): Promise<Readonly<{ extended: number; called: number }>> {
  let called = 0;
  await closeNeedless(deps);
  const extended = await visitOffers(
    deps,
    lookAhead,
    () => true,
    async (stores: Stores, offer, now) => {
      const { id, offeredAt, firmCode } = offer.entitlement;
      const standing = standingOf(offer.entitlement, await stores.proofs.firstOf(id, offeredAt), now);
      if (standing.kind === "proved" || standing.kind === "waiting") return false;
      if (standing.kind === "unseen") called += (await putOnList(stores, firmCode, now)) ? 1 : 0;
      return standing.confirmBefore !== undefined && giveTime(stores, offer, standing.confirmBefore, now);
    },
  );
  return { extended, called };
}

async function putOnList({ calls, journal }: Stores, firmCode: string, at: Date): Promise<boolean> {
  const call = await calls.open(firmCode, "unproved", at);
  if (!call) return false;
  await journal.append({ type: "call-opened", subject: call.id, actor: ACTOR, at, payload: { reason: call.reason } });
  return true;
}

async function giveTime(
  { entitlements, journal }: Stores,
  { entitlement, rowVersion }: Versioned,
  confirmBefore: Date,
  at: Date,
): Promise<boolean> {
  const extended = extend(entitlement, confirmBefore);
  if (extended === entitlement) return false;
  // The reminders of the new deadline are still to come.
  await entitlements.save({ ...extended, remindersSent: 0 }, rowVersion);
  const payload = { confirmBefore: confirmBefore.toISOString(), was: entitlement.confirmBefore.toISOString() };
  await journal.append({ type: "entitlement-extended", subject: entitlement.id, actor: ACTOR, at, payload });
  return true;
}

/** Who has read its messages or seen its offers need not be called any more. */
function closeNeedless({ transaction, clock }: HoldDeps): Promise<void> {
  return transaction(async ({ calls, journal }) => {
    const at = clock.now();
    for (const call of await calls.listNeedless()) {
      await calls.save(closeCall(call, ACTOR, at));
      await journal.append({
        type: "call-closed",
        subject: call.id,
        actor: ACTOR,
        at,
        payload: { because: "the firm has seen it" },
      });
    }
  });
}
