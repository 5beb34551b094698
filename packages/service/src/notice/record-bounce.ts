import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { ChannelName } from "./channel.ts";
import { type DeliverStores, tryAnotherWay } from "./deliver-dispatches.ts";

export type BounceDeps = Readonly<{
  transaction: Transaction<DeliverStores>;
  clock: Clock;
  /** The channels that are open here. */
  channels: ReadonlySet<ChannelName>;
}>;

/** What came back: of which mail, and what the other server said. */
export type Bounce = Readonly<{ dispatchId: string; reason: string }>;

/**
 * A mail that a server took has come back. It proves nothing any more, and the letter goes by the next
 * way. Saying it twice changes nothing.
 * @returns whether there was such a mail, and it was thought to be delivered
 */
export function recordBounce(
  { transaction, clock, channels }: BounceDeps,
  { dispatchId, reason }: Bounce,
): Promise<boolean> {
  return transaction(async (stores) => {
    const at = clock.now();
    const dispatch = await stores.dispatches.bounced(dispatchId, reason.slice(0, 500) || "no reason was given", at);
    if (!dispatch) return false;
    await stores.proofs.withdraw(dispatchId, at);
    const payload = { channel: dispatch.channel };
    await stores.journal.append({ type: "notice-bounced", subject: dispatchId, actor: "system:notices", at, payload });
    if (dispatch.letterId !== undefined) await tryAnotherWay(stores, dispatch, dispatch.letterId, channels, at);
    return true;
  });
}
