import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { readBytes, toByteSource } from "./byte-source.ts";
import { firstBytes, keepFurtherBytes, keptBytes } from "./kept-file.prisma.ts";
import { surveyOf } from "./survey-file.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const file = (length: number) => Uint8Array.from({ length }, (_, place) => (place * 7 + (place >> 11)) % 251);
const MB = 1024 * 1024;

test.each([0, 1, 4 * MB, 4 * MB + 1, 9 * MB])("a file of %i bytes is kept as it arrived", async (length) => {
  const bytes = file(length);
  await store.prisma.$transaction(async (tx) => {
    const source = toByteSource(bytes);
    const first = await firstBytes(source);
    await keepFurtherBytes(tx, `file-${length}`, source);
    const kept = await keptBytes(tx, `file-${length}`, first);
    expect(kept.byteLength).toBe(length);
    expect((await surveyOf(kept)).sha256).toBe(sha256(bytes));
    const middle = [Math.floor(length / 3), Math.ceil(length * 0.9)] as const;
    expect(sha256(await readBytes(kept, ...middle))).toBe(sha256(bytes.subarray(...middle)));
  });
});

test.each(["UPDATE kept_file_part SET bytes = 'x'", "DELETE FROM kept_file_part", "TRUNCATE kept_file_part"])(
  "the database refuses to change it: %s",
  async (sql) => {
    await expect(store.prisma.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
  },
);
