import type { Bilingual } from "@apply-free/ui";
import type { CredentialDeps } from "../access/service-credential.ts";
import type { CompareDeps } from "../audit/compare-books.ts";
import type { ConfirmDeps } from "../confirmation/confirm-benefits.ts";
import type { AnswerDisputeDeps } from "../dispute/answer-dispute.ts";
import type { AnswerGrievanceDeps } from "../grievance/answer-grievance.ts";
import type { AnswerCommentDeps } from "../grievance/policy-comment.ts";
import type { Random } from "../kernel/random.ts";
import type { ConfirmCodeDeps } from "../naming/confirm-code.ts";
import type { NamingStores } from "../naming/receive-file.ts";
import type { AskForCallDeps } from "../notice/ask-for-call.ts";
import type { RecordCallDeps } from "../notice/record-call.ts";
import type { ApproveDeps } from "../payment/approve-batch.ts";
import type { CancelDeps } from "../payment/cancel-batch.ts";
import type { BandDeps } from "../payment/change-band.ts";
import type { CheckAccountDeps } from "../payment/check-account.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { ReaderDeps } from "../portal/reader.http.ts";
import type { ImpactDeps } from "../reach/draft-impact.ts";
import type { SettleReassessmentDeps } from "../reassessment/settle-reassessment.ts";
import type { AgreeOffsetDeps } from "../recovery/agree-offset.ts";
import type { DecideRecoveryDeps } from "../recovery/decide-recovery.ts";
import type { OpenRecoveryDeps } from "../recovery/open-recovery.ts";
import type { ReceiveDeps } from "../screening/receive-delivery.ts";

/** What the pages of officials and auditors need. */
export type DeskDeps = ReaderDeps &
  ApproveDeps &
  CancelDeps &
  BandDeps &
  CheckAccountDeps &
  CompareDeps &
  ReceiveDeps<NamingStores> &
  ConfirmCodeDeps &
  CredentialDeps &
  AnswerDisputeDeps &
  AnswerGrievanceDeps &
  AnswerCommentDeps &
  RecordCallDeps &
  AskForCallDeps &
  SettleReassessmentDeps &
  OpenRecoveryDeps &
  DecideRecoveryDeps &
  AgreeOffsetDeps &
  ConfirmDeps &
  ImpactDeps &
  Readonly<{
    random: Random;
    compiled: CompiledPolicies;
    /** What the clock starts, and what for. */
    jobs: readonly Readonly<{ name: string; purpose: Bilingual }>[];
    /** Takes the journal forward now; the reader does not wait for it. */
    pump(): void;
  }>;
