import type { Day } from "../kernel/day.ts";
import type { SheetValue } from "./sample-xlsx.ts";

/** One delivery before it is a file: the first rows may be a title and then a header, as departments write them. */
export type SampleTable = Readonly<{
  sourceId: string;
  asOf: Day;
  format: "csv-utf8" | "csv-utf8-bom" | "csv-gbk" | "xlsx";
  /** Holds only some firms. */
  isPartial: boolean;
  rows: readonly SampleRow[];
}>;

export type SampleRow = readonly SheetValue[];
