import type { Clock } from "../kernel/clock.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CallStore } from "./call-store.ts";
import { type Channel, type ChannelName, nextChannel, Refused } from "./channel.ts";
import { writeLetter } from "./letter.ts";
import type { Dispatch, DispatchStore, LetterStore } from "./letter-store.ts";
import type { ProofStore } from "./proof-store.ts";
import { isQuiet } from "./send-hours.ts";
import { needsPerson } from "./topic.ts";
import { putOnCallList } from "./write-letters.ts";

export type DeliverStores = Readonly<{
  letters: LetterStore;
  dispatches: DispatchStore;
  proofs: ProofStore;
  calls: CallStore;
  journal: Journal;
}>;
export type DeliverDeps = Readonly<{
  transaction: Transaction<DeliverStores>;
  clock: Clock;
  channels: readonly Channel[];
}>;

const LEASE_MINUTES = 10;
const MAX_ATTEMPTS = 8;
const CONCURRENCY = 10;
const ACTOR = "system:notices";

/**
 * Sends what is due. A crash after the other side took a message and before that was written down sends
 * it once more under the same id, which the receiver folds into one; it is never lost. What a channel
 * does not take goes by the next one, and in the end to the people who call.
 * @returns number of messages sent
 */
export async function deliverDispatches({ transaction, clock, channels }: DeliverDeps): Promise<number> {
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const open = new Set(byName.keys());
  let sent = 0;
  for (;;) {
    const now = clock.now();
    // Machines have no night.
    const names = [...open].filter((name) => name === "webhook" || !isQuiet(now));
    const lease = minutesLater(now, LEASE_MINUTES);
    const batch = await transaction(({ dispatches }) => dispatches.claim(names, now, lease, 100));
    if (batch.length === 0) return sent;
    for (let start = 0; start < batch.length; start += CONCURRENCY) {
      const part = batch.slice(start, start + CONCURRENCY);
      const outcomes = await Promise.all(part.map((dispatch) => attempt(byName.get(dispatch.channel), dispatch, now)));
      sent += outcomes.filter(({ error }) => error === undefined).length;
      await transaction(async (stores) => {
        const at = clock.now();
        const isTaken = ({ error }: Outcome) => error === undefined;
        await delivered(
          stores,
          outcomes.filter(isTaken).map(({ dispatch }) => dispatch),
          at,
          new Set(channels.filter(({ isReported }) => isReported).map(({ name }) => name)),
        );
        for (const outcome of outcomes.filter((each) => !isTaken(each))) await failed(stores, outcome, open, at);
      });
    }
  }
}

type Outcome = Readonly<{ dispatch: Dispatch; error?: string; isFinal?: boolean }>;

async function attempt(channel: Channel | undefined, dispatch: Dispatch, at: Date): Promise<Outcome> {
  try {
    await channel?.send({ ...dispatch, at });
    return { dispatch };
  } catch (cause) {
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, 500) || "no reason was given";
    return { dispatch, error, isFinal: cause instanceof Refused };
  }
}

async function delivered(
  { letters, dispatches, proofs, journal }: DeliverStores,
  taken: readonly Dispatch[],
  at: Date,
  reported: ReadonlySet<ChannelName>,
): Promise<void> {
  await dispatches.sent(
    taken.map(({ id }) => id),
    at,
  );
  // What is reported later proves something only then.
  const arrived = taken.filter(({ channel }) => !reported.has(channel));
  await letters.settle(
    arrived.flatMap(({ letterId }) => letterId ?? []),
    "delivered",
  );
  await proofs.ofDispatches(
    arrived.map(({ id }) => id),
    at,
  );
  for (const { id: subject, channel, attempts } of taken) {
    const payload = { channel, attempts: attempts + 1 };
    await journal.append({ type: "notice-delivered", subject, actor: ACTOR, at, payload });
  }
}

async function failed(
  stores: DeliverStores,
  { dispatch, error = "", isFinal = false }: Outcome,
  open: ReadonlySet<ChannelName>,
  at: Date,
): Promise<void> {
  const { id, channel, letterId } = dispatch;
  const nth = dispatch.attempts + 1;
  const isOver = isFinal || nth >= MAX_ATTEMPTS;
  const attempted = { nth, at, result: isFinal ? "refused" : "failed", error } as const;
  await stores.dispatches.failed(id, attempted, isOver ? undefined : minutesLater(at, 2 ** nth));
  if (!isOver) return;
  const payload = { channel, attempts: nth };
  await stores.journal.append({ type: "notice-undeliverable", subject: id, actor: ACTOR, at, payload });
  if (letterId !== undefined) await tryAnotherWay(stores, dispatch, letterId, open, at);
}

/** By the next channel that the letter has not gone by, or by a person. */
export async function tryAnotherWay(
  { letters, dispatches, calls, journal }: DeliverStores,
  { firmCode, notices }: Dispatch,
  letterId: string,
  open: ReadonlySet<ChannelName>,
  at: Date,
): Promise<void> {
  const { setting, ...contact } = await letters.contactOf(firmCode);
  const way = nextChannel(contact, open, await dispatches.channelsTried(letterId));
  if (way) {
    await letters.settle([letterId], "sending");
    const text = writeLetter(await letters.parts(letterId), setting.language, way.channel);
    return dispatches.queue([{ letterId, firmCode, ...way, ...text, at }]);
  }
  await letters.settle([letterId], "undeliverable");
  if (
    needsPerson(
      notices.map(({ kind }) => kind),
      true,
    )
  )
    await putOnCallList({ calls, journal }, firmCode, at);
}

function minutesLater(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}
