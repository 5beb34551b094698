import type { PageContext } from "../kit/page-context.ts";
import type { Offer } from "./benefit.ts";

export type DeclineProps = Readonly<{
  context: PageContext;
  requestKey: string;
  /** The offers that may be declined; `chosen` ones are ticked. */
  offers: readonly Pick<Offer, "id" | "title" | "amountFen" | "confirmBefore">[];
  chosen: readonly string[];
  reason?: string | undefined;
  note?: string | undefined;
  problem?: "nothing-chosen" | "reason-missing" | "confirmation-closed" | "form-expired" | undefined;
}>;

/** Values of the field `reason`; a free `note` may follow. */
export const declineReasons = ["not-now", "cannot-meet-obligations", "data-wrong", "other"] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** GET /offers/decline?id=… Form: POST /decline `chosen` (repeated) `reason note requestKey _csrf`. */
export function declinePage(_props: DeclineProps): string {
  return "";
}
