import type { Bilingual } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";

/** A published version of a policy: rule, vocabulary and clauses, whole and unchangeable. */
export type PolicyVersion = Readonly<{
  id: string;
  policyId: string;
  version: number;
  title: string;
  /** Of the canonical JSON of `document` and `source`. */
  sha256: string;
  document: PolicyDocument;
  /** The clauses as published (source.md). */
  source: string;
  budgetLine: string;
  validFrom: Day;
  validTo?: Day;
  publishedBy: string;
  approvedBy: string;
  publishedAt: Date;
}>;

/** Everything that deciding takes, as data: replaying a decision needs nothing else. */
export type PolicyDocument = Readonly<{ policy: unknown; vocabulary: readonly unknown[] }>;

/** Versions as one transaction sees them. */
export type PolicyVersionStore = {
  find(policyId: string, version: number): Promise<PolicyVersion | undefined>;
  get(id: string): Promise<PolicyVersion>;
  /** The title alone, for messages; the whole document is large. */
  titleOf(id: string): Promise<Bilingual>;
  /** The newest version of each policy. */
  listLatest(): Promise<PolicyVersion[]>;
  insert(version: PolicyVersion): Promise<void>;
};
