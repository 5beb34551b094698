import type { PageContext } from "../kit/page-context.ts";
import type { BatchStatus } from "../kit/status.ts";

export type BatchBrief = Readonly<{
  id: string;
  messageId: string;
  status: BatchStatus;
  count: number;
  totalFen: string;
  /** Names of persons. */
  maker: string;
  checker?: string | undefined;
  draftedAt: string;
  approvedAt?: string | undefined;
  sentAt?: string | undefined;
  closedAt?: string | undefined;
}>;

export type BatchesProps = Readonly<{
  context: PageContext;
  batches: readonly BatchBrief[];
  nextHref?: string | undefined;
}>;

/** GET /desk/batches */
export function batchesPage(_props: BatchesProps): string {
  return "";
}
