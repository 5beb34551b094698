import type { Bilingual } from "../kit/bilingual.ts";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { Offer } from "./benefit.ts";

export type ConfirmProps = Readonly<{
  context: PageContext;
  /** New for each showing: pressing the button twice is one confirmation. */
  requestKey: string;
  offers: readonly Offer[];
  account?: MaskedAccount | undefined;
  /** Ids ticked when the form came back with a problem; all when absent. */
  chosen?: readonly string[] | undefined;
  problem?: ConfirmProblem | undefined;
}>;

export type ConfirmProblem =
  | Readonly<{ code: "nothing-chosen" }>
  | Readonly<{ code: "account-missing" }>
  | Readonly<{ code: "form-expired" }>
  /** Changed by someone else or in another tab. */
  | Readonly<{ code: "changed-meanwhile" }>
  | Readonly<{
      code: "amount-changed";
      changes: readonly Readonly<{ id: string; seenFen: string; nowFen: string; because?: Bilingual | undefined }>[];
    }>
  /** Deadline passed or offer withdrawn; the titles are no longer among the offers. */
  | Readonly<{ code: "confirmation-closed" | "entitlement-not-open"; titles: readonly Bilingual[] }>;

/**
 * GET /offers, and the answer to a POST /confirm that was refused (422, 409).
 * Form: POST /confirm `chosen` (repeated: entitlement id) `seen.<id>` (fen shown) `requestKey _csrf`.
 */
export function confirmPage(_props: ConfirmProps): string {
  return "";
}
