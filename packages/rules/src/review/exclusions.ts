import { leavesOf } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** Nobody is left out by a word: an exclusion needs a clause of its own and a list or record that shows it. */
export function findGroundlessExclusions(policy: Policy): Finding[] {
  return leavesOf(policy.requirements).flatMap(({ name, clause, fact }): Finding[] => {
    const isExclusion = clause !== undefined && policy.clauses.get(clause)?.tags.includes("非资格");
    const definition = policy.vocabulary.facts.get(fact);
    if (!isExclusion || !definition) return [];
    if (definition.means === "records" || definition.means === "inspection") return [];
    const message = `leaves firms out by ${fact}, which no department's record shows (${definition.means}).`;
    return [{ level: "warning", code: "exclusion-without-list", where: name, message }];
  });
}
