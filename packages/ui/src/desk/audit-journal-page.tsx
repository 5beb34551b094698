import type { PageContext } from "../kit/page-context.ts";

export type AuditJournalProps = Readonly<{
  context: PageContext;
  events: readonly JournalEventView[];
  /** As in the URL; days as `YYYY-MM-DD`. */
  filter: Readonly<{
    type?: string | undefined;
    subject?: string | undefined;
    actor?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }>;
  /** Every event type, for the filter. */
  types: readonly string[];
  chain: ChainView;
  nextHref?: string | undefined;
  previousHref?: string | undefined;
}>;

export type JournalEventView = Readonly<{
  seq: string;
  type: string;
  subject: string;
  actor: string;
  at: string;
  payload: Readonly<Record<string, unknown>>;
  seal?: Readonly<{ index: string; hash: string }> | undefined;
}>;

export type ChainView = Readonly<{
  verified: boolean;
  sealed: number;
  events: number;
  checkedAt?: string | undefined;
  /** Index of the first seal that does not hold. */
  brokenAt?: string | undefined;
  head?: string | undefined;
}>;

/** GET /audit/journal?type=&subject=&actor=&from=&to= */
export function auditJournalPage(_props: AuditJournalProps): string {
  return "";
}
