import type { Value } from "../formula/value.ts";
import type { Json } from "../json.ts";

/** Codes of the values of one fact, without reading it again for every firm. What is no value of the fact is unknown. */
export type ValueClasses = Readonly<{
  ofJson: (json: Json) => number;
  /** Of a number in 64 bits, as JSON would write it; only where the fact is a number. */
  ofDouble?: (value: number) => number;
}>;

/** Gives a class its code. */
export type CodeOf = (value: Value) => number;
