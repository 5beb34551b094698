/** One cell as written. `isNumber`: a spreadsheet holds it as a number, with 15 digits at most. */
export type Cell = Readonly<{ text: string; isNumber: boolean }>;

export type TableRow = Readonly<{
  /** Line in the file, from 1. */
  line: number;
  cells: readonly Cell[];
}>;

/** A file as rows of cells, whatever format it came in. */
export type Table = readonly TableRow[];

export const emptyCell: Cell = { text: "", isNumber: false };

export function isEmptyRow({ cells }: TableRow): boolean {
  return cells.every(({ text }) => text === "");
}
