import type { Bilingual } from "../kit/bilingual.ts";
import type { Fund } from "../kit/fund.ts";
import type { PageContext } from "../kit/page-context.ts";

export type DeskHomeProps = Readonly<{
  context: PageContext;
  funds: readonly Fund[];
  /** How many benefits have come this far (each includes those that went farther). */
  steps: Readonly<{ matched: number; offered: number; confirmed: number; paid: number; received: number }>;
  /** Those that left the way. */
  aside: Readonly<{ undetermined: number; waitlisted: number; declined: number; lapsed: number; withdrawn: number }>;
  jobs: readonly JobView[];
  mail: Readonly<{ queued: number; sent: number; dead: number }>;
  exceptions: readonly DeskException[];
  /** What waits for this reader, e.g. a batch to approve. */
  tasks: readonly Readonly<{ text: Bilingual; href: string }>[];
}>;

export type JobView = Readonly<{
  job: string;
  /** `2025-11-03T02:00` */
  slot: string;
  finishedAt?: string | undefined;
  outcome?: string | undefined;
}>;

export type DeskException = Readonly<{
  kind:
    | "payment-returned"
    | "payment-rejected"
    | "suspense"
    | "delivery-issues"
    | "flow-failed"
    | "mail-dead"
    | "job-late";
  count: number;
  href?: string | undefined;
}>;

/** GET /desk */
export function deskHomePage(_props: DeskHomeProps): string {
  return "";
}
