import type { Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { Reassessment } from "./reassessment.ts";

/** A paid award whose facts a delivery says otherwise. */
export type PaidAward = Readonly<{
  entitlementId: string;
  firmCode: string;
  policyVersionId: string;
  /** What it stands at: granted with its top-ups, less what upheld reviews and others have asked back. */
  paidFen: bigint;
  /** What was granted on it, whatever became of that since. */
  grantedFen: bigint;
  /** What its policy alone gave, where rules about other benefits or a short fund made it less. */
  askedFen?: bigint;
  /** The day about which it was decided, and the facts that it was decided with. */
  asOf: Day;
  facts: Profile;
}>;

export type ReassessmentStore = {
  /**
   * Paid awards decided about the day of this delivery or a later one, with a fact that it says
   * otherwise, or as before where a review of them is open or led to money; or where it is a complete
   * list that does not name the firm any more.
   */
  awardsTouchedBy(deliveryId: string): Promise<PaidAward[]>;
  /** Firms with an award that is offered or agreed to, and a fact of it that this delivery says otherwise. */
  openCasesTouchedBy(deliveryId: string): Promise<string[]>;
  /** Locks the row until the transaction ends. @throws DomainError reassessment-not-found */
  get(id: string): Promise<Reassessment>;
  /** The review that a person settled last. */
  lastClosedOf(entitlementId: string): Promise<Reassessment | undefined>;
  openOf(entitlementId: string): Promise<Reassessment | undefined>;
  insert(reassessment: Reassessment): Promise<void>;
  save(reassessment: Reassessment): Promise<void>;
};
