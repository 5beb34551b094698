import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import type { DomainError } from "../kernel/errors.ts";
import { readTable } from "./read-table.ts";

const source = { id: "tax", files: ["csv", "parquet"] as const };
const read = (bytes: Uint8Array, of: Parameters<typeof readTable>[1] = source) => readTable(bytes, of);
const codeOf = (bytes: Uint8Array, of?: Parameters<typeof readTable>[1]) =>
  read(bytes, of).then(
    () => "accepted",
    (cause: DomainError) => cause.code,
  );

type Columns = Parameters<typeof parquetWriteBuffer>[0]["columnData"];
const write = (columnData: Columns) => new Uint8Array(parquetWriteBuffer({ columnData }));

const sample = write([
  { name: "纳税人识别号", data: ["91410105MX0001150C", "91410182MX000102XX"], type: "STRING" },
  { name: "上年营业收入（万元）", data: [1234.56, 28.999999999999996], type: "DOUBLE" },
  { name: "上年末从业人数", data: [12n, 9_007_199_254_740_993n], type: "INT64" },
  { name: "近三年偷漏税", data: [false, true], type: "BOOLEAN" },
]);

test("a Parquet file is rows under the names of its columns, with the digits that are meant", async () => {
  const table = await read(sample);
  expect(table.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)])).toEqual([
    [1, "纳税人识别号", "上年营业收入（万元）", "上年末从业人数", "近三年偷漏税"],
    [2, "91410105MX0001150C", "1234.56", "12", "否"],
    [3, "91410182MX000102XX", "29", "9007199254740993", "是"],
  ]);
});

test("what is missing is an empty cell, and a date is a day", async () => {
  const table = await read(
    write([
      { name: "a", data: ["x", null], type: "STRING", nullable: true },
      { name: "d", data: [new Date("2025-02-28T00:00:00Z"), null], type: "TIMESTAMP", nullable: true },
    ]),
  );
  expect(table.slice(1).map(({ cells }) => cells.map(({ text }) => text))).toEqual([
    ["x", "2025-02-28"],
    ["", ""],
  ]);
});

test("a cut file, a damaged one and one with nested values are refused by name", async () => {
  expect(await codeOf(sample.subarray(0, sample.length - 20))).toBe("delivery-unreadable");
  expect(await codeOf(sample.subarray(0, 4))).toBe("delivery-unreadable");
  const damaged = Uint8Array.from(sample);
  damaged.fill(0xff, 4, 60);
  expect(await codeOf(damaged)).toBe("delivery-unreadable");
  expect(await codeOf(write([{ name: "a", data: [{ b: 1 }], type: "JSON" }]))).toBe("delivery-unreadable");
});

test("a source that does not take Parquet says what it takes", async () => {
  expect(await codeOf(sample, { id: "tax", files: ["csv"] })).toBe("delivery-unreadable");
});
