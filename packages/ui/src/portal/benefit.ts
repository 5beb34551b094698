import type { Bilingual } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import type { EntitlementStatus, PaymentStatus } from "../kit/status.ts";

/** A benefit on offer, with the reasons. */
export type Offer = Readonly<{
  /** Entitlement id. */
  id: string;
  policyId: string;
  policyVersion: number;
  title: Bilingual;
  /** Decimal fen as text. */
  amountFen: string;
  /** ISO instant; the deadline itself is already too late. */
  confirmBefore: string;
  conditions: readonly ConditionLine[];
  /** How the amount came about, one sentence. */
  calculation?: Bilingual | undefined;
  /** Published document it rests on. */
  document?: string | undefined;
  /** In what time its policy promises the money, or has to give it; absent: it says nothing. */
  payWithin?: PayWithin | undefined;
  /** Where and when it arrives, where that is more than one sum to the firm's account. */
  arrival?: readonly Bilingual[] | undefined;
  /** Where policies say something about this benefit beside others. */
  beside?: OfferBeside | undefined;
}>;

/** What the office promises (承诺时限), or else what law or policy sets (法定时限); the clause that says so. */
export type PayWithin = Readonly<{ kind: "promised" | "statutory"; workingDays: number; clause: string }>;

/** What rules about other benefits make of an offer. */
export type OfferBeside = Readonly<{
  /** `false`: it excludes the offers that are proposed; the firm may take it instead. */
  isProposed: boolean;
  /** Why it is less than its policy alone would give, and what was left out for it. */
  reasons: readonly Bilingual[];
  /** What each of several that exclude each other comes to. */
  choices: readonly Bilingual[];
}>;

/** Offers that a firm can take together: those proposed. */
export function proposedOf<Each extends Pick<Offer, "beside">>(offers: readonly Each[]): readonly Each[] {
  return offers.filter(({ beside }) => beside?.isProposed !== false);
}

/** A benefit that the firm has answered, and how far the money is. */
export type BenefitCase = Readonly<{
  /** Entitlement id; its page is `/cases/<id>`. */
  id: string;
  policyId: string;
  title: Bilingual;
  amountFen: string;
  status: EntitlementStatus;
  confirmBefore: string;
  confirmedAt?: string | undefined;
  /** The payment batch was approved by a second official. */
  reviewedAt?: string | undefined;
  /** The order went to the bank. */
  sentAt?: string | undefined;
  /** Instant or day on which the money was booked. */
  paidAt?: string | undefined;
  receivedAt?: string | undefined;
  closedAt?: string | undefined;
  closedReason?: string | undefined;
  /** Where and when it arrives, where that is more than one sum to the firm's account. */
  arrival?: readonly Bilingual[] | undefined;
  /** The newest attempt to pay. */
  payment?:
    | Readonly<{
        status: PaymentStatus;
        attempt: number;
        reasonCode?: string | undefined;
        reason?: string | undefined;
        /** Why nothing goes to the account yet. */
        doubt?: "account-new" | "name-differs" | undefined;
        /** It goes to a bill, a loan's bank or a tax declaration. */
        goesToNoAccount?: boolean | undefined;
      }>
    | undefined;
}>;
