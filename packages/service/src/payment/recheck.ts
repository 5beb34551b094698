import { type Amount, type Breach, stackingRuleKey } from "@apply-free/rules";
import { hasCeased } from "../entitlement/ceased.ts";
import type { Entitlement } from "../entitlement/entitlement.ts";
import { besideOthersReason } from "../entitlement/stacking-terms.ts";
import { formatYuan } from "../kernel/money.ts";

/** What is known about an entitlement just before its money leaves. */
export type Standing = Readonly<{
  /** The newest decision about the firm, policy and period of the entitlement. */
  decision: Readonly<{ id: string; outcome: string; amount: Amount; missing: readonly string[] }>;
  /** Registration status (登记状态) by the newest delivery; `undefined` = not known. */
  firmStatus: string | undefined;
  /** A payment came back since the last matching, which had counted it as paid. */
  outdated: boolean;
  /** The newest answer is "no" for one reason alone: the policy has ended since. */
  expired: boolean;
  /** What its policy alone would give, where rules about other benefits made it less. 分 */
  askedFen?: bigint;
}>;

export type Recheck =
  | Readonly<{ kind: "due" }>
  /** Neither yes nor no today: not paid, not taken away, asked again at the next draft. */
  | Readonly<{ kind: "wait"; reason: string }>
  | Readonly<{ kind: "not-due"; reason: string; decisionId: string }>;

/** What stands against paying it beside others. What is not known is asked again at the next draft. */
export function recheckBeside(breaches: readonly Breach[], decisionId: string): Recheck {
  const [broken] = breaches.filter(({ why }) => why === "rule");
  if (broken) return { kind: "not-due", reason: besideOthersReason(stackingRuleKey(broken.rule)), decisionId };
  const [unknown] = breaches;
  return unknown
    ? { kind: "wait", reason: `what was received is not known: ${stackingRuleKey(unknown.rule)}` }
    : { kind: "due" };
}

/**
 * Between consent and payment facts go on changing. Money leaves only if the newest answer is
 * still yes, for exactly the amount that the firm agreed to. Unknown is not yes, and not no either.
 */
export function recheck(
  { amountFen, claimedFen }: Entitlement,
  { decision, firmStatus, outdated, expired, askedFen }: Standing,
): Recheck {
  const { id: decisionId, outcome, amount, missing } = decision;
  // What other benefits or a short fund took off is not a change of what is due.
  const agreedFen = askedFen ?? claimedFen ?? amountFen;
  if (hasCeased(firmStatus)) {
    return { kind: "not-due", reason: `firm status: ${firmStatus}`, decisionId };
  }
  if (outcome === "eligible" && amount.kind === "exact" && BigInt(amount.fen) === agreedFen) return { kind: "due" };
  if (outdated) return { kind: "wait", reason: "a payment came back; the next matching has to answer first" };
  if (outcome === "undetermined") return { kind: "wait", reason: `undetermined: ${missing.join(", ")}` };
  // What was agreed to while the policy was in force is owed when it has ended.
  if (expired) return { kind: "due" };
  if (outcome !== "eligible") return { kind: "not-due", reason: outcome, decisionId };
  if (amount.kind === "exact") {
    const reason = `amount is now ${formatYuan(BigInt(amount.fen))}, agreed was ${formatYuan(agreedFen)}`;
    return { kind: "not-due", reason, decisionId };
  }
  return { kind: "wait", reason: `amount is not certain (${amount.kind})` };
}
