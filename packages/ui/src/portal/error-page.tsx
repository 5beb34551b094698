import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";

export type ErrorProps = Readonly<{
  context: PageContext;
  status: number;
  /** Code of the problem; known ones get their own words and way on. */
  code: string;
  /** The sentence of the problem; shown when the code has no words of its own. */
  message: Bilingual;
  requestId: string;
  /** Where to go on; `/` when absent. */
  backHref?: string | undefined;
}>;

/** Any problem, for a person. */
export function errorPage(_props: ErrorProps): string {
  return "";
}
