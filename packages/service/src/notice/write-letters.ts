import type { Clock } from "../kernel/clock.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CallStore } from "./call-store.ts";
import { type ChannelName, nextChannel } from "./channel.ts";
import { writeLetter } from "./letter.ts";
import type { DispatchStore, LetterStore } from "./letter-store.ts";
import { isQuiet } from "./send-hours.ts";
import { needsPerson, topicOf } from "./topic.ts";

type Stores = Readonly<{ letters: LetterStore; dispatches: DispatchStore; calls: CallStore; journal: Journal }>;
export type WriteLettersDeps = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  /** The channels that are open here. */
  channels: ReadonlySet<ChannelName>;
}>;

const PAGE = 200;

/**
 * Gathers what each firm is to be told into its letter of the day, outside quiet hours. What comes after
 * it waits until tomorrow, whoever posts it: the day's letter is one row with a unique key.
 * @returns number of letters
 */
export async function writeLetters({ transaction, clock, channels }: WriteLettersDeps): Promise<number> {
  const now = clock.now();
  if (isQuiet(now) || !(channels.has("email") || channels.has("sms"))) return 0;
  const day = dayOf(now);
  let written = 0;
  for (;;) {
    const firms = await transaction(({ letters }) => letters.firmsWaiting(day, PAGE));
    for (const firm of firms) {
      const isWritten = await transaction((stores) => writeOne(stores, firm, day, channels, now));
      if (isWritten) written += 1;
    }
    if (firms.length < PAGE) return written;
  }
}

async function writeOne(
  { letters, dispatches, calls, journal }: Stores,
  firmCode: string,
  day: Day,
  channels: ReadonlySet<ChannelName>,
  at: Date,
): Promise<boolean> {
  const { setting, ...contact } = await letters.contactOf(firmCode);
  const waiting = await letters.waitingOf(firmCode);
  const muted: ReadonlySet<string> = new Set(setting.muted);
  const parts = waiting.filter(({ kind }) => !muted.has(topicOf(kind)));
  await letters.leaveInInbox(waiting.filter((part) => !parts.includes(part)).map(({ id }) => id));
  if (parts.length === 0) return false;
  const way = nextChannel(contact, channels, new Set());
  const letterId = await letters.write({ firmCode, day, noticeIds: parts.map(({ id }) => id), at });
  if (letterId === undefined) return false;
  if (way) {
    await dispatches.queue({ letterId, firmCode, ...way, ...writeLetter(parts, setting.language, way.channel), at });
    return true;
  }
  await letters.settle(letterId, "undeliverable");
  if (
    needsPerson(
      parts.map(({ kind }) => kind),
      false,
    )
  )
    await putOnCallList({ calls, journal }, firmCode, at);
  return true;
}

/** No channel reaches the firm: a person has to. */
export async function putOnCallList(
  { calls, journal }: Pick<Stores, "calls" | "journal">,
  firmCode: string,
  at: Date,
): Promise<void> {
  const call = await calls.open(firmCode, "undeliverable", at);
  if (!call) return;
  const payload = { reason: call.reason };
  await journal.append({ type: "call-opened", subject: call.id, actor: "system:notices", at, payload });
}
