import type { SheetValue } from "../facts/write-xlsx.ts";
import type { Day } from "../kernel/day.ts";

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
