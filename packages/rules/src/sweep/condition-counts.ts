import type { Condition } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { FirmTable } from "./firm-table.ts";
import { type NeedsFacts, type PolicyCounts, sweepBeside, verdictsBeside } from "./one-policy.ts";
import { countRows, type RowSet } from "./row-set.ts";
import type { EngineMaker, Verdicts } from "./sweep.ts";

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

/** Who a draft and each part of it fits, to be counted among any firms. */
export type DraftVerdicts = Readonly<{
  kind: "judged";
  whole: Verdicts;
  /** @param among rows that count; all, unless said */
  counts: (among?: RowSet) => Readonly<{ whole: PolicyCounts; conditions: readonly ConditionCounts[] }>;
}>;

/**
 * Counts a draft and its parts, in the order of the text. Parts under a `not` are counted with it only: what
 * they answer by themselves is not what the policy asks.
 */
export function countConditions(table: FirmTable, draft: Policy, makeEngine?: EngineMaker): DraftCounts {
  const parts = partsOfDraft(draft);
  const found = sweepBeside(table, parts.policies, makeEngine);
  return found.kind === "needs" ? found : { kind: "counted", ...parts.read(found.counts) };
}

/** The same, kept so that it can be counted by place or by size. */
export function judgeConditions(table: FirmTable, draft: Policy, makeEngine?: EngineMaker): DraftVerdicts | NeedsFacts {
  const parts = partsOfDraft(draft);
  const found = verdictsBeside(table, parts.policies, makeEngine);
  if (found.kind === "needs") return found;
  const { verdicts } = found;
  const counts: DraftVerdicts["counts"] = (among) =>
    parts.read(
      verdicts.map(({ eligible, undetermined }) => ({
        eligible: countRows(eligible, among),
        undetermined: countRows(undetermined, among),
      })),
    );
  return { kind: "judged", whole: verdicts[0] as Verdicts, counts };
}

/** The policies to be counted for a draft, and how their counts are read. */
function partsOfDraft(draft: Policy) {
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
  const none: PolicyCounts = { eligible: 0, undetermined: 0 };
  const read = ([whole = none, ...counts]: readonly PolicyCounts[]) => {
    const conditions = parts.map((part, place): ConditionCounts => {
      const own = counts[place] ?? none;
      const others = counts[parts.length + needed.indexOf(part)];
      const isNeeded = needed.includes(part) && others !== undefined;
      return { name: part.name, ...own, ...(isNeeded && { lacksOnlyThis: others.eligible - whole.eligible }) };
    });
    return { whole, conditions };
  };
  return { policies, read };
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
