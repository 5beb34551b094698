import type { TraceResult } from "../decision.ts";
import type { Answer } from "../formula/logic.ts";
import type { Condition, Leaf } from "./condition.ts";

/**
 * The specification of the three-valued logic (strong Kleene) that every faster path must equal.
 * A leaf that is void, because the fact was looked up and is nothing, never helps: it counts as
 * false, and as true under an odd number of `not`.
 */
export function judge(condition: Condition, answer: (leaf: Leaf) => Answer, isUnderNot = false): TraceResult {
  switch (condition.kind) {
    case "leaf": {
      const said = answer(condition);
      return said === "void" ? (isUnderNot ? "true" : "false") : said;
    }
    case "not": {
      const inner = judge(condition.child, answer, !isUnderNot);
      return inner === "unknown" ? "unknown" : inner === "true" ? "false" : "true";
    }
    case "all": {
      const results = condition.children.map((child) => judge(child, answer, isUnderNot));
      if (results.includes("false")) return "false";
      return results.includes("unknown") ? "unknown" : "true";
    }
    case "any": {
      const results = condition.children.map((child) => judge(child, answer, isUnderNot));
      if (results.includes("true")) return "true";
      return results.includes("unknown") ? "unknown" : "false";
    }
  }
}
