/** Where one benefit of one firm stands. */
export type EntitlementStatus =
  | "offered"
  | "confirmed"
  | "waitlisted"
  | "declined"
  | "lapsed"
  | "withdrawn"
  | "paid"
  | "received";

export type PaymentStatus =
  | "reserved"
  | "batched"
  | "submitted"
  | "accepted"
  | "settled"
  | "rejected"
  | "returned"
  | "voided";

export type BatchStatus = "drafted" | "approved" | "sending" | "sent" | "closed" | "cancelled";

export type Outcome = "eligible" | "ineligible" | "undetermined";
