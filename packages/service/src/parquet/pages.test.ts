import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fc, test } from "@fast-check/vitest";
import { parquetMetadata, parquetRead } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { type DuckDb, openDuckDb, sqlText } from "../sweep/duckdb.fs.ts";
import { codecs } from "./codecs.ts";
import { dayText } from "./days.ts";
import { readFlatColumn } from "./pages.ts";
import type { FlatColumn } from "./rows.ts";

let directory: string;
let database: DuckDb;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "pages-"));
  database = await openDuckDb();
});
afterAll(async () => {
  database.close();
  await rm(directory, { recursive: true, force: true });
});

/** What each row says, `undefined` where nothing. */
function rowsOf(column: FlatColumn): unknown[] {
  if (column.kind === "numbers")
    return Array.from(column.values, (value, row) => (column.known[row] === 1 ? value : undefined));
  return Array.from(column.places, (place) => (place === 0 ? undefined : column.entries[place - 1]));
}

type Read = Readonly<{ name: string; flat: unknown[] | undefined; plain: unknown[] }>;

/** Each column of each row group, read as it lies and by the library. */
async function readBoth(bytes: Uint8Array): Promise<Read[]> {
  const file = Uint8Array.from(bytes).buffer;
  const metadata = parquetMetadata(file);
  const reads: Read[] = [];
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    for (const { meta_data: meta } of group.columns) {
      if (!meta) continue;
      const [name = ""] = meta.path_in_schema;
      const plain: unknown[] = [];
      await parquetRead({
        ...{ file, metadata, compressors: codecs, rowStart, rowEnd: rowStart + rows, columns: [name] },
        parsers: { dateFromDays: dayText },
        onChunk: ({ columnData, rowStart: at }) => {
          for (const [place, value] of Array.from(columnData as ArrayLike<unknown>).entries())
            plain[at - rowStart + place] = typeof value === "bigint" ? Number(value) : (value ?? undefined);
        },
      });
      const from = Number(meta.dictionary_page_offset ?? meta.data_page_offset);
      const pages = new Uint8Array(file, from, Number(meta.total_compressed_size));
      const flat = readFlatColumn(pages, { meta, schema: metadata.schema, rows });
      const numbered = (value: unknown) => (typeof value === "bigint" ? Number(value) : value);
      reads.push({
        name,
        flat: flat && rowsOf(flat).map(numbered),
        plain: Array.from({ length: rows }, (_, row) => plain[row]),
      });
    }
    rowStart += rows;
  }
  return reads;
}

/** Columns as DuckDB makes them up: kinds that firms' facts come in, of few values and of many. */
const kinds: Readonly<Record<string, string>> = {
  flag: "random() < 0.3",
  few: "floor(random() * 5)::INTEGER",
  many: "floor(random() * 1e9)::INTEGER",
  long: "floor(random() * 1e12)::BIGINT",
  money: "round(random() * 1e6, 2)",
  decimal: "(random() * 1e6)::DECIMAL(15, 2)",
  exact: "(random() * 1e6)::DECIMAL(18, 4)",
  code: "'33' || floor(random() * 100)::INTEGER",
  name: "'企业' || floor(random() * 1e6)::INTEGER",
  day: "DATE '2010-01-01' + floor(random() * 4000)::INTEGER",
  rare: "CASE WHEN random() < 0.01 THEN 1 END",
  small: "floor(random() * 100)::UTINYINT",
  float: "random()::FLOAT",
  one: "7",
  none: "NULL::DOUBLE",
};
const written = fc.record({
  kinds: fc.uniqueArray(fc.constantFrom(...Object.keys(kinds)), { minLength: 1, maxLength: 4 }),
  missing: fc.constantFrom(0, 0.1, 0.5, 0.99),
  rows: fc.integer({ min: 1, max: 5_000 }),
  codec: fc.constantFrom("uncompressed", "snappy", "zstd", "gzip", "brotli"),
  version: fc.constantFrom("V1", "V2"),
});

describe("a column that is read as it lies in its file", () => {
  test.prop([written], { numRuns: 150 })("says in each row what the library reads there", async (asked) => {
    const file = path.join(directory, "any.parquet");
    const columns = asked.kinds.map(
      (kind) => `CASE WHEN random() >= ${asked.missing} THEN ${kinds[kind]} END AS "${kind}"`,
    );
    await database.run(
      `COPY (SELECT ${columns.join(", ")} FROM range(${asked.rows})) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION ${asked.codec}, PARQUET_VERSION ${asked.version}, ROW_GROUP_SIZE 2048)`,
    );
    for (const { flat, plain } of await readBoth(await readFile(file))) if (flat) expect(flat).toEqual(plain);
  });

  test("is every kind that facts come in, of pages as most tools write them", async () => {
    const file = path.join(directory, "each.parquet");
    const columns = Object.entries(kinds).map(
      ([kind, value]) => `CASE WHEN random() >= 0.1 THEN ${value} END AS "${kind}"`,
    );
    await database.run(
      `COPY (SELECT ${columns.join(", ")} FROM range(3000)) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const reads = await readBoth(await readFile(file));
    const left = reads.flatMap(({ name, flat }) => (flat ? [] : [name]));
    // Texts and days that hardly repeat, decimals that a double does not hold, and fractions in 32 bits.
    expect(left.sort()).toEqual(["day", "exact", "float", "name"]);
    for (const { flat, plain } of reads) if (flat) expect(flat).toEqual(plain);
  });

  test("may have many pages, all rows filled, and a dictionary that was given up", async () => {
    const data = Array.from({ length: 3_000 }, (_, row) => (row < 1_000 ? row % 7 : row / 8));
    const words = data.map((value) => `w${value % 11}`);
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "sum", data, type: "DOUBLE" },
        { name: "staff", data: data.map((value) => Math.floor(value)), type: "INT32" },
        { name: "word", data: words, type: "STRING" },
        { name: "is", data: data.map((value) => value % 3 === 0), type: "BOOLEAN" },
      ],
      pageSize: 500,
      rowGroupSize: 1_200,
    });
    const reads = await readBoth(new Uint8Array(bytes));
    expect(reads).toHaveLength(12);
    for (const { flat, plain } of reads) {
      expect(flat).toBeDefined();
      expect(flat).toEqual(plain);
    }
  });
});

describe("numbers of which their class is enough", () => {
  const cuts = Float64Array.of(-5, 0, 3, 1_000);
  const placed = (data: (number | null)[], isWhole = false) => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: "sum", data, type: "DOUBLE", nullable: true, encoding: "PLAIN" }] }),
    );
    const metadata = parquetMetadata(bytes.buffer);
    const meta = metadata.row_groups[0]?.columns[0]?.meta_data;
    if (!meta) throw new Error("no column was written");
    const pages = bytes.subarray(Number(meta.data_page_offset));
    return () => readFlatColumn(pages, { meta, schema: metadata.schema, rows: data.length, scale: { cuts, isWhole } });
  };

  test("become places among real ones of each class", () => {
    const column = placed([null, 2, 1, 3, 5_000, -7, 1_000, null, 2.5, 3])();
    expect(column?.kind).toBe("places");
    expect(column && rowsOf(column)).toEqual([undefined, 2, 2, 3, 5_000, -7, 1_000, undefined, 2, 3]);
  });

  test("are left to the library where one is no value of its fact, so that it can be named", () => {
    expect(placed([1, Number.NaN])).toThrow(/no value/);
    expect(placed([1, 1e300])).toThrow(/no value/);
    expect(placed([1, 1.5], true)).toThrow(/no value/);
  });
});
