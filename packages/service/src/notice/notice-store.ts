import type { Ground, NoticeKind, NoticeText } from "./notice.ts";

/** Writes what a firm is told, in the transaction of what it is told about. */
export type NoticeBoard = {
  /**
   * To the firm's inbox at once, and to its own system where it has named one; the next letter takes it
   * along. Posting the same id again changes nothing.
   */
  post(notice: Notice): Promise<void>;
};

/** What decisions against firms rest on. */
export type GroundsStore = {
  /** The requirements that were not met; none where the decision was not that of the rule. */
  of(decisionId: string): Promise<readonly Ground[]>;
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
