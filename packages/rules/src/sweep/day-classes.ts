import { isDay } from "../formula/calendar.ts";
import { day } from "../formula/value.ts";
import type { CodeOf, ValueClasses } from "./value-code.ts";

/** Days that a question names, and the times between them. The order of days is the order of their text. */
export function dayClasses(days: readonly string[], codeOf: CodeOf): ValueClasses {
  const cuts = [...new Set(days)].sort();
  // Later than the day before it in the order of text, and earlier than any other day. In the order of days,
  // so that what lies on one side of a limit has neighbouring codes.
  const between = [codeOf(day(""))];
  const at = cuts.map((cut) => {
    const code = codeOf(day(cut));
    between.push(codeOf(day(`${cut}+`)));
    return code;
  });
  const codeOfDay = (written: string) => {
    const place = cuts.findLastIndex((cut) => cut <= written);
    return (cuts[place] === written ? at[place] : between[place + 1]) ?? 0;
  };
  // There are fewer days than firms.
  const known = new Map<string, number>();
  return {
    ofJson(json) {
      if (typeof json !== "string") return 0;
      const found = known.get(json);
      if (found !== undefined) return found;
      const code = isDay(json) ? codeOfDay(json) : 0;
      if (known.size < MOST_REMEMBERED) known.set(json, code);
      return code;
    },
  };
}

const MOST_REMEMBERED = 100_000;
