import type { Day } from "../kernel/day.ts";
import type { ChannelName, LetterChannel, OutgoingMessage } from "./channel.ts";
import type { LetterPart } from "./letter.ts";
import type { NoticeKind } from "./notice.ts";
import type { NoticeSetting } from "./notice-setting.ts";

/** Letters, at most one a day and firm. */
export type LetterStore = {
  /** Firms with something to be told that have had no letter on this day. */
  firmsWaiting(day: Day, limit: number): Promise<readonly string[]>;
  waitingOf(firmCode: string): Promise<readonly LetterPart[]>;
  /** Not told by letter, because the firm wants none about it: the inbox has it. */
  leaveInInbox(noticeIds: readonly string[]): Promise<void>;
  /** With its notices; `undefined` when the firm has had its letter of the day. */
  write(letter: NewLetter): Promise<string | undefined>;
  parts(letterId: string): Promise<readonly LetterPart[]>;
  settle(letterId: string, status: "sending" | "delivered" | "undeliverable"): Promise<void>;
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
  queue(dispatch: LetterDispatch): Promise<void>;
  /** Takes what is due on these channels for one sender until `leaseUntil`; nobody else gets it meanwhile. */
  claim(channels: readonly ChannelName[], now: Date, leaseUntil: Date, limit: number): Promise<readonly Dispatch[]>;
  /** Logs an attempt and moves the message on: sent, to be tried again at an instant, or given up. */
  record(
    id: string,
    attempt: Attempt,
    next: Readonly<{ status: "sent" | "dead" }> | Readonly<{ retryAt: Date }>,
  ): Promise<void>;
  /** A message that was sent has come back; `undefined` when it was not sent, or is known to have. */
  bounced(id: string, error: string, at: Date): Promise<Dispatch | undefined>;
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

export type Attempt = Readonly<{ nth: number; at: Date }> &
  (Readonly<{ result: "taken" }> | Readonly<{ result: "failed" | "refused"; error: string }>);
