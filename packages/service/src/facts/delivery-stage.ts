import type { Delivery } from "./delivery.ts";
import type { ReadRows } from "./read-rows.ts";
import type { RowIssue } from "./row-issue.ts";
import type { BesideRows, DeliveredFact, FirmRows } from "./settle-firm.ts";

/** Everything about one firm that a staged delivery holds. */
export type StagedFirm = Readonly<{ rows: FirmRows; beside: BesideRows }>;

/**
 * Where a delivery that is too large for memory waits while it is settled: in tables of its source's
 * own. Deliveries of one source wait for each other, so that nobody else fills them; what a crash leaves
 * there the next one replaces.
 */
export type DeliveryStage = Readonly<{
  /** In the order of the file. */
  addRows(read: Pick<ReadRows, "rows" | "refused">): Promise<void>;
  /** All that was added, by firm, each firm once; may be read again. */
  firms(): AsyncIterable<readonly StagedFirm[]>;
  /** Registered firms of whom no row speaks. A row that cannot be read may be about whoever has its code or its name. */
  absent(): AsyncIterable<readonly string[]>;
  /** Writes them as facts of the delivery, which may go on while the next ones are made. */
  addFacts(facts: readonly DeliveredFact[]): Promise<void>;
  addIssues(issues: readonly RowIssue[]): Promise<void>;
  /** Writes the delivery itself, with the issues that were added. */
  takeOver(delivery: Delivery): Promise<void>;
  /** Takes back the facts, where the delivery is not taken over; before the transaction writes anything else. */
  giveUp(): Promise<void>;
  /** Forgets everything; to be called before the transaction ends well. */
  drop(): Promise<void>;
  /** Gives up what is open, when the transaction fails. */
  abandon(): Promise<void>;
}>;
