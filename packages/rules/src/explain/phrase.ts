import { type OperatorName, operatorNameOf, operatorOf } from "../condition/operators.ts";
import type { Bilingual } from "../json.ts";

/** How a group of requirements is introduced. */
export const groupPhrases: Readonly<Record<string, Bilingual>> = {
  all: { zh: "同时满足下列各项", en: "All of the following hold" },
  any: { zh: "满足下列任一项", en: "At least one of the following holds" },
  not: { zh: "下列情形不成立", en: "The following does not hold" },
};

/** An operator in words: `不高于`, `is at most`. */
export function phraseOf(operator: string, isDay: boolean): Bilingual {
  const name: OperatorName | undefined = operatorNameOf(operator);
  if (!name) return { zh: operator, en: operator };
  const { phrase, phraseForDays } = operatorOf(name);
  return isDay && phraseForDays ? phraseForDays : phrase;
}
