import type { Versioned } from "../entitlement/entitlement-store.ts";
import type { SetOff } from "./held-money.ts";
import type { Payment } from "./payment.ts";
import type { Standing } from "./recheck.ts";

/**
 * Payments as one transaction sees them. What it locks nobody else changes until it ends.
 * Everyone locks in one order, so that nobody waits in a circle: entitlements, their payments,
 * batches, budget lines.
 */
export type PaymentStore = {
  /** `already` = this attempt, or another live one, exists. */
  insert(payment: Payment): Promise<"inserted" | "already">;
  /** All attempts for these entitlements, first attempt first; their entitlements are locked before. */
  lockOf(entitlementIds: readonly string[]): Promise<Payment[]>;
  /** Entitlements with a payment that waits for a batch. */
  reservedFor(): Promise<string[]>;
  /** Entitlements of these payments; a payment's entitlement never changes. */
  entitlementsOf(endToEndIds: readonly string[]): Promise<string[]>;
  /** Everything that waits for a batch, in order of preparation. */
  lockReserved(): Promise<Payment[]>;
  lockBatch(batchId: string): Promise<Payment[]>;
  lockByEndToEndId(endToEndIds: readonly string[]): Promise<Payment[]>;
  /** Saves locked payments, all in one statement. */
  saveAll(changed: readonly Payment[]): Promise<void>;
  /** Policy title by payment id: what the firm will read on its statement. */
  purposesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
};

/** What is known of entitlements just before their money leaves. */
export type Standings = { of(entitlementIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> };

/** Lines that went on to the next year's. */
export type CarryOvers = {
  /** Ids of what is offered, agreed or waiting from this line. */
  openOn(line: string): Promise<string[]>;
  insert(carried: Readonly<{ from: string; to: string; document: string; actor: string; at: Date }>): Promise<void>;
};

/** Entitlements whose payment came to an end, many at once. */
export type OwedStore = {
  lock(ids: readonly string[]): Promise<ReadonlyMap<string, Versioned>>;
  /** What is kept back of a locked one for a debt of its firm. */
  setOffOf(id: string): Promise<SetOff>;
  /** Saves what `markPaid` and `markReturned` made of locked entitlements, all in one statement. */
  saveOutcomes(changed: readonly Versioned[]): Promise<void>;
};
