import { describePolicy, type Policy } from "@apply-free/rules";
import type { GuideView, Transition } from "@apply-free/ui";

/** The guide of a policy, from the same text that decides: a changed rule changes it. */
export function guideOf(policy: Policy, flow: readonly Transition[]): GuideView {
  const { requirements, timeLimits } = describePolicy(policy);
  const { guide, document, payout } = policy;
  return {
    conditions: requirements.length,
    confirmWithinDays: payout.confirmWithinDays,
    timeLimits,
    materials: (guide?.materials ?? []).map(({ name, how }) => ({ name, waived: how === "waived" })),
    department: document.issuer,
    contact: guide?.contact,
    flow,
  };
}
