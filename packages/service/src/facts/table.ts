/** One cell as written. `isNumber`: a spreadsheet holds it as a number, with 15 digits at most. */
export type Cell = Readonly<{ text: string; isNumber: boolean }>;

export type TableRow = Readonly<{
  /** Line in the file, from 1. */
  line: number;
  cells: readonly Cell[];
}>;

/** A file as rows of cells, whatever format it came in. */
export type Table = readonly TableRow[];

/** The same, some thousand rows at a time and never all of them. */
export type TableStream = AsyncIterable<Table>;

/** Reads a text as it comes, in pieces of UTF-8: the rows that a piece completes, and those that the end does. */
export type TextReader = Readonly<{ push(piece: Buffer): TableRow[]; end(): TableRow[] }>;

export const emptyCell: Cell = { text: "", isNumber: false };

/** A cell of a text file. */
export function textCell(written: string): Cell {
  return { text: written.trim(), isNumber: false };
}

export function isEmptyRow({ cells }: TableRow): boolean {
  return cells.every(({ text }) => text === "");
}

export async function* rowsOfText(pieces: AsyncIterable<Buffer>, reader: TextReader): TableStream {
  for await (const piece of pieces) {
    const rows = reader.push(piece);
    if (rows.length > 0) yield rows;
  }
  yield reader.end();
}
