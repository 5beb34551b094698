import { list, NOTHING, num, range, text, truth, union, type Value } from "../formula/value.ts";
import type { Bilingual, Json } from "../json.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import { type Format, textOf } from "./value-text.ts";

/** Prints a value that went through JSON (a trace) as if it had never left. */
export function jsonText(json: Json, format: Format): Bilingual {
  return textOf(valueFrom(json, format), format);
}

const numeric = new Set(["integer", "decimal", "money", "percent", "number"]);

function valueFrom(json: Json, format: Format): Value {
  if (json === null) return NOTHING;
  if (typeof json === "boolean") return truth(json);
  if (typeof json === "number" || typeof json === "string") {
    const n = numeric.has(format.type) ? exactNumber(json) : undefined;
    return n ? num(n) : text(String(json));
  }
  if (Array.isArray(json)) return list(json.map((each) => ({ value: valueFrom(each, format) })));
  return partlyKnown(json as Readonly<Record<string, Json>>, format);
}

function partlyKnown(json: Readonly<Record<string, Json>>, format: Format): Value {
  const { oneOf, min, max } = json;
  if (Array.isArray(oneOf)) {
    return union(
      oneOf.map((each) => valueFrom(each, format)),
      [],
    );
  }
  if (min !== undefined || max !== undefined) return range(exactNumber(min ?? null), exactNumber(max ?? null), []);
  return list(Object.values(json).map((each) => ({ value: valueFrom(each, { type: "text" }) })));
}
