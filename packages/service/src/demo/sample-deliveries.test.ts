import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { writeSampleDeliveries } from "./sample-deliveries.fs.ts";
import { encodeGbk } from "./sample-gbk.ts";

const size = { seed: 2025, count: 120, start: "2025-11-03" as Day };
const made: string[] = [];

afterEach(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true });
});

async function write(over: Partial<typeof size> = {}) {
  const directory = await mkdtemp(path.join(tmpdir(), "deliveries-"));
  made.push(directory);
  const world = await writeSampleDeliveries(directory, { ...size, ...over });
  const digests = world.deliveries.map(async (delivery) => [delivery.fileName, sha256(await readFile(delivery.path))]);
  return { world, digests: await Promise.all(digests) };
}

test("the same seed writes the same bytes, in whatever time zone and on whatever day", async () => {
  const { digests } = await write();
  const zone = process.env.TZ;
  process.env.TZ = "America/New_York";
  try {
    expect((await write()).digests).toEqual(digests);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
  expect((await write({ seed: 1 })).digests).not.toEqual(digests);
});

test("every source delivers before the story starts, the register first, in three encodings and as workbooks", async () => {
  const { world } = await write();
  expect(world.deliveries[0]?.sourceId).toBe("market-regulation");
  expect(new Set(world.deliveries.map(({ sourceId }) => sourceId)).size).toBe(11);
  expect(world.deliveries.every(({ asOf }) => asOf < size.start)).toBe(true);
  const starts = await Promise.all(
    world.deliveries.map(async (delivery) => (await readFile(delivery.path)).subarray(0, 3).toString("hex")),
  );
  expect(starts).toContain("efbbbf");
  expect(starts.filter((start) => start.startsWith("504b")).length).toBeGreaterThan(2);
});

test("the bank knows every account under the name that its owner has today", async () => {
  const { world } = await write();
  const withAccount = world.firms.filter(({ account }) => account !== undefined);
  expect(world.holders.size).toBe(withAccount.length);
  for (const { account, name } of withAccount) expect(world.holders.get(account!.accountNo)).toBe(name);
});

test("GBK bytes read back as the text that they were made of", () => {
  const text = "统一社会信用代码,郑州澄垣示例有限公司,（％）,1.50";
  expect(new TextDecoder("gbk", { fatal: true }).decode(encodeGbk(text))).toBe(text);
  expect(() => encodeGbk("😀")).toThrow("GBK has no");
});
