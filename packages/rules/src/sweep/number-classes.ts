import Fraction from "fraction.js";
import { num } from "../formula/value.ts";
import { exactNumber } from "../vocabulary/fact-value.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { classOn, codesOn, placeOn } from "./number-scale.ts";
import type { CodeOf, ValueClasses } from "./value-code.ts";

/**
 * Numbers that a question names, and the spans between them, exact to the last decimal.
 *
 * Reading a decimal as a double keeps its order: what becomes a smaller double than a limit does is smaller.
 * So doubles are enough to tell the span, except where a number becomes the very double of a limit; there
 * the exact decimals are compared.
 */
export function numberClasses(fact: FactDefinition, limits: readonly Fraction[], codeOf: CodeOf): ValueClasses {
  const bounds = [fact.min, fact.max].flatMap((bound) => (bound === undefined ? [] : [new Fraction(bound)]));
  const cuts = distinct([...limits, ...bounds]);
  const isAllowed = (n: Fraction) =>
    !(fact.min !== undefined && n.lt(fact.min)) && !(fact.max !== undefined && n.gt(fact.max));
  const codeOfNumber = (n: Fraction) => (isAllowed(n) ? codeOf(num(n)) : 0);
  // In the order of numbers, so that what lies on one side of a limit has neighbouring codes.
  const [below = new Fraction(0), ...above] = spansOf(cuts);
  const between = [codeOfNumber(below)];
  const at = cuts.map((cut, place) => {
    const code = codeOfNumber(cut);
    between.push(codeOfNumber(above[place] as Fraction));
    return code;
  });
  const exactly = (n: Fraction): number => {
    const place = cuts.findLastIndex((cut) => cut.lte(n));
    return (cuts[place]?.equals(n) ? at[place] : between[place + 1]) ?? 0;
  };
  const cutDoubles = cuts.map((cut) => cut.valueOf());
  const isWhole = fact.type === "integer";
  const keys = Float64Array.from(new Set(cutDoubles)).sort();
  const scale = { cuts: keys, isWhole };
  // The code of each class on the scale: of a key where it is one, of the span before or after it.
  const codes = new Uint16Array(2 * keys.length + 1);
  codes[0] = between[0] ?? 0;
  for (const [place, key] of keys.entries()) {
    codes[2 * place + 1] = codeOfWritten(key, exactly);
    codes[2 * place + 2] = between[cutDoubles.filter((cut) => cut <= key).length] ?? 0;
  }
  const codeOfClass = (found: number) => (found < 0 ? 0 : (codes[found] as number));
  const ofDouble = (value: number) => codeOfClass(classOn(scale, value));
  const ofText = (written: string): number => {
    if (written.length > MOST_DIGITS || !decimal.test(written)) return 0;
    if (isWhole && fractional.test(written)) return 0;
    const value = Number(written);
    const place = placeOn(keys, value);
    if (place > 0 && keys[place - 1] === value) return exactly(exactNumber(written) ?? new Fraction(0));
    return codes[2 * place] as number;
  };
  return {
    scale,
    doubles: codesOn(scale, codeOfClass),
    ofJson: (json) => (typeof json === "number" ? ofDouble(json) : typeof json === "string" ? ofText(json) : 0),
  };
}

const MOST_DIGITS = 30;
const decimal = /^-?\d+(\.\d+)?$/;
const fractional = /\.\d*[1-9]/;

function codeOfWritten(key: number, exactly: (n: Fraction) => number): number {
  const n = exactNumber(key);
  return n ? exactly(n) : 0;
}

function distinct(numbers: readonly Fraction[]): Fraction[] {
  const sorted = numbers.toSorted((a, b) => a.compare(b));
  return sorted.filter((n, place) => place === 0 || !n.equals(sorted[place - 1] as Fraction));
}

/** One number out of each span: before the first cut, between two, after the last. */
function spansOf(cuts: readonly Fraction[]): Fraction[] {
  const [first] = cuts;
  const last = cuts.at(-1);
  if (!first || !last) return [new Fraction(0)];
  const inner = cuts.slice(1).map((cut, place) => cut.add(cuts[place] as Fraction).div(2));
  return [first.sub(1), ...inner, last.add(1)];
}
