import type { SchemaElement } from "hyparquet/src/types.js";
import type { PageBytes } from "./packed.ts";
import { scratch } from "./scratch.ts";

/** @returns `undefined` where they are no numbers that a double holds as they were written */
export function numbersIn(element: SchemaElement, body: PageBytes, count: number): Float64Array | undefined {
  const { type, converted_type: converted, logical_type: logical, scale = 0, precision = 0 } = element;
  const isDecimal = converted === "DECIMAL" && precision <= MOST_DIGITS;
  const isInteger =
    (converted === undefined || converted.startsWith("INT_")) &&
    (logical === undefined || (logical.type === "INTEGER" && logical.isSigned));
  const numbers = scratch.numbers(count);
  if (type === "DOUBLE" && converted === undefined && logical === undefined) {
    new Uint8Array(numbers.buffer).set(valuesOf(body, count * 8));
    return numbers;
  }
  if (!isDecimal && !isInteger) return undefined;
  const bytes = valuesOf(body, count * (type === "INT64" ? 8 : 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const divisor = isDecimal ? 10 ** scale : 1;
  if (type === "INT32") {
    for (let at = 0; at < count; at += 1) numbers[at] = view.getInt32(4 * at, true) / divisor;
    return numbers;
  }
  if (type !== "INT64") return undefined;
  for (let at = 0; at < count; at += 1) {
    const whole = Number(view.getBigInt64(8 * at, true));
    // What a double cannot hold is a text, which the library makes of it.
    if (!Number.isSafeInteger(whole)) return undefined;
    numbers[at] = whole / divisor;
  }
  return numbers;
}

/** Digits that a double surely holds. */
const MOST_DIGITS = 15;

function valuesOf({ bytes, at }: PageBytes, length: number): Uint8Array {
  if (at + length > bytes.length) throw new RangeError("a page ends too early");
  return bytes.subarray(at, at + length);
}
