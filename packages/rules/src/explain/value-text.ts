import type Fraction from "fraction.js";
import type { Quantity } from "../benefit/benefit.ts";
import { boundsOf, type Duration, type Exact, isExact, type Value } from "../formula/value.ts";
import type { Bilingual } from "../json.ts";
import { decimalText } from "../value-json.ts";
import type { FactType } from "../vocabulary/vocabulary.ts";
import { listed } from "./listed.ts";

/** How a value is printed: its type, its unit, and what its codes mean. */
export type Format = Readonly<{
  type: FactType | Quantity;
  unit?: Bilingual | undefined;
  codes?: ReadonlyMap<string, Bilingual> | undefined;
}>;

const same = (text: string): Bilingual => ({ zh: text, en: text });

/** A value for people, in both languages: `100,000 元`, `1.2%`, `中型`, `30% 至 60%`, `未知`. */
export function textOf(value: Value, format: Format): Bilingual {
  if (isExact(value)) return exactText(value, format);
  const bounds = boundsOf(value);
  if (bounds?.min && bounds.max) return between(numberText(bounds.min, format), numberText(bounds.max, format));
  if (bounds?.min)
    return { zh: `不低于 ${numberText(bounds.min, format).zh}`, en: `at least ${numberText(bounds.min, format).en}` };
  if (bounds?.max)
    return { zh: `不高于 ${numberText(bounds.max, format).zh}`, en: `at most ${numberText(bounds.max, format).en}` };
  if (value.kind === "oneOf" && value.values.length <= 6 && format.type !== "boolean") {
    const texts = value.values.map((each) => exactText(each, format));
    return { zh: texts.map(({ zh }) => zh).join(" 或 "), en: texts.map(({ en }) => en).join(" or ") };
  }
  return { zh: "未知", en: "not known" };
}

function between(low: Bilingual, high: Bilingual): Bilingual {
  return { zh: `${low.zh} 至 ${high.zh}`, en: `${low.en} to ${high.en}` };
}

function exactText(value: Exact, format: Format): Bilingual {
  switch (value.kind) {
    case "null":
      return { zh: "无", en: "none" };
    case "boolean":
      return value.is ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
    case "number":
      return numberText(value.n, format);
    case "text":
      return format.codes?.get(value.text) ?? same(value.text);
    case "date":
      return same(value.day);
    case "duration":
      return durationText(value);
    case "list":
      return listText(value.items.map((item) => textOf(item.value, format)));
    case "record":
      return listText([...value.fields.values()].map((field) => textOf(field, { type: "text" })));
  }
}

function durationText({ unit, length }: Duration): Bilingual {
  if (unit === "days") return { zh: `${length} 天`, en: `${length} days` };
  return { zh: `${length} 个月`, en: `${length} months` };
}

function listText(parts: readonly Bilingual[]): Bilingual {
  if (parts.length === 0) return { zh: "无", en: "none" };
  const shown = parts.slice(0, 12);
  const more = parts.length > shown.length ? { zh: " 等", en: " and others" } : same("");
  const { zh, en } = listed(shown);
  return { zh: `${zh}${more.zh}`, en: `${en}${more.en}` };
}

function numberText(n: Fraction, { type, unit }: Format): Bilingual {
  if (type === "percent") return same(`${decimalText(n)}%`);
  if (type === "money") return { zh: `${grouped(decimalText(n))} 元`, en: `CNY ${grouped(decimalText(n))}` };
  // Years and the like read wrong with thousands marks, so only counted things get them.
  const digits = unit ? grouped(decimalText(n)) : decimalText(n);
  return unit ? { zh: `${digits} ${unit.zh}`, en: `${digits} ${unit.en}` } : same(digits);
}

/** `1234567.5` → `1,234,567.5` */
export function grouped(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}
