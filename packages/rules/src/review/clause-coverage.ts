import type { Condition } from "../condition/condition.ts";
import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** Every clause says what it is about, and each about eligibility or amount is used by the rule. */
export function findUncoveredClauses(policy: Policy): Finding[] {
  const used = new Set([
    ...clausesIn(policy.requirements),
    ...policy.benefit.clauses,
    ...policy.stacking.map(({ clause }) => clause),
    ...derivedClauses(policy),
  ]);
  return [...policy.clauses.values()].flatMap(({ label, tags }): Finding[] => {
    if (tags.length === 0) {
      const message = "does not say what it is about; end its heading with [资格], [金额], [时限], [程序] or [非资格].";
      return [{ level: "warning", code: "clause-untagged", where: label, message }];
    }
    const matters = tags.includes("资格") || tags.includes("金额");
    if (!matters || used.has(label)) return [];
    return [
      {
        level: "warning",
        code: "clause-unused",
        where: label,
        message: "is about eligibility or amount, but nothing refers to it.",
      },
    ];
  });
}

function clausesIn(condition: Condition): string[] {
  const own = condition.clause === undefined ? [] : [condition.clause];
  if (condition.kind === "leaf") return own;
  const children = condition.kind === "not" ? [condition.child] : condition.children;
  return [...own, ...children.flatMap(clausesIn)];
}

function derivedClauses({ derived }: Policy): string[] {
  return [...derived.values()].flatMap(({ definition: { clause } }) => clause ?? []);
}
