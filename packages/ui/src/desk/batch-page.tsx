import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { PaymentStatus } from "../kit/status.ts";
import type { BatchBrief } from "./batches-page.tsx";

export type BatchProps = Readonly<{
  context: PageContext;
  batch: BatchBrief & Readonly<{ sha256: string }>;
  lines: readonly PaymentLine[];
  /** What this reader may do; the service decides and enforces. */
  approval: "allowed" | "reader-is-maker" | "not-a-checker" | "not-open";
  mayCancel: boolean;
  done?: "approved" | "cancelled" | undefined;
  problem?: Readonly<{ code: string; message: string }> | undefined;
}>;

export type PaymentLine = Readonly<{
  paymentId: string;
  caseId: string;
  endToEndId: string;
  firmName: string;
  policyTitle: Bilingual;
  holderName: string;
  accountNoMasked: string;
  amountFen: string;
  attempt: number;
  status: PaymentStatus;
  reason?: string | undefined;
}>;

/**
 * GET /desk/batches/:id. Forms: POST /desk/batches/:id/approve `sha256 _csrf`,
 * POST /desk/batches/:id/cancel `_csrf`.
 */
export function batchPage(_props: BatchProps): string {
  return "";
}
