import type { Bilingual } from "./bilingual.ts";

export type RecoveryStatus = "noticed" | "owed" | "waived" | "dropped" | "closed";
export type RecoveryGround = "review" | "repealed-decision" | "revoked-title";

/** Money of a paid award that has to come back. All amounts in 分. */
export type RecoveryBrief = Readonly<{
  id: string;
  policyTitle: Bilingual;
  status: RecoveryStatus;
  claimedFen: string;
  /** What is owed in all, once decided. */
  debtFen?: string | undefined;
  cameBackFen: string;
  overdueFen: string;
  /** Last day for the firm's statement. */
  stateBy: string;
  openedAt: string;
}>;

export type RecoveryView = RecoveryBrief &
  Readonly<{
    ground: RecoveryGround;
    /** The paper that it rests on. */
    document: string;
    facts: string;
    /** What the firm writes on its transfer. */
    reference: string;
    statement?: Readonly<{ text: string; at: string }> | undefined;
    decision?:
      | Readonly<{
          decidedFen: string;
          reasons: string;
          at: string;
          /** One instalment missed for too long makes the whole rest due. */
          callsInRest: boolean;
        }>
      | undefined;
    instalments: readonly InstalmentView[];
    /** What has come back, by the bank or by offset. */
    receipts: readonly ReceiptView[];
    /** Benefits of the firm that have not left yet, and could be set off. */
    benefits: readonly Readonly<{ id: string; title: Bilingual; amountFen: string }>[];
  }>;

export type InstalmentView = Readonly<{
  nth: number;
  dueOn: string;
  amountFen: string;
  paidFen: string;
  overdue: boolean;
  /** Due before its day, because an earlier one was missed for too long. */
  calledIn?: true | undefined;
}>;

export type ReceiptView = Readonly<{
  /** `held`: kept back of a payment that has not left yet. */
  kind: "bank" | "offset" | "held";
  on: string;
  amountFen: string;
  reference: string;
}>;
