import type { Amount, Profile } from "@apply-free/rules";
import { digestOf } from "../kernel/digest.ts";

/**
 * What makes an answer a new one: other facts, or another result. The mere passing of a day does
 * not, or every night would store every firm again.
 */
export function answerDigest(answer: {
  outcome: string;
  amount: Amount;
  missing: readonly string[];
  facts: Profile;
}): string {
  const { outcome, amount, missing, facts } = answer;
  return digestOf({ outcome, amount, missing, facts });
}
