import type { Bilingual } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { BenefitCase, Offer } from "./benefit.ts";
import type { MessageBrief } from "./inbox-page.tsx";

export type HomeProps = Readonly<{
  context: PageContext;
  offers: readonly Pick<Offer, "id" | "title" | "amountFen" | "confirmBefore">[];
  /** Every answered benefit; the page sorts them into 办理中, 已到账 and 已结束. */
  cases: readonly BenefitCase[];
  notGranted: readonly NotGranted[];
  /** The newest few. */
  messages: readonly MessageBrief[];
}>;

/** A policy that the firm does not get (yet), and what it hangs on. */
export type NotGranted = Readonly<{
  policyId: string;
  title: Bilingual;
  outcome: "ineligible" | "undetermined";
  /** The conditions that are false or unknown. */
  open: readonly ConditionLine[];
  /** Facts that could still change the answer. */
  missing: readonly MissingFact[];
}>;

export type MissingFact = Readonly<{
  label: Bilingual;
  source?: string | undefined;
  reason?: UnknownReason | undefined;
}>;

export type UnknownReason = "not-obtained" | "not-connected" | "stale" | "conflict";

/** GET / */
export function homePage(_props: HomeProps): string {
  return "";
}
