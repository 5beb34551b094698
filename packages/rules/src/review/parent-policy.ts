import { type Leaf, leavesOf } from "../condition/condition.ts";
import type { OperatorName } from "../condition/operators.ts";
import type { Policy } from "../policy/policy.ts";
import { decimalText } from "../value-json.ts";
import type { Finding } from "./finding.ts";
import { wantedNumber } from "./numbers-of-clauses.ts";

/** A limit stricter than that of the policy it carries out (层层加码). */
export function findStricterThanParent(policy: Policy, parent: Policy | undefined): Finding[] {
  if (!parent) return [];
  const theirs = leavesOf(parent.requirements);
  return leavesOf(policy.requirements).flatMap((leaf): Finding[] => {
    const superior = theirs.find(({ fact, operator }) => fact === leaf.fact && sameSide(operator, leaf.operator));
    if (!superior || !isStricter(leaf, superior)) return [];
    const limit = wantedNumber(superior);
    const message = `is stricter than ${parent.id}, which asks for ${superior.operator} ${limit ? decimalText(limit) : ""}.`;
    return [{ level: "warning", code: "stricter-than-parent", where: leaf.name, message }];
  });
}

const lower = new Set<OperatorName>(["atLeast", "greaterThan"]);
const upper = new Set<OperatorName>(["atMost", "lessThan"]);
const sameSide = (a: OperatorName, b: OperatorName) => (lower.has(a) && lower.has(b)) || (upper.has(a) && upper.has(b));

function isStricter(leaf: Leaf, superior: Leaf): boolean {
  const [own, theirs] = [wantedNumber(leaf), wantedNumber(superior)];
  if (!own || !theirs) return false;
  const order = own.compare(theirs);
  if (order === 0) {
    return (
      (leaf.operator === "greaterThan" && superior.operator === "atLeast") ||
      (leaf.operator === "lessThan" && superior.operator === "atMost")
    );
  }
  return lower.has(leaf.operator) ? order > 0 : order < 0;
}
