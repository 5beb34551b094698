import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";

export type PublicListProps = Readonly<{
  context: PageContext;
  rows: readonly PublicResult[];
  policies: readonly Readonly<{ id: string; title: Bilingual }>[];
  filter: Readonly<{ policy?: string | undefined; q?: string | undefined }>;
  /** Of the whole filtered list, not of this page of it. */
  count: number;
  totalFen: string;
  nextHref?: string | undefined;
  previousHref?: string | undefined;
  csvHref: string;
}>;

export type PublicResult = Readonly<{
  id: string;
  maskedName: string;
  maskedCode: string;
  policyId: string;
  policyTitle: Bilingual;
  /** GB/T 2260 */
  regionCode: string;
  amountFen: string;
  /** `YYYY-MM-DD` */
  paidOn: string;
}>;

/** GET /results?policy=&q= */
export function publicListPage(_props: PublicListProps): string {
  return "";
}
