import type { NoticeKind, NoticeText } from "./notice.ts";

/** Writes what a firm is told, in the transaction of what it is told about. */
export type NoticeBoard = {
  /** To the firm's inbox, and by e-mail where an address is known. Posting the same id again changes nothing. */
  post(notice: Notice): Promise<void>;
};

export type Notice = NoticeText &
  Readonly<{
    id: string;
    firmCode: string;
    kind: NoticeKind;
    /** The benefits that it is about. */
    entitlementIds?: readonly string[];
    at: Date;
  }>;

export type QueuedMail = Readonly<{
  id: string;
  firmCode: string;
  messageId: string;
  recipient: string;
  subject: string;
  body: string;
  attempts: number;
}>;

/** Mail waiting to be sent. */
export type MailQueue = {
  /** Takes due mail for one sender until `leaseUntil`; nobody else gets it meanwhile. */
  claim(now: Date, leaseUntil: Date, limit: number): Promise<readonly QueuedMail[]>;
  markSent(id: string, attempts: number, at: Date): Promise<void>;
  /** Puts it back for `nextAttemptAt`, or gives up when there is none. */
  markFailed(id: string, attempts: number, error: string, nextAttemptAt: Date | undefined): Promise<void>;
};

/** Hands one message to a mail server. Rejects when the server did not take it. */
export type Mailer = { send(mail: QueuedMail): Promise<void> };
