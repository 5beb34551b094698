import { BLOCK_ROWS, type Block, codeAt, type Layout, layoutFor } from "./block.ts";
import { type Coding, UNKNOWN } from "./coding.ts";
import { contentOfQuestion } from "./content.ts";
import { FirmTable, type FirmTableOptions } from "./firm-table.ts";
import type { Column, SweepPlan } from "./plan.ts";

/** What a column asks, by content, and what each of its codes answers. */
export type ColumnImage = Readonly<{ key: string; questions: readonly string[]; signatures: readonly string[] }>;

/** A table as it can be kept, without the policies that it was made for. Its blocks are those of the table. */
export type TableImage = Readonly<{ asOf: string; columns: readonly ColumnImage[]; blocks: readonly Block[] }>;

/** A table that knows what another one knew. */
export type CarriedTable = Readonly<{
  table: FirmTable;
  /** The row of each firm that was asked for, in their order. */
  rows: Int32Array;
  /** Columns of which nothing was known: their facts have to be read of every firm. */
  unread: readonly number[];
}>;

export function imageOf({ plan, codings, blocks }: FirmTable): TableImage {
  const columns = codings.map(({ column, signatures }) => ({
    key: column.key,
    questions: questionsOf(column),
    signatures: [...signatures],
  }));
  return { asOf: plan.asOf, columns, blocks };
}

/**
 * Makes a table for other policies, or for another day, out of what a table knew: codes stand for answers, and
 * who asks the same has the same answer. Of firms whose answers the day itself may have changed all has to be
 * read again by whoever knows which they are.
 *
 * @param rows of the firms to be carried over, in the order wanted
 */
export function carryOver(
  image: TableImage,
  rows: Int32Array,
  plan: SweepPlan,
  options: FirmTableOptions = {},
): CarriedTable {
  const table = new FirmTable(plan, options);
  const layout = layoutFor(image.columns.map(({ signatures }) => signatures.length));
  const sources = table.codings.map((coding) => sourceOf(coding, image));
  const carried = new Int32Array(rows.length);
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const some = rows.subarray(from, from + BLOCK_ROWS);
    const codes = sources.map((source) => codesFrom(source, image.blocks, layout, some));
    carried.set(table.addCodes(codes, some.length), from);
  }
  const unread = sources.flatMap((source, column) => (source === "unread" ? [column] : []));
  return { table, rows: carried, unread };
}

/** Where the codes of a column come from. `same`: it rests on nothing of a firm. */
type Source = "unread" | "same" | Readonly<{ column: number; codeOf: (old: number) => number }>;

function sourceOf(coding: Coding, image: TableImage): Source {
  const { column } = coding;
  if (column.inputs.length === 0) return "same";
  const place = image.columns.findIndex(({ key }) => key === column.key);
  const old = image.columns[place];
  if (!old) return "unread";
  const places = questionsOf(column).map((question) => old.questions.indexOf(question));
  if (places.includes(-1)) return "unread";
  const answersOf = (code: number) => {
    const signature = old.signatures[code] ?? "";
    return places.map((question) => signature.charAt(question)).join("");
  };
  // Who has this code either has nothing of the column or other values with the same answers; if the day has
  // parted them, it does not say which.
  if (answersOf(UNKNOWN) !== coding.signatures[UNKNOWN]) return "unread";
  const known: number[] = [];
  const codeOf = (code: number) => {
    known[code] ??= coding.codeOfSignature(answersOf(code));
    return known[code];
  };
  return { column: place, codeOf };
}

function codesFrom(source: Source, blocks: readonly Block[], layout: Layout, rows: Int32Array): Uint16Array {
  const codes = new Uint16Array(rows.length);
  if (typeof source === "string") return codes;
  for (const [place, row] of rows.entries()) {
    const block = blocks[Math.floor(row / BLOCK_ROWS)];
    if (!block) throw new RangeError(`no firm in row ${row}`);
    codes[place] = source.codeOf(codeAt(block, layout, source.column, row % BLOCK_ROWS));
  }
  return codes;
}

function questionsOf({ questions, policy }: Column): readonly string[] {
  return questions.map((leaf) => contentOfQuestion(leaf, policy));
}
