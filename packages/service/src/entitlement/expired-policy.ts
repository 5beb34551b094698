import type { Trace } from "@apply-free/rules";

/** Name of the requirement that the day of the decision lies in the policy's time. */
const VALIDITY = "validity";

/**
 * Whether a "no" rests on nothing but the policy not being in force any more. What a firm agreed to
 * while it was is owed all the same: the end of a policy ends new awards, not debts.
 *
 * @param trace of the decision; the policy's requirements side by side
 */
export function restsOnExpiryAlone({ children = [] }: Partial<Pick<Trace, "children">>): boolean {
  const expired = children.find(({ name }) => name === VALIDITY);
  const others = children.filter(({ name }) => name !== VALIDITY);
  return expired?.result === "false" && others.length > 0 && others.every(({ result }) => result === "true");
}
