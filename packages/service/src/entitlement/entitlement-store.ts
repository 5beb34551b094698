import type { Entitlement, EntitlementStatus } from "./entitlement.ts";

/** Entitlements as one transaction sees them. */
export type EntitlementStore = {
  /** With its row version, which `save` wants back. @throws DomainError entitlement-not-found */
  get(id: string): Promise<Versioned>;
  find(firmCode: string, policyId: string, period: string): Promise<Versioned | undefined>;
  listOfFirm(firmCode: string): Promise<Versioned[]>;
  listOfFirms(firmCodes: readonly string[]): Promise<Versioned[]>;
  listByStatus(status: EntitlementStatus, limit?: number): Promise<Versioned[]>;
  /** Offers whose time to answer is over before an instant. */
  listOfferedEndingBefore(instant: Date): Promise<Versioned[]>;
  insert(entitlement: Entitlement): Promise<void>;
  /** @throws DomainError changed-meanwhile when someone else saved first */
  save(changed: Entitlement, rowVersion: number): Promise<void>;
};

export type Versioned = Readonly<{ entitlement: Entitlement; rowVersion: number }>;
