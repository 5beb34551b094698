import type { Policy } from "../policy/policy.ts";
import type { Finding } from "./finding.ts";

/** A code list has editions; a rule must not speak of one that was not in force while the rule is. */
export function findWrongEditions({ facts, vocabulary, validity }: Policy): Finding[] {
  if (!validity) return [];
  return facts.flatMap((id): Finding[] => {
    const edition = vocabulary.facts.get(id)?.edition;
    if (!edition) return [];
    const isTooNew = validity.to !== undefined && edition.from > validity.to;
    const isReplaced = edition.to !== undefined && edition.to < validity.from;
    if (!isTooNew && !isReplaced) return [];
    const message = `${id} is coded by ${edition.name}, which ${isTooNew ? "came after" : "ended before"} this policy.`;
    return [{ level: "warning", code: "wrong-edition", where: id, message }];
  });
}
