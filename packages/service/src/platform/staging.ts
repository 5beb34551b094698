/** Cells of one row as text, in the order of the columns; `null` is SQL NULL. */
export type Cells = readonly (string | null)[];
/** Name → type, as SQL writes it. */
export type StagedColumns = Readonly<Record<string, string>>;

/** A table where rows wait for one statement to take them over, so that none of them has to be in memory. */
export type StagingTable = Readonly<{
  /** Quoted, with its schema. */
  name: string;
  append(rows: readonly Cells[]): Promise<void>;
  /** No more rows come: from now on every statement sees them. */
  close(): Promise<void>;
}>;

export type Staging = Readonly<{
  /** Makes a table in the schema `staging`, in place of one of that name. Whoever takes the rows over drops it. */
  open(name: string, columns: StagedColumns): Promise<StagingTable>;
  /** What a query over closed tables answers, all cells cast to text, some thousand rows at a time. */
  read(query: string): AsyncIterable<readonly Cells[]>;
  /** Gives up what is open, after a failure. */
  abandon(): Promise<void>;
}>;

export function stagingName(name: string): string {
  return `staging.${quoted(name)}`;
}

export function columnList(columns: StagedColumns): string {
  return Object.entries(columns)
    .map(([column, type]) => `${quoted(column)} ${type}`)
    .join(", ");
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
