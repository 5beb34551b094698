import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { UnknownReason } from "./home-page.tsx";

export type MyDataProps = Readonly<{
  context: PageContext;
  firm: Readonly<{ name: string; creditCode: string; regionCode: string }>;
  /** Grouped by source on the page, in the order given. */
  facts: readonly FactRow[];
}>;

export type FactRow = Readonly<{
  id: string;
  label: Bilingual;
  /** Source id that supplies it. */
  source: string;
  /** Titles of the policies decided with it. */
  usedFor: readonly Bilingual[];
}> &
  (
    | Readonly<{ state: "known"; value: Bilingual; asOf: string; obtainedAt?: string | undefined }>
    | Readonly<{ state: "unknown"; reason: UnknownReason; detail?: Bilingual | undefined }>
  );

/** GET /my-data */
export function myDataPage(_props: MyDataProps): string {
  return "";
}
