import type { DelegateDeps, RevokeDeps } from "../access/grant-delegation.ts";
import type { InviteDeps } from "../access/helper-invitation.ts";
import type { ConfirmDeps } from "../confirmation/confirm-benefits.ts";
import type { DeclineDeps } from "../confirmation/decline-benefits.ts";
import type { DeclareDeps } from "../declaration/declare-facts.ts";
import type { OpenDisputeDeps } from "../dispute/open-dispute.ts";
import type { CommentDeps } from "../grievance/policy-comment.ts";
import type { RateCaseDeps } from "../grievance/rate-case.ts";
import type { Random } from "../kernel/random.ts";
import type { SettingDeps } from "../notice/change-setting.ts";
import type { EndpointProblem } from "../notice/endpoint.webhook.ts";
import type { FirmContactDeps } from "../notice/firm-contact.ts";
import type { ReceiptDeps } from "../payment/confirm-receipt.ts";
import type { CorrectDeps } from "../payment/correct-account.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { AgreeOffsetDeps } from "../recovery/agree-offset.ts";
import type { HearFirmDeps } from "../recovery/hear-firm.ts";
import type { ReaderDeps } from "./reader.http.ts";

/** What the firm's pages need. */
export type PortalDeps = ReaderDeps &
  ConfirmDeps &
  DeclineDeps &
  CorrectDeps &
  ReceiptDeps &
  OpenDisputeDeps &
  RateCaseDeps &
  DeclareDeps &
  SettingDeps &
  FirmContactDeps &
  CommentDeps &
  HearFirmDeps &
  AgreeOffsetDeps &
  DelegateDeps &
  RevokeDeps &
  InviteDeps &
  Readonly<{
    /** What is wrong with the address of a firm's own system. */
    endpointProblem(address: string): EndpointProblem | undefined;
    random: Random;
    compiled: CompiledPolicies;
    /** Takes the journal forward now; the reader does not wait for it. */
    pump(): void;
  }>;
