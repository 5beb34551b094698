import type { Bilingual } from "../kit/bilingual.ts";
import type { Fund } from "../kit/fund.ts";
import type { PageContext } from "../kit/page-context.ts";

export type PolicyBrief = Readonly<{
  id: string;
  version: number;
  title: Bilingual;
  /** One sentence: who gets how much. */
  summary?: Bilingual | undefined;
  issuer?: Bilingual | undefined;
  validFrom: string;
  validTo?: string | undefined;
  paidCount: number;
  paidFen: string;
}>;

export type PoliciesProps = Readonly<{ context: PageContext; policies: readonly PolicyBrief[] }>;

/** GET /policies */
export function policiesPage(_props: PoliciesProps): string {
  return "";
}

export type PolicyProps = Readonly<{
  context: PageContext;
  policy: PolicyBrief;
  /** The rule in plain words; nested groups as children. */
  rule: readonly RuleLine[];
  benefit: Bilingual;
  clauses: readonly Clause[];
  document?: string | undefined;
  confirmWithinDays?: number | undefined;
  fund?: Fund | undefined;
}>;

export type RuleLine = Readonly<{
  sentence: Bilingual;
  clause?: string | undefined;
  source?: string | undefined;
  children?: readonly RuleLine[] | undefined;
}>;

/** As published, in Chinese. */
export type Clause = Readonly<{ name: string; text: string }>;

/** GET /policies/:id */
export function policyPage(_props: PolicyProps): string {
  return "";
}
