/** Bytes in one write: large enough that the stream's own work does not show. */
const CHUNK = 1 << 16;

/** Rows as PostgreSQL's COPY and ClickHouse's TabSeparated read them, in chunks; `null` is NULL. */
export async function* tabSeparated(
  rows: Iterable<readonly (string | null)[]> | AsyncIterable<readonly (string | null)[]>,
  onRows: (done: number) => void = () => {},
): AsyncIterable<string> {
  let chunk = "";
  let done = 0;
  for await (const row of rows) {
    done += 1;
    chunk += lineOf(row);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    onRows(done);
    chunk = "";
  }
  if (chunk !== "") yield chunk;
  onRows(done);
}

export function lineOf(row: readonly (string | null)[]): string {
  return `${row.map(cell).join("\t")}\n`;
}

/** Source: PostgreSQL 15, COPY, text format; ClickHouse, TabSeparated. */
function cell(value: string | null): string {
  if (value === null) return "\\N";
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (special) => escapes[special] ?? special) : value;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
