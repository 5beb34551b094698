import type { ByteSource } from "../facts/byte-source.ts";
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
  /** The file as it arrived; to be read within the transaction. */
  bytesOf(id: string): Promise<ByteSource>;
  hold(quarantined: Quarantined, bytes: ByteSource): Promise<void>;
  save(quarantined: Quarantined): Promise<void>;
};

/** The complete delivery of a source that a new one is looked at beside. */
export type Predecessor = Readonly<{ deliveryId: string; rowsGood: number; rowsBad: number; sha256: string }>;

export type PredecessorStore = {
  latest(sourceId: string): Promise<Predecessor | undefined>;
  /** Whether these bytes were delivered at any time. */
  knows(sourceId: string, sha256: string): Promise<boolean>;
  /** How many firms it spoke of, or more than a sample needs to know. */
  firmCount(source: DeliverySource, deliveryId: string): Promise<number>;
  /**
   * What it said of those in a sample, some thousand statements at a time; for the register's own columns what the
   * register says now.
   */
  said(source: DeliverySource, deliveryId: string, sample: Sample): AsyncIterable<readonly Said[]>;
  /** The same of these firms. */
  saidOf(source: DeliverySource, deliveryId: string, firmCodes: readonly string[]): Promise<Said[]>;
};
