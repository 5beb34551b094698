import type { Bilingual, Json } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { ValueShape } from "./cell.ts";
import { quoted } from "./row-issue.ts";

/** What is odd about a code on a day: not on the list that knows all of its kind, no longer, or not yet. */
export function codeDoubt(shape: Pick<ValueShape, "known"> | undefined, value: Json, day: Day): Bilingual | undefined {
  const known = shape?.known;
  if (!known || typeof value !== "string" || !known.within.some((start) => value.startsWith(start))) return undefined;
  const code = known.codes.get(value);
  if (!code) return { zh: `没有代码${quoted(value)}。`, en: `There is no code ${quoted(value)}.` };
  if (code.until !== undefined && day > code.until) {
    const now = code.became === undefined ? undefined : quoted(code.became);
    return {
      zh: `代码${quoted(value)}用到${code.until}为止${now ? `，现为${now}` : ""}。`,
      en: `Code ${quoted(value)} stood until ${code.until}${now ? `, now ${now}` : ""}.`,
    };
  }
  if (code.from !== undefined && day < code.from) {
    return {
      zh: `代码${quoted(value)}自${code.from}起才有。`,
      en: `Code ${quoted(value)} stands from ${code.from} on.`,
    };
  }
  return undefined;
}
