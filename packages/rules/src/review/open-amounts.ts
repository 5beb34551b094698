import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** 不超过、不高于 before a share or a sum: the text sets the most, and somebody sets the rest. */
const openWords = /(不超过|不高于)[^\d，。；]{0,8}\d/;
const named = /不超过|不高于|最高|上限/;

/** An amount that the text leaves open, where neither a discretion nor a setting says what is done with it. */
export function findOpenAmounts({ benefit, clauses, settings }: Policy): Finding[] {
  if (!benefit.term || benefit.discretion || settings.some(({ question }) => named.test(question.zh))) return [];
  return benefit.clauses
    .filter((label) => clauses.get(label)?.tags.includes("金额") && openWords.test(clauses.get(label)?.text ?? ""))
    .map((label) => ({
      level: "warning",
      code: "amount-left-open",
      where: label,
      message:
        "sets only the most that may be granted; add discretion (with a table if one is published) or a setting.",
    }));
}
