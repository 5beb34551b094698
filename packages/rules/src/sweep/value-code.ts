import type { Value } from "../formula/value.ts";
import type { Json } from "../json.ts";
import type { DoubleCodes } from "./double-codes.ts";
import type { NumberScale } from "./number-scale.ts";

/** Codes of the values of one fact, without reading it again for every firm. What is no value of the fact is unknown. */
export type ValueClasses = Readonly<{
  ofJson: (json: Json) => number;
  /** Of numbers in 64 bits, as JSON would write them; only where the fact is a number. */
  doubles?: DoubleCodes;
  /** Which numbers have one code; only where the fact is a number. */
  scale?: NumberScale;
}>;

/** Gives a class its code. */
export type CodeOf = (value: Value) => number;
