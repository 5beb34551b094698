import type { Dispute } from "./dispute.ts";

/** Disputes as one transaction sees them. */
export type DisputeStore = {
  /** Locks the row until the transaction ends. @throws DomainError dispute-not-found */
  get(id: string): Promise<Dispute>;
  openOf(firmCode: string, factId: string): Promise<Dispute | undefined>;
  /** How many this firm has raised about this fact so far. */
  countOf(firmCode: string, factId: string): Promise<number>;
  insert(dispute: Dispute): Promise<void>;
  save(dispute: Dispute): Promise<void>;
};
