import type { Day } from "../kernel/day.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryStage } from "./delivery-stage.ts";
import type { PseudonymOf } from "./read-rows.ts";
import type { TakenBack } from "./relapse.ts";
import type { RowIssue } from "./row-issue.ts";
import type { DeliveredAccount, DeliveredFact, DeliveredFirm } from "./settle-firm.ts";

/** Deliveries and their facts as one transaction sees them. Nothing here is ever changed. */
export type DeliveryStore = {
  /** Makes other deliveries of this source wait for this transaction, and says when the last one arrived. */
  begin(sourceId: string): Promise<Date | undefined>;
  /** An earlier delivery of the same bytes; of that as-of day only, where one is given. */
  findSame(sourceId: string, sha256: string, asOf?: Day): Promise<Delivery | undefined>;
  /** By line, some thousand at a time. */
  issuesOf(deliveryId: string): AsyncIterable<readonly RowIssue[]>;
  /** As many as a report carries; absent `moreIssues`: that is all. */
  firstIssuesOf(deliveryId: string): Promise<Readonly<{ issues: readonly RowIssue[]; moreIssues?: number }>>;
  /** What this source has taken back after disputes. */
  takenBackBy(sourceId: string): Promise<TakenBack[]>;
  /** Whom a delivery spoke of. */
  firmsIn(deliveryId: string): Promise<string[]>;
  insert(delivery: Delivery, issues: readonly RowIssue[], facts: readonly DeliveredFact[]): Promise<void>;
  /** Where a large delivery waits for its end; only after `begin`. */
  openStage(delivery: Pick<Delivery, "id" | "sourceId" | "asOf" | "obtainedAt">): Promise<DeliveryStage>;
};

/** The register of firms, as far as deliveries feed it. */
export type Registry = {
  count(): Promise<number>;
  /** Credit code → name, of all firms. */
  names(): Promise<ReadonlyMap<string, string>>;
  /** The same of these; a code that is not registered is absent. */
  namesOf(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** By which code a natural person is known here. */
  pseudonymOf: PseudonymOf;
  /** Adds new firms and takes over changed names, regions and addresses. */
  upsertFirms(firms: readonly DeliveredFirm[]): Promise<void>;
  /**
   * Makes these the active accounts, and returns those that were not taken because the firm itself
   * named another one: a department does not know better than the owner.
   */
  takeAccounts(accounts: readonly DeliveredAccount[], sourceId: string, now: Date): Promise<DeliveredAccount[]>;
};
