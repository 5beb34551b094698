import type { RowsExpectation } from "../facts/delivery-source.ts";
import type { Day } from "../kernel/day.ts";
import { checkCells } from "./check-cells.ts";
import { checkDays } from "./check-days.ts";
import { checkNumbers } from "./check-numbers.ts";
import { checkSize } from "./check-size.ts";
import type { Finding } from "./finding.ts";
import type { Observation } from "./observation.ts";

export type Screened = Readonly<{
  now: Observation;
  /** The complete delivery of the same source before this one; none for the first. */
  before: Observation | undefined;
  asOf: Day;
  /** Holds only some firms: its size says nothing. */
  isPartial: boolean;
  /** These bytes were delivered once, but not last: an old file came again. */
  isOldCopy: boolean;
  expectedRows: RowsExpectation;
}>;

/**
 * Looks at a delivery beside its predecessor before anything is believed. Rows have been read and
 * judged one by one already; here the whole is looked at. No finding: nothing speaks against it.
 */
export function screenDelivery({ now, before, asOf, isPartial, isOldCopy, expectedRows }: Screened): Finding[] {
  const earlier = new Map(before?.columns.map((column) => [column.id, column]));
  const columns = now.columns.flatMap((column) => {
    const previous = earlier.get(column.id);
    return [...checkCells(column, previous), ...checkNumbers(column, previous), ...checkDays(column, previous, asOf)];
  });
  return [
    ...(isOldCopy ? [oldCopy] : []),
    ...(isPartial ? [] : checkSize(now, before, expectedRows)),
    ...columns.filter(({ code }) => !(isPartial && code === "column-emptied")),
  ];
}

const oldCopy: Finding = {
  code: "old-copy",
  message: {
    zh: "与更早的一次交付完全相同，而不同于最近一次，可能误发了旧文件。",
    en: "The same bytes as an earlier delivery, but not the last one: was an old file sent again?",
  },
};
