export { type AccountChecksProps, accountChecksPage, type WaitingAccount } from "./desk/account-checks-page.tsx";
export { type AccountSessionsProps, accountSessionsPage } from "./desk/account-sessions-page.tsx";
export { type AgeingProps, ageingPage, type DebtView, type PaymentStopView } from "./desk/ageing-page.tsx";
export type {
  AuditBatch,
  AuditBooking,
  AuditCaseProps,
  AuditConsent,
  AuditDecision,
  AuditFact,
  AuditNotice,
  AuditOffer,
  AuditPayment,
  AuditRecovery,
  AuditReview,
  AuditVersion,
  Replay,
} from "./desk/audit-case.ts";
export { auditCasePage } from "./desk/audit-case-page.tsx";
export { type AuditJournalProps, auditJournalPage, type ChainView } from "./desk/audit-journal-page.tsx";
export { type AuditHit, type AuditSearchProps, auditSearchPage } from "./desk/audit-search-page.tsx";
export { type BandProposalView, type BandsProps, type BandView, bandsPage } from "./desk/bands-page.tsx";
export { type BatchProps, batchPage, type PaymentLine } from "./desk/batch-page.tsx";
export { type BatchBrief, type BatchesProps, batchesPage } from "./desk/batches-page.tsx";
export { type CallListProps, callListPage } from "./desk/call-list-page.tsx";
export type { CallBrief, OpenedCall, TriedContact } from "./desk/call-view.ts";
export { type CommentsProps, commentsPage, type DeskComment } from "./desk/comments-page.tsx";
export { type CounterOffer, type CounterProps, counterPage, type OpenedFirm } from "./desk/counter-page.tsx";
export {
  type DataDemandProps,
  type DemandedFact,
  type DemandingPolicy,
  dataDemandPage,
} from "./desk/data-demand-page.tsx";
export {
  type DeliveriesProps,
  type DeliveryBrief,
  type DeliveryIssue,
  deliveriesPage,
  type UploadForm,
} from "./desk/deliveries-page.tsx";
export { type DemoMail, type DemoProps, demoPage } from "./desk/demo-page.tsx";
export { type DeskException, type DeskHomeProps, deskHomePage, type JobView } from "./desk/desk-home-page.tsx";
export {
  type DeskPoliciesProps,
  type DeskPolicy,
  deskPoliciesPage,
  type PolicyVersionView,
} from "./desk/desk-policies-page.tsx";
export { type DisputeBrief, type DisputesProps, disputesPage, type OpenedDispute } from "./desk/disputes-page.tsx";
export { type FundEntriesProps, type FundEntry, fundEntriesPage } from "./desk/fund-entries-page.tsx";
export { type FundLineView, type FundsProps, fundsPage } from "./desk/funds-page.tsx";
export type { FundAccount } from "./desk/funds-words.ts";
export {
  type DeskGrievance,
  type GrievancesProps,
  grievancesPage,
  type OpenedGrievance,
  type Rectified,
} from "./desk/grievances-page.tsx";
export { type GuardianshipsProps, type GuardianshipView, guardianshipsPage } from "./desk/guardianships-page.tsx";
export { type HelpedFirm, type HelpedProps, helpedPage } from "./desk/helped-page.tsx";
export type { JournalEventView } from "./desk/journal-table.tsx";
export { type KnownFact, type KnownFactsProps, knownFactsPage } from "./desk/known-facts-page.tsx";
export {
  type NameListBrief,
  type NameRow,
  type NamesProps,
  namesPage,
  type OpenedNameList,
} from "./desk/names-page.tsx";
export {
  type AffectedSummary,
  type ChangeText,
  type HeldBrief,
  type HeldDelivery,
  type QuarantineProps,
  quarantinePage,
} from "./desk/quarantine-page.tsx";
export { type ReachBuildingProps, reachBuildingPage } from "./desk/reach-building-page.tsx";
export type { DraftImpactView, DraftTrial } from "./desk/reach-draft.tsx";
export { type ConditionReach, type ReachProps, type RegionReach, reachPage } from "./desk/reach-page.tsx";
export {
  type OpenedReassessment,
  type ReassessmentBrief,
  type ReassessmentsProps,
  reassessmentsPage,
} from "./desk/reassessments-page.tsx";
export {
  type DeskRecovery,
  type OpenedRecovery,
  type RecoveriesProps,
  recoveriesPage,
} from "./desk/recoveries-page.tsx";
export {
  type RegisteredEntry,
  type RegisteredLink,
  type RegisteredName,
  type RegisteredSubject,
  type RegisterProps,
  registerPage,
} from "./desk/register-page.tsx";
export { type SuspenseLine, type SuspenseProps, suspensePage } from "./desk/suspense-page.tsx";
export {
  type UnreachedGroup,
  type UnreachedProps,
  type UnreachedRow,
  unreachedGroups,
  unreachedPage,
} from "./desk/unreached-page.tsx";
export type { Bilingual } from "./kit/bilingual.ts";
export type { ConditionLine } from "./kit/condition.ts";
export type { Fund } from "./kit/fund.ts";
export type { GrievanceView } from "./kit/grievance.ts";
export type { MaskedAccount } from "./kit/masked-account.ts";
export type { Lang, PageContext, Role } from "./kit/page-context.ts";
export type { ClockView } from "./kit/payment-clock.ts";
export type {
  InstalmentView,
  ReceiptView,
  RecoveryBrief,
  RecoveryGround,
  RecoveryStatus,
  RecoveryView,
} from "./kit/recovery.ts";
export { type StaticAsset, staticAssets } from "./kit/static-assets.ts";
export type { BatchStatus, EntitlementStatus, Outcome, PaymentStatus } from "./kit/status.ts";
export type { AccountField, AccountForm } from "./portal/account-form.tsx";
export type { BenefitCase, Offer, OfferBeside } from "./portal/benefit.ts";
export { type CaseFirmProps, caseFirmPage } from "./portal/case-firm-page.tsx";
export { type AskCodeProps, askCodePage, type CodeProblem, type CodeWay, enterCodePage } from "./portal/code-page.tsx";
export { type CommentPageProps, commentPage, type PublishedComment } from "./portal/comment-page.tsx";
export { type ComplainProps, complainPage } from "./portal/complain-page.tsx";
export { type ConfirmProps, confirmPage } from "./portal/confirm-page.tsx";
export type { AmountChange, ConfirmProblem } from "./portal/confirm-problem.tsx";
export { type DeclareProps, declarePage, type Question } from "./portal/declare-page.tsx";
export { type DeclineProps, declinePage } from "./portal/decline-page.tsx";
export { type DeclineReason, declineReasons } from "./portal/decline-words.ts";
export type { DelegateBounds } from "./portal/delegate-bounds.tsx";
export { type DelegatesProps, type DelegateView, delegatesPage } from "./portal/delegates-page.tsx";
export { type DisputeFormProps, type DisputeView, disputePage } from "./portal/dispute-page.tsx";
export { type ErrorProps, errorPage } from "./portal/error-page.tsx";
export type { Transition } from "./portal/flow-layout.ts";
export type { GuideView } from "./portal/guide-card.tsx";
export { type HomeProps, homePage, type WardBrief } from "./portal/home-page.tsx";
export { type InboxProps, inboxPage, type MessageBrief, type MessageProps, messagePage } from "./portal/inbox-page.tsx";
export { kioskEndPage, kioskPage, kioskWarningPage } from "./portal/kiosk-page.tsx";
export { type FactRow, type MyDataProps, myDataPage } from "./portal/my-data-page.tsx";
export { type NearBenefit, type NearlyProps, nearlyPage } from "./portal/nearly-page.tsx";
export type { MissingFact, NotGranted, UnknownReason } from "./portal/not-granted.tsx";
export {
  type EndpointProblem,
  type MutableTopic,
  type NoticeSettingsProps,
  noticeSettingsPage,
} from "./portal/notice-settings-page.tsx";
export { type OverdueProps, type OverdueRow, overduePage } from "./portal/overdue-page.tsx";
export type { OwnComment } from "./portal/own-comments.tsx";
export { type PoliciesProps, policiesPage } from "./portal/policies-page.tsx";
export { type Clause, type PolicyBrief, type PolicyProps, policyPage, type RuleLine } from "./portal/policy-page.tsx";
export { type PublicListProps, type PublicResult, publicListPage } from "./portal/public-list-page.tsx";
export { type RateProps, ratePage, type SaidRating } from "./portal/rate-page.tsx";
export { type ReceiptLine, type ReceiptProps, receiptPage } from "./portal/receipt-page.tsx";
export { type FirmRecoveriesProps, firmRecoveriesPage, type PayTo } from "./portal/recovery-page.tsx";
export { type SessionsProps, type SessionView, sessionsPage } from "./portal/sessions-page.tsx";
export {
  type DemoAccount,
  type SignedOutProps,
  type SignInProblem,
  type SignInProps,
  signedOutPage,
  signInPage,
} from "./portal/sign-in-page.tsx";
export { type TicketsProps, ticketsPage } from "./portal/tickets-page.tsx";
export { type WaitingProps, type WaitingQueue, type WaitingRow, waitingPage } from "./portal/waiting-page.tsx";
export { type WidgetProps, widgetPage } from "./portal/widget-page.tsx";
