import type { Condition } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * Where a firm has to be registered, as the beginning of a GB/T 2260 code (`41`, `4101`); `undefined` where the
 * rule does not bind it to one place. Only what every way through the rule demands counts.
 */
export function regionOf({ requirements }: Policy): string | undefined {
  return demanded(requirements).sort((one, other) => other.length - one.length)[0];
}

function demanded(condition: Condition): string[] {
  if (condition.kind === "all") return condition.children.flatMap(demanded);
  if (condition.kind !== "leaf" || condition.fact !== "ent.regionCode") return [];
  const { operator, expected } = condition;
  const isPlace = (operator === "startsWith" || operator === "equal") && expected.kind === "literal";
  return isPlace && typeof expected.json === "string" ? [expected.json] : [];
}
