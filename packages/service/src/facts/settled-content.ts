import type { Day } from "../kernel/day.ts";
import type { Delivery } from "./delivery.ts";
import type { OnProgress } from "./delivery-file.ts";
import type { DeliverySource } from "./delivery-source.ts";
import type { TakenBack } from "./relapse.ts";
import type { RowIssue } from "./row-issue.ts";
import type { SettledFirm } from "./settle-firm.ts";

/** What some firms' rows say in the end. */
export type Said = Pick<SettledFirm, "facts" | "firms" | "accounts">;
export type OnSaid = (said: Said) => void | Promise<void>;

/** What a delivery says in the end, once its rows are seen together and beside the register. */
export type SettledContent = Readonly<{
  rowsGood: number;
  rowsBad: number;
  /** The first, by line. */
  issues: readonly RowIssue[];
  moreIssues?: number;
  /** Facts that it speaks of. */
  factIds: ReadonlySet<string>;
  hasAccounts: boolean;
  /** What it brings to the register of firms, some thousand firms at a time. */
  forRegister(): AsyncIterable<Pick<SettledFirm, "firms" | "accounts">>;
  /** Writes the delivery with its facts and issues. */
  takeOver(delivery: Delivery, further: readonly RowIssue[]): Promise<void>;
  /**
   * Takes back what of it is written already, where it is not taken over; before the transaction writes
   * anything else. Facts that nobody takes over or gives up let no transaction end well.
   */
  giveUp(): Promise<void>;
}>;

/** What settling needs beside the rows. */
export type Settling = Readonly<{
  source: DeliverySource;
  asOf: Day;
  /** The delivery claims to hold everything that the department knows. */
  isComplete: boolean;
  /** What this source has taken back after disputes. */
  takenBack: readonly TakenBack[];
  /** It is only looked at, and never taken over. */
  isLook: boolean;
  onSaid: OnSaid;
  onProgress: OnProgress | undefined;
}>;
