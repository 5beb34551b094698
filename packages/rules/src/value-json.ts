import type Fraction from "fraction.js";
import { durationText } from "./formula/duration.ts";
import type { Value } from "./formula/value.ts";
import type { Json } from "./json.ts";

const MOST_EXACT_DIGITS = 15;

/** A value as JSON: known ones plain, partly known ones as `{min, max}` or `{oneOf}`; `undefined` when unknown. */
export function jsonOf(value: Value): Json | undefined {
  switch (value.kind) {
    case "null":
      return null;
    case "boolean":
      return value.is;
    case "number":
      return jsonNumber(value.n);
    case "text":
      return value.text;
    case "date":
      return value.day;
    case "duration":
      return durationText(value);
    case "list":
      return value.more ? undefined : value.items.map((item) => jsonOf(item.value) ?? null);
    case "record":
      return Object.fromEntries([...value.fields].map(([name, field]) => [name, jsonOf(field) ?? null]));
    case "oneOf":
      return { oneOf: value.values.map((each) => jsonOf(each) ?? null) };
    case "range": {
      const { min, max } = value;
      return min || max ? { ...(min && { min: jsonNumber(min) }), ...(max && { max: jsonNumber(max) }) } : undefined;
    }
    case "unknown":
      return undefined;
  }
}

/** A JSON number where it is the same decimal, else decimal text. */
function jsonNumber(n: Fraction): Json {
  const written = decimalText(n);
  const digits = written.replace(/[-.]/g, "").length;
  return digits <= MOST_EXACT_DIGITS && !written.includes("…") ? Number(written) : written;
}

/** The decimal, exact; one that never ends is cut after ten places and says so by `…`. */
export function decimalText(n: Fraction): string {
  if (n.d === 1n) return `${n.s < 0n ? "-" : ""}${n.n}`;
  const written = n.toString();
  return written.includes("(") ? `${n.s < 0n ? "-" : ""}${n.abs().floor(10)}…` : written;
}
