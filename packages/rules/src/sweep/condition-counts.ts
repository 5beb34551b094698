import type { Condition } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { FirmTable } from "./firm-table.ts";
import { type NeedsFacts, type PolicyCounts, sweepBeside } from "./one-policy.ts";
import type { EngineMaker } from "./sweep.ts";

/** How many firms meet one requirement, whatever they are to the others. */
export type ConditionCounts = PolicyCounts &
  Readonly<{
    /** Name of the requirement or group within the policy. */
    name: string;
    /** Firms that meet all else for certain, and not this: it alone stands between them and the benefit. */
    lacksOnlyThis?: number;
  }>;

/** What an author sees beside a draft: the policy, and each requirement and group of it, over all firms. */
export type DraftCounts =
  | Readonly<{ kind: "counted"; whole: PolicyCounts; conditions: readonly ConditionCounts[] }>
  | NeedsFacts;

/**
 * Counts a draft and its parts, in the order of the text. Parts under a `not` are counted with it only: what
 * they answer by themselves is not what the policy asks.
 */
export function countConditions(table: FirmTable, draft: Policy, makeEngine?: EngineMaker): DraftCounts {
  const parts = nodesOf(draft.requirements).slice(1);
  const needed = neededBy(draft.requirements);
  const policies = [
    draft,
    ...parts.map((part) => requiring(draft, [part])),
    ...needed.map((part) =>
      requiring(
        draft,
        needed.filter((other) => other !== part),
      ),
    ),
  ];
  const found = sweepBeside(table, policies, makeEngine);
  if (found.kind === "needs") return found;
  const [whole = { eligible: 0, undetermined: 0 }, ...counts] = found.counts;
  const conditions = parts.map((part, place): ConditionCounts => {
    const own = counts[place] ?? { eligible: 0, undetermined: 0 };
    const others = counts[parts.length + needed.indexOf(part)];
    const isNeeded = needed.includes(part) && others !== undefined;
    return { name: part.name, ...own, ...(isNeeded && { lacksOnlyThis: others.eligible - whole.eligible }) };
  });
  return { kind: "counted", whole, conditions };
}

function nodesOf(condition: Condition): Condition[] {
  const inner = condition.kind === "all" || condition.kind === "any" ? condition.children : [];
  return [condition, ...inner.flatMap(nodesOf)];
}

/** Requirements of which each has to hold: those of an `all` in an `all` too. */
function neededBy(condition: Condition): Condition[] {
  return condition.kind === "all" ? condition.children.flatMap(neededBy) : [condition];
}

/** The draft with these requirements only; with none, anybody fits. */
function requiring(draft: Policy, parts: readonly Condition[]): Policy {
  const { name, clause } = draft.requirements;
  return { ...draft, requirements: { kind: "all", name, ...(clause !== undefined && { clause }), children: parts } };
}
