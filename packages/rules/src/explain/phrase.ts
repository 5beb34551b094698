import { type OperatorName, operatorNameOf, operatorOf, oppositeOf } from "../condition/operators.ts";
import type { Bilingual } from "../json.ts";

/** How a group of requirements is introduced. */
export const groupPhrases: Readonly<Record<string, Bilingual>> = {
  all: { zh: "同时满足下列各项", en: "All of the following hold" },
  any: { zh: "满足下列任一项", en: "At least one of the following holds" },
  not: { zh: "下列情形不成立", en: "The following does not hold" },
};

/** The same within an exclusion, where the group names circumstances that must not be there. */
export const excludedGroupPhrases: Readonly<Record<string, Bilingual>> = {
  all: { zh: "同时有下列情形", en: "All of the following are the case" },
  any: { zh: "有下列情形之一", en: "Any of the following is the case" },
  not: { zh: "没有下列情形", en: "The following is not the case" },
};

/** The opposite of an operator in words: `高于` for `atMost`. */
export function oppositePhraseOf(operator: string, isDay: boolean): Bilingual {
  const name = operatorNameOf(operator);
  return phraseOf(name ? oppositeOf(name) : operator, isDay);
}

/** An operator in words: `不高于`, `is at most`. */
export function phraseOf(operator: string, isDay: boolean): Bilingual {
  const name: OperatorName | undefined = operatorNameOf(operator);
  if (!name) return { zh: operator, en: operator };
  const { phrase, phraseForDays } = operatorOf(name);
  return isDay && phraseForDays ? phraseForDays : phrase;
}
