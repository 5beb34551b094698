import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectedFirmsIn } from "./expected-firms.fs.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "apply-free-expected-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("a long file of lines holds about as many firms as lines, told from its beginning", async () => {
  const file = path.join(directory, "firms.csv");
  await writeFile(
    file,
    `id,ent.staff\n${Array.from({ length: 200_000 }, (_, firm) => `F${firm},${firm % 90}\n`).join("")}`,
  );
  expect(await expectedFirmsIn(file)).toBeGreaterThan(180_000);
  expect(await expectedFirmsIn(file)).toBeLessThan(300_000);
});

test("nothing is expected of a file that is empty or not there", async () => {
  const empty = path.join(directory, "empty.csv");
  await writeFile(empty, "");
  expect(await expectedFirmsIn(empty)).toBe(0);
  expect(await expectedFirmsIn(path.join(directory, "none.csv"))).toBe(0);
});
