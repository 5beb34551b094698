import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { EntitlementStatus } from "../kit/status.ts";

export type AuditSearchProps = Readonly<{
  context: PageContext;
  /** What was searched for; absent before the first search. */
  query?: string | undefined;
  results: readonly AuditHit[];
  nextHref?: string | undefined;
}>;

export type AuditHit = Readonly<{
  caseId: string;
  firmName: string;
  firmCode: string;
  policyTitle: Bilingual;
  amountFen: string;
  status: EntitlementStatus;
  receiptNo?: string | undefined;
}>;

/** GET /audit?q= */
export function auditSearchPage(_props: AuditSearchProps): string {
  return "";
}
