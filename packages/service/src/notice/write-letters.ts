import type { Clock } from "../kernel/clock.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CallStore } from "./call-store.ts";
import { type ChannelName, nextChannel } from "./channel.ts";
import { type LetterPart, writeLetter } from "./letter.ts";
import type { Contact, DispatchStore, LetterDispatch, LetterStore } from "./letter-store.ts";
import { defaultSetting } from "./notice-setting.ts";
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
    written += await transaction((stores) => writePage(stores, firms, day, channels, now));
    if (firms.length < PAGE) return written;
  }
}

/** Many firms by a handful of statements: a night of offers has tens of thousands. */
async function writePage(
  { letters, dispatches, calls, journal }: Stores,
  firms: readonly string[],
  day: Day,
  channels: ReadonlySet<ChannelName>,
  at: Date,
): Promise<number> {
  const waiting = await letters.waitingOf(firms);
  const contacts = await letters.contactsOf(firms);
  const wanted = firms.map((firmCode) => planned(waiting.get(firmCode) ?? [], contacts.get(firmCode), firmCode));
  await letters.leaveInInbox(wanted.flatMap(({ leftOut }) => leftOut.map(({ id }) => id)));
  const plans = wanted.filter(({ parts }) => parts.length > 0);
  const written = await letters.write(
    plans.map(({ firmCode, parts }) => ({ firmCode, day, noticeIds: parts.map(({ id }) => id), at })),
  );
  const queued: LetterDispatch[] = [];
  const nowhere: string[] = [];
  for (const { firmCode, parts, contact } of plans) {
    const letterId = written.get(firmCode);
    if (letterId === undefined) continue;
    const way = nextChannel(contact, channels, new Set());
    if (way) {
      const text = writeLetter(parts, contact.setting.language, way.channel);
      queued.push({ letterId, firmCode, ...way, ...text, at });
      continue;
    }
    nowhere.push(letterId);
    const kinds = parts.map(({ kind }) => kind);
    if (needsPerson(kinds, false)) await putOnCallList({ calls, journal }, firmCode, at);
  }
  await dispatches.queue(queued);
  await letters.settle(nowhere, "undeliverable");
  return written.size;
}

/** What goes into a firm's letter, and what its inbox keeps because it wants no letter about it. */
function planned(waiting: readonly LetterPart[], contact: Contact = { setting: defaultSetting }, firmCode = "") {
  const muted: ReadonlySet<string> = new Set(contact.setting.muted);
  const parts = waiting.filter(({ kind }) => !muted.has(topicOf(kind)));
  return { firmCode, contact, parts, leftOut: waiting.filter((part) => !parts.includes(part)) };
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
