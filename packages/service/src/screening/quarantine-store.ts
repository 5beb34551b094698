import type { DeliverySource } from "../facts/delivery-source.ts";
import type { Day } from "../kernel/day.ts";
import type { Said } from "./observation.ts";
import type { Quarantined } from "./quarantine.ts";
import type { Sample } from "./sample.ts";

/** Held deliveries as one transaction sees them. */
export type QuarantineStore = {
  find(sourceId: string, sha256: string, asOf: Day): Promise<Quarantined | undefined>;
  /** Locks the row until the transaction ends. @throws DomainError quarantine-not-found */
  get(id: string): Promise<Quarantined>;
  /** The file as it arrived. */
  bytesOf(id: string): Promise<Uint8Array>;
  hold(quarantined: Quarantined, bytes: Uint8Array): Promise<void>;
  save(quarantined: Quarantined): Promise<void>;
};

/** The complete delivery of a source that a new one is looked at beside. */
export type Predecessor = Readonly<{ deliveryId: string; rowsGood: number; rowsBad: number; sha256: string }>;

export type PredecessorStore = {
  latest(sourceId: string): Promise<Predecessor | undefined>;
  /** Whether these bytes were delivered at any time. */
  knows(sourceId: string, sha256: string): Promise<boolean>;
  /** What it said; for the register's own columns what the register says now. */
  said(source: DeliverySource, deliveryId: string, sample: Sample): Promise<Said[]>;
};
