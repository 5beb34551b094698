import type { Day } from "../kernel/day.ts";

/** One file that one department handed over. */
export type Delivery = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  /** The day that the delivery speaks of. */
  asOf: Day;
  obtainedAt: Date;
  /** It claims to hold everything the department knows, so that absence says something too. */
  isComplete: boolean;
  rowsGood: number;
  rowsBad: number;
  importedBy: string;
}>;
