import type { Policy } from "@apply-free/rules";
import { isPersonCode } from "../kernel/subject-code.ts";

/** How the vocabulary calls a natural person (`ent.subjectType`). */
const PERSON = "自然人";

/**
 * Whether a policy is about this kind of subject at all: a firm is not told that it is no disabled person, and
 * nobody looks at a person's data for what only firms can get.
 */
export function speaksOf({ subjectTypes }: Pick<Policy, "subjectTypes">, code: string): boolean {
  return isPersonCode(code) ? subjectTypes.includes(PERSON) : subjectTypes.some((type) => type !== PERSON);
}
