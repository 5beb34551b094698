import type { Day } from "./day.ts";

/**
 * Everything that happens, as a closed list. An event names its subject and carries references,
 * amounts and digests; names, accounts and facts stay in the rows it points to.
 */
export type DomainEvent =
  | Event<"delivery-imported", { sourceId: string; sha256: string; rowsGood: number; rowsBad: number }>
  | Event<"delivery-quarantined", { sourceId: string; sha256: string; findings: number }>
  | Event<"delivery-release-endorsed", { sha256: string }>
  | Event<"delivery-released", { sha256: string; deliveryId: string }>
  | Event<"delivery-rejected", { sha256: string; reason: string }>
  | Event<"credential-issued", { sourceId: string; label: string }>
  | Event<"credential-revoked", { sourceId: string }>
  | Event<
      "delegation-granted",
      { firmCode: string; accountId: string; policies: "all" | string[]; capFen: string; expiresOn: Day }
    >
  | Event<
      "guardianship-recorded",
      {
        ward: string;
        guardian: string;
        accountId: string;
        basis: string;
        policies: "all" | string[];
        capFen: string;
        expiresOn: Day;
        paperSha256: string;
      }
    >
  | Event<"guardianship-checked", { ward: string; accountId: string }>
  | Event<"guardianship-ended", { ward: string; accountId: string }>
  | Event<"ward-opened", { ward: string; accountId: string; sessionSha256: string }>
  | Event<"helper-invited", { firmCode: string; helper: string }>
  | Event<"helper-dismissed", { firmCode: string; helper: string }>
  | Event<"counter-opened", { requestKey: string; sha256: string }>
  | Event<"counter-confirmed", { firmCode: string; clerk: string; sha256: string }>
  | Event<"delegation-revoked", { firmCode: string; accountId: string }>
  | Event<"sessions-ended", { sessions: number; reason: string }>
  | Event<"name-list-arrived", { sourceId: string; sha256: string; names: number }>
  | Event<"name-list-completed", { sha256: string; named: number; unknown: number; answersSha256: string }>
  | Event<"name-list-dropped", { sha256: string; reason: string }>
  | Event<"code-confirmed", { evidence: string }>
  | Event<"personal-data-viewed", { about: Day; knownOn: Day; factIds: string[]; reason: string }>
  | Event<"facts-purged", { privacy: string; before: Day; purged: number }>
  | Event<"kept-files-purged", { before: Day; held: number; lists: number }>
  | Event<"policy-published", { policyId: string; version: number; sha256: string }>
  | Event<
      "match-run-finished",
      {
        asOf: Day;
        eligible: number;
        ineligible: number;
        undetermined: number;
        recorded: number;
        decisionsSha256: string;
      }
    >
  | Event<
      "entitlement-offered",
      { decisionId: string; resultSha256: string; amountFen: string; supersededFen?: string }
    >
  | Event<"entitlement-reminded", { nth: number }>
  | Event<"entitlement-confirmed", { consentId: string; amountFen: string }>
  | Event<"entitlement-waitlisted", { consentId: string; amountFen: string }>
  | Event<"entitlement-admitted", { amountFen: string }>
  | Event<"entitlement-declined", { consentId: string; reason: string }>
  | Event<"entitlement-reopened", Record<string, never>>
  | Event<"entitlement-lapsed", { confirmBefore: string }>
  | Event<"entitlement-withdrawn", { decisionId: string; reason: string }>
  | Event<"line-funded", { amountFen: string; document: string }>
  | Event<
      "fund-allocated",
      {
        policyId: string;
        period: string;
        rule: string;
        claims: number;
        served: number;
        fundFen: string;
        leftFen: string;
        inputsSha256: string;
        resultSha256: string;
      }
    >
  | Event<
      "line-carried-over",
      {
        to: string;
        document: string;
        available: "carried" | "returned-to-treasury";
        availableFen: string;
        entitlements: number;
        underWay: number;
      }
    >
  | Event<"line-handed-over", { from: string | null; to: string; document: string }>
  | Event<"entitlement-carried", { from: string; to: string; document: string }>
  | Event<"lottery-seed-told", { period: string; seedSha256: string }>
  | Event<"payments-stopped", { differences: number; first: string }>
  | Event<"payments-resumed", { reason: string }>
  | Event<"payment-prepared", { entitlementId: string; attempt: number; amountFen: string; accountDigest: string }>
  | Event<"payment-voided", { entitlementId: string; reason: string }>
  | Event<"batch-drafted", { payments: number; totalFen: string; sha256: string }>
  | Event<"batch-approved", { sha256: string; maker: string }>
  | Event<"batch-cancelled", { reason: string }>
  | Event<"batch-sent", { messageId: string; sha256: string }>
  | Event<"batch-answered", { messageId: string; fileSha256: string; accepted: number; rejected: number }>
  | Event<"batch-closed", { settled: number; notPaid: number }>
  | Event<"payment-settled", { entitlementId: string; amountFen: string; reference: string; bookedOn: Day }>
  | Event<"payment-rejected", { entitlementId: string; reasonCode: string }>
  | Event<"payment-returned", { entitlementId: string; reasonCode: string; reference: string }>
  | Event<"statement-line-suspended", { reference: string; note: string }>
  | Event<"bank-file-refused", { sha256: string; reason: string }>
  | Event<"account-named", { accountDigest: string; supersededDigest: string | null }>
  | Event<"account-corrected", { entitlementId: string; accountDigest: string; supersededDigest: string }>
  | Event<"account-checked", { recordedBy: string; accountDigest: string; noteSha256: string }>
  | Event<"payment-held", { entitlementId: string; doubt: "account-new" | "name-differs" }>
  | Event<"band-proposed", { aboveFen: string; insteadOfFen: string; document: string }>
  | Event<"band-changed", { proposalId: string; aboveFen: string; insteadOfFen: string; document: string }>
  | Event<"band-dropped", { reason: string }>
  | Event<"batch-checked", { sha256: string; maker: string }>
  | Event<"receipt-confirmed", { paymentId: string }>
  | Event<"result-published", { entitlementId: string; amountFen: string }>
  | Event<"reassessment-opened", { entitlementId: string; deliveryId: string; paidFen: string; dueFen: string | null }>
  | Event<
      "reassessment-closed",
      { entitlementId: string; status: "upheld" | "dismissed" | "superseded"; reason: string }
    >
  | Event<
      "recovery-noticed",
      { entitlementId: string; ground: string; reassessmentId: string | null; claimedFen: string; stateBy: Day }
    >
  | Event<"recovery-stated", { statementSha256: string }>
  | Event<"recovery-decided", { decidedFen: string; instalments: number; reasonsSha256: string }>
  | Event<"recovery-corrected", { reassessmentId: string; amountFen: string }>
  | Event<"recovery-received", { amountFen: string; reference: string; bookedOn: Day }>
  | Event<"recovery-closed", { how: "came-back" | "corrected" | "waived" }>
  | Event<"offset-agreed", { recoveryId: string; entitlementId: string; amountFen: string; basis: string }>
  | Event<"offset-applied", { recoveryId: string; entitlementId: string; amountFen: string }>
  | Event<"offset-fell-away", { recoveryId: string; entitlementId: string; amountFen: string }>
  | Event<"entitlement-set-off", { offsetId: string; amountFen: string }>
  | Event<
      "top-up-granted",
      { awardId: string; reassessmentId: string; amountFen: string; consent: "covered" | "asked" }
    >
  | Event<"facts-declared", { sha256: string; facts: number }>
  | Event<"dispute-opened", { factId: string; sourceId: string; answerBy: Day }>
  | Event<"dispute-closed", { status: "corrected" | "upheld" | "withdrawn"; deliveryId: string | null }>
  | Event<"case-rated", { entitlementId: string; channel: string; level: string; nth: number }>
  | Event<"grievance-opened", { kind: string; about: string; answerBy: Day }>
  | Event<
      "grievance-closed",
      { kind: string; status: "corrected" | "explained" | "withdrawn"; entitlementId: string | null }
    >
  | Event<"comment-opened", { policyId: string; answerBy: Day }>
  | Event<"comment-closed", { policyId: string; status: "answered" | "set-aside"; isPublished: boolean }>
  | Event<"entitlement-extended", { confirmBefore: string; was: string }>
  | Event<"notice-delivered", { channel: string; attempts: number }>
  | Event<"notice-undeliverable", { channel: string; attempts: number }>
  | Event<"notice-bounced", { channel: string }>
  | Event<"notice-arrived", { channel: string }>
  | Event<"contact-changed", { kind: string; change: "named" | "removed" | "verified" }>
  | Event<"notice-setting-changed", { nth: number; sha256: string }>
  | Event<"call-opened", { reason: string }>
  | Event<"call-recorded", { callId: string; outcome: string }>
  | Event<"call-closed", { because: string }>;

type Event<Type extends string, Payload> = Readonly<{
  type: Type;
  /** Id of the thing it happened to. */
  subject: string;
  /** Account id of the person, or `system:<job>`. */
  actor: string;
  at: Date;
  payload: Readonly<Payload>;
}>;

export type EventType = DomainEvent["type"];

/** Events after which something else is known of firms; the subject is the delivery that says it. */
export const factEvents: readonly EventType[] = ["delivery-imported", "facts-declared"];
export type EventOf<Type extends EventType> = Extract<DomainEvent, { type: Type }>;

/** An event as stored: ordered by `seq`, unique by `id`. */
export type RecordedEvent = DomainEvent & Readonly<{ seq: bigint; id: string }>;

/** Appends in the caller's transaction; there is no way to change or remove. */
export type Journal = { append(event: DomainEvent): Promise<void> };
