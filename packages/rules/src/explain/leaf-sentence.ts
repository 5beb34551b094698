import type { Trace } from "../decision.ts";
import type { Bilingual, Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { formatOf } from "./format.ts";
import { jsonText } from "./json-text.ts";
import { oppositePhraseOf, phraseOf } from "./phrase.ts";
import type { Format } from "./value-text.ts";

/**
 * `{label} {value}，{requirement}`; where it fails or is open, the requirement is named as one.
 * Within an exclusion nothing is required of the firm: there the sentence says what is the case.
 */
export function leafSentence(policy: Policy, trace: Trace, excluded: boolean): Bilingual {
  const { fact = "", operator = "", result } = trace;
  const { label: factLabel, format } = formatOf(policy, fact);
  const label = trace.label ?? factLabel;
  const value = valueText(policy, trace) ?? { zh: "", en: "" };
  const found = { zh: `${label.zh} ${value.zh}`, en: `${label.en}: ${value.en}` };
  const met = requirement(trace, format);
  // "No, which is no" says it twice; what equals its requirement needs no second half.
  const holds = operator === "equal" ? found : { zh: `${found.zh}，${met.zh}`, en: `${found.en}, ${met.en}` };
  const wanted = excluded ? avoidance(trace, format) : met;
  switch (result) {
    case "true":
      return holds;
    case "false":
      if (!excluded) return { zh: `${found.zh}，要求${wanted.zh}`, en: `${found.en}, but required: ${wanted.en}` };
      // "No, which is not yes" says it twice as well.
      return format.type === "boolean" ? found : { zh: `${found.zh}，${wanted.zh}`, en: `${found.en}, ${wanted.en}` };
    case "unknown":
      return { zh: `${found.zh}，须${wanted.zh}`, en: `${found.en}, to be checked: ${wanted.en}` };
  }
}

/** What was found, for people; `undefined` for a group. */
export function valueText(policy: Policy, { fact, actual }: Trace): Bilingual | undefined {
  if (fact === undefined) return undefined;
  if (actual === undefined) return { zh: "尚未取得", en: "not yet obtained" };
  return jsonText(actual, formatOf(policy, fact).format);
}

function requirement({ operator = "", expected }: Trace, format: Format): Bilingual {
  return joined(phraseOf(operator, format.type === "date"), expected, format);
}

/** What the value must be instead of the excluded. */
function avoidance({ operator = "", expected }: Trace, format: Format): Bilingual {
  if (typeof expected === "boolean") return joined(phraseOf(operator, false), !expected, format);
  return joined(oppositePhraseOf(operator, format.type === "date"), expected, format);
}

function joined({ zh, en }: Bilingual, expected: Json | undefined, format: Format): Bilingual {
  const wanted =
    expected === undefined ? { zh: "尚未取得的数值", en: "a value not yet obtained" } : jsonText(expected, format);
  return { zh: `${zh} ${wanted.zh}`, en: `${en} ${wanted.en}` };
}
