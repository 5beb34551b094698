import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLayout } from "../facts/layout.ts";
import { readRows } from "../facts/read-rows.ts";
import { readTable } from "../facts/read-table.ts";
import { sources } from "../facts/testing.fs.ts";
import type { Day } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { hasRightCheckDigit } from "../kernel/subject-code.ts";
import { sampleBody } from "./sample-body.ts";
import { sampleFirms } from "./sample-firms.ts";
import { type StreamedDelivery, streamDeliveries } from "./sample-stream.fs.ts";

const size = { seed: 2025, count: 21_000, start: "2025-11-03" as Day };
let home: string;
let deliveries: StreamedDelivery[];
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "stream-"));
  deliveries = await streamDeliveries(path.join(home, "a"), size);
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function digests(directory: string) {
  const names = (await readdir(directory)).sort();
  return Promise.all(names.map(async (name) => [name, sha256(await readFile(path.join(directory, name)))]));
}

async function read(directory: string, { sourceId, fileName, asOf }: StreamedDelivery) {
  const source = sources.get(sourceId);
  if (!source) throw new Error(`no source ${sourceId}`);
  const layout = findLayout(source, await readTable(await readFile(path.join(directory, fileName)), source));
  return readRows(source, layout, asOf);
}

test("the same seed gives the same bytes, another one others", async () => {
  await streamDeliveries(path.join(home, "b"), size);
  expect(await digests(path.join(home, "b"))).toEqual(await digests(path.join(home, "a")));
  await streamDeliveries(path.join(home, "c"), { ...size, seed: 1 });
  expect(await digests(path.join(home, "c"))).not.toEqual(await digests(path.join(home, "a")));
});

test("every delivery can be read by its source, with a header once and few bad rows", async () => {
  for (const delivery of deliveries) {
    const { rows, refused } = await read(path.join(home, "a"), delivery);
    expect(rows.length + refused.length).toBe(delivery.rows);
    expect(refused.length / Math.max(1, rows.length), delivery.fileName).toBeLessThan(0.01);
  }
});

test("firms beyond the first chunk have codes of their own, and the first are those of the demonstration", async () => {
  const register = deliveries.find(({ sourceId }) => sourceId === "market-regulation");
  if (!register) throw new Error("the register delivers");
  const { rows } = await read(path.join(home, "a"), register);
  expect(new Set(rows.map(({ firmCode }) => firmCode)).size).toBe(size.count);
  const first = sampleFirms({ ...size, count: 20_000 }).slice(0, 50);
  expect(rows.slice(0, 50).map(({ firmCode }) => firmCode as string)).toEqual(first.map(({ code }) => code as string));
});

test("lines of JSON say the same as the table", async () => {
  const small = { ...size, count: 300 };
  const [tables, lines] = [path.join(home, "t"), path.join(home, "l")];
  const asTables = await streamDeliveries(tables, small, "csv");
  const asLines = await streamDeliveries(lines, small, "ndjson");
  for (const [place, delivery] of asTables.entries()) {
    const said = async (directory: string, one: StreamedDelivery) =>
      (await read(directory, one)).rows.map(({ firmCode, facts, record }) => [firmCode, [...facts], record]);
    const other = asLines[place];
    if (!other) throw new Error("both formats write every delivery");
    expect(await said(lines, other)).toEqual(await said(tables, delivery));
  }
});

test("codes stay valid and unique beyond a million firms", () => {
  const numbers = [1, 999_999, 1_000_000, 1_000_001, 9_999_999, 10_000_000, 19_999_999];
  const bodies = numbers.map((number) => sampleBody(size, number));
  expect(bodies.every(({ code }) => hasRightCheckDigit(code))).toBe(true);
  expect(new Set(bodies.map(({ code }) => code.slice(8, 16))).size).toBe(numbers.length);
});
