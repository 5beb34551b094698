import type { Bilingual } from "../kit/bilingual.ts";
import type { Fund } from "../kit/fund.ts";
import type { PageContext } from "../kit/page-context.ts";

export type DeskPoliciesProps = Readonly<{ context: PageContext; policies: readonly DeskPolicy[] }>;

export type DeskPolicy = Readonly<{
  id: string;
  title: Bilingual;
  /** Newest first; the first is in force. */
  versions: readonly PolicyVersionView[];
  /** Whom the newest version reaches, in firms. */
  reach: Readonly<{ eligible: number; ineligible: number; undetermined: number }>;
  /** Everything offered and not refused, paid or not. */
  promisedFen: string;
  fund?: Fund | undefined;
}>;

export type PolicyVersionView = Readonly<{
  version: number;
  sha256: string;
  publishedBy: string;
  approvedBy: string;
  publishedAt: string;
  validFrom: string;
  validTo?: string | undefined;
}>;

/** GET /desk/policies */
export function deskPoliciesPage(_props: DeskPoliciesProps): string {
  return "";
}
