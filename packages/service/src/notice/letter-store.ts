import type { Day } from "../kernel/day.ts";
import type { ChannelName, LetterChannel, OutgoingMessage } from "./channel.ts";
import type { LetterPart } from "./letter.ts";
import type { NoticeKind } from "./notice.ts";
import type { NoticeSetting } from "./notice-setting.ts";

/** Letters, at most one a day and firm. */
export type LetterStore = {
  /** Firms with something to be told that have had no letter on this day. */
  firmsWaiting(day: Day, limit: number): Promise<readonly string[]>;
  /** By firm. */
  waitingOf(firmCodes: readonly string[]): Promise<ReadonlyMap<string, readonly LetterPart[]>>;
  /** Not told by letter, because the firm wants none about it: the inbox has it. */
  leaveInInbox(noticeIds: readonly string[]): Promise<void>;
  /** With their notices. @returns firm → letter, without firms that have had their letter of the day meanwhile */
  write(letters: readonly NewLetter[]): Promise<ReadonlyMap<string, string>>;
  parts(letterId: string): Promise<readonly LetterPart[]>;
  settle(letterIds: readonly string[], status: "sending" | "delivered" | "undeliverable"): Promise<void>;
  contactsOf(firmCodes: readonly string[]): Promise<ReadonlyMap<string, Contact>>;
  /** What the registers say, whatever the firm itself has named. */
  registeredContactOf(firmCode: string): Promise<Contact | undefined>;
  contactOf(firmCode: string): Promise<Contact>;
};

export type NewLetter = Readonly<{
  firmCode: string;
  day: Day;
  noticeIds: readonly string[];
  at: Date;
}>;

export type Contact = Readonly<{ email?: string; phone?: string; setting: NoticeSetting }>;

/** Messages by channel, waiting to be sent. */
export type DispatchStore = {
  queue(dispatches: readonly LetterDispatch[]): Promise<void>;
  /** Takes what is due on these channels for one sender until `leaseUntil`; nobody else gets it meanwhile. */
  claim(channels: readonly ChannelName[], now: Date, leaseUntil: Date, limit: number): Promise<readonly Dispatch[]>;
  /** Logs that these were taken. */
  sent(ids: readonly string[], at: Date): Promise<void>;
  /** Logs that one was not: it is tried again at an instant, or given up. */
  failed(id: string, attempt: FailedAttempt, retryAt: Date | undefined): Promise<void>;
  /** A message that was sent has come back; `undefined` when it was not sent, or is known to have. */
  bounced(id: string, error: string, at: Date): Promise<Dispatch | undefined>;
  /** A message of this channel that was taken and not known to have failed; locks it. */
  takenBy(channel: ChannelName, id: string): Promise<Readonly<{ letterId?: string }> | undefined>;
  /** Whether we ever handed over a message with this id on this channel. */
  isOurs(channel: ChannelName, id: string): Promise<boolean>;
  channelsTried(letterId: string): Promise<ReadonlySet<ChannelName>>;
};

export type LetterDispatch = Readonly<{
  letterId: string;
  firmCode: string;
  channel: LetterChannel;
  recipient: string;
  subject: string;
  body: string;
  at: Date;
}>;

export type Dispatch = Omit<OutgoingMessage, "at"> &
  Readonly<{
    channel: ChannelName;
    firmCode: string;
    letterId?: string;
    notices: readonly Readonly<{ id: string; kind: NoticeKind }>[];
    attempts: number;
  }>;

export type FailedAttempt = Readonly<{ nth: number; at: Date; result: "failed" | "refused"; error: string }>;
