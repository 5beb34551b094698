import type { Grievance } from "./grievance.ts";
import type { Rating, RatingChannel } from "./rating.ts";

/** Ratings as one transaction sees them. */
export type RatingStore = {
  /** Locks the case until the transaction ends, so that two colleagues rate one after the other. */
  find(entitlementId: string, channel: RatingChannel): Promise<Rating | undefined>;
  insert(rating: Rating): Promise<void>;
  save(rating: Rating): Promise<void>;
};

/** Grievances as one transaction sees them. */
export type GrievanceStore = {
  /** Locks the row until the transaction ends. @throws DomainError grievance-not-found */
  get(id: string): Promise<Grievance>;
  openOf(raiser: Raiser, about: string): Promise<Grievance | undefined>;
  /** How many there have been about this so far. */
  countOf(raiser: Raiser, about: string): Promise<number>;
  /** `false` where somebody else has just raised the same. */
  insert(grievance: Grievance): Promise<boolean>;
  save(grievance: Grievance): Promise<void>;
  /** Whether an entry is on the public list. */
  isPublished(disclosureId: string): Promise<boolean>;
};

/** A firm's people raise what they raise as one; an official for himself. */
export type Raiser = Readonly<{ firmCode?: string; by: string }>;
