import type { Json } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";
import type { RowIssue } from "./row-issue.ts";
import type { DeliveredFact } from "./settle-firm.ts";

/** A value that a department took back when a firm had disputed it. `about`: the day that it had spoken of. */
export type TakenBack = Readonly<{ firmCode: string; factId: string; value: Json; about: Day; disputeId: string }>;

export type Sifted = Readonly<{
  facts: readonly DeliveredFact[];
  /** Facts that say again what was taken back. */
  relapses: readonly TakenBack[];
}>;

/**
 * Leaves out what a department's system says again although its people took it back: the answer to a
 * dispute would last until the next file. Of another year the same value is a new statement.
 */
export function withoutRelapses(facts: readonly DeliveredFact[], takenBack: readonly TakenBack[], asOf: Day): Sifted {
  const ofThisYear = takenBack.filter(({ about }) => about.slice(0, 4) === asOf.slice(0, 4));
  if (ofThisYear.length === 0) return { facts, relapses: [] };
  const known = new Map(ofThisYear.map((each) => [`${each.firmCode} ${each.factId}`, each]));
  const relapses: TakenBack[] = [];
  const kept = facts.filter(({ firmCode, factId, value }) => {
    const wrong = known.get(`${firmCode} ${factId}`);
    if (!wrong || canonicalJson(wrong.value) !== canonicalJson(value)) return true;
    relapses.push(wrong);
    return false;
  });
  return { facts: kept, relapses };
}

/** @param lines credit code → last line about the firm */
export function relapseIssue({ firmCode, factId, disputeId }: TakenBack, lines: ReadonlyMap<string, number>): RowIssue {
  return {
    line: lines.get(firmCode) ?? 1,
    field: factId,
    severity: "warning",
    reason: {
      zh: `异议${disputeId}中已更正的值又出现，未采用，请来源部门修正其系统。`,
      en: `The value that was corrected on ${disputeId} is here again; it is not taken. The department's system needs correcting.`,
    },
  };
}
