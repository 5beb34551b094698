import Fraction from "fraction.js";
import { addMonths, daysBetween, fullMonthsBetween, shiftDays } from "./calendar.ts";
import type { ArithmeticOperator } from "./expression.ts";
import { type Day, type Duration, day, type Exact, NOTHING, num } from "./value.ts";

const written = /^(-)?P(?:(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?|(\d{1,6})D)$/;

/**
 * `P1Y6M`, `P18M`, `P90D`, with a minus before it for the other direction.
 *
 * Source: FEEL (DMN 1.5 §10.3.2.3.7, after ISO 8601): months and days are two kinds that do not mix,
 * because no month has a fixed number of days. The language knows no times of day.
 * @returns `undefined` when it is no duration of either kind
 */
export function durationFrom(text: string): Duration | undefined {
  const parts = written.exec(text);
  if (!parts) return undefined;
  const [, minus, years, months, days] = parts;
  const sign = minus ? -1 : 1;
  if (days !== undefined) return duration("days", sign * Number(days));
  return duration("months", sign * (Number(years ?? 0) * 12 + Number(months ?? 0)));
}

/** The duration as FEEL writes it, months carried into years. */
export function durationText({ unit, length }: Duration): string {
  const sign = length < 0 ? "-" : "";
  const size = Math.abs(length);
  if (unit === "days") return `${sign}P${size}D`;
  const [years, months] = [Math.trunc(size / 12), size % 12];
  return size === 0 ? "P0M" : `${sign}P${years > 0 ? `${years}Y` : ""}${months > 0 ? `${months}M` : ""}`;
}

/** Completed months from one day to another, as a duration. */
export const monthsFrom = (from: string, to: string) => duration("months", fullMonthsBetween(from, to));

function duration(unit: Duration["unit"], length: number): Duration {
  // No minus zero, which would not equal zero.
  return { kind: "duration", unit, length: length === 0 ? 0 : length };
}

/** Arithmetic that a duration or two days take part in; nothing where it makes no sense. */
export function withDurations(operator: ArithmeticOperator, a: Exact, b: Exact): Exact {
  if (a.kind === "date" && b.kind === "date") {
    return operator === "-" ? duration("days", daysBetween(b.day, a.day)) : NOTHING;
  }
  if (a.kind === "date" && b.kind === "duration") return shifted(operator, a, b);
  if (a.kind === "duration" && b.kind === "date") return operator === "+" ? shifted("+", b, a) : NOTHING;
  if (a.kind === "duration" && b.kind === "duration") return ofTwo(operator, a, b);
  if (a.kind === "duration" && b.kind === "number") return scaled(operator, a, b.n);
  if (a.kind === "number" && b.kind === "duration") return operator === "*" ? scaled("*", b, a.n) : NOTHING;
  return NOTHING;
}

function shifted(operator: ArithmeticOperator, from: Day, { unit, length }: Duration): Exact {
  if (operator !== "+" && operator !== "-") return NOTHING;
  const by = operator === "+" ? length : -length;
  const to = unit === "months" ? addMonths(from.day, by) : shiftDays(from.day, by);
  return to === undefined ? NOTHING : day(to);
}

function ofTwo(operator: ArithmeticOperator, a: Duration, b: Duration): Exact {
  if (a.unit !== b.unit) return NOTHING;
  switch (operator) {
    case "+":
      return duration(a.unit, a.length + b.length);
    case "-":
      return duration(a.unit, a.length - b.length);
    case "/":
      return b.length === 0 ? NOTHING : num(new Fraction(a.length, b.length));
    default:
      return NOTHING;
  }
}

/** Half a month is no duration: only whole results are. */
function scaled(operator: ArithmeticOperator, { unit, length }: Duration, by: Fraction): Exact {
  if (operator !== "*" && operator !== "/") return NOTHING;
  if (operator === "/" && by.n === 0n) return NOTHING;
  const result = operator === "*" ? by.mul(length) : new Fraction(length).div(by);
  return result.d === 1n && result.abs().lt(MOST) ? duration(unit, result.valueOf()) : NOTHING;
}

const MOST = 10_000_000;

/** `years` and `months` of a duration in months, `days` of one in days. */
export function partOfDuration({ unit, length }: Duration, name: string): Exact {
  if (unit === "days") return name === "days" ? num(new Fraction(length)) : NOTHING;
  if (name === "years") return num(new Fraction(Math.trunc(length / 12)));
  // No minus zero here either.
  return name === "months" ? num(new Fraction((length % 12) + 0)) : NOTHING;
}
