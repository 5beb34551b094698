import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { registerKeys } from "./keys.cli.ts";
import { openConfiguredStore } from "./open-store.env.ts";

let place: string;
const code = "91410100MA0000003T";

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), "keys-verb-"));
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("APPLY_FREE_DATA", place);
  const store = await openConfiguredStore();
  await store.prisma.firm.create({ data: { code, name: "郑州示例有限公司", regionCode: "410100" } });
  await store.prisma.bankAccount.create({
    data: {
      ...{ id: "a1", firmCode: code, holderName: "郑州示例有限公司", accountNo: "6222000000000001", source: "firm" },
      ...{ bankName: "试验银行", bankCode: "102491000019", status: "active", createdAt: new Date(0) },
      ...{ recordedBy: "person", activeSince: new Date(0), restsUntil: new Date(0) },
    },
  });
  await store.close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(place, { recursive: true });
});
const said: string[] = [];
afterEach(() => said.splice(0));

async function keys(...words: string[]): Promise<string[]> {
  const program = new Command().exitOverride();
  registerKeys(program, { out: (line) => said.push(line), err: () => {}, fail: () => {} });
  await program.parseAsync(["keys", ...words], { from: "user" });
  return said.splice(0);
}

async function accountNo(): Promise<string | undefined> {
  const store = await openConfiguredStore();
  try {
    return (await store.prisma.bankAccount.findUnique({ where: { id: "a1" } }))?.accountNo;
  } finally {
    await store.close();
  }
}

describe("apply-free keys", () => {
  test("changes the key in three steps, and every number reads as before", async () => {
    expect(await keys("list")).toEqual(["key-1 1 values, in use"]);
    expect(await keys("add")).toEqual([expect.stringContaining("added key-2")]);
    expect(await keys("list")).toEqual(["key-1 1 values, in use", "key-2 0 values"]);
    expect(await keys("use", "key-2")).toEqual(["key-2 is in use; 1 values were sealed anew"]);
    expect(await keys("list")).toEqual(["key-1 0 values", "key-2 1 values, in use"]);
    expect(await keys("drop", "key-1")).toEqual(["dropped key-1"]);
    expect(await keys("list")).toEqual(["key-2 1 values, in use"]);
    expect(await accountNo()).toBe("6222000000000001");
  });

  test("keeps a key that something is sealed with", async () => {
    await expect(keys("drop", "key-2")).rejects.toMatchObject({ code: "bad-input" });
    await expect(keys("use", "key-9")).rejects.toMatchObject({ code: "config-invalid" });
  });

  test("leaves no new ring behind where a store has another one", async () => {
    const ring = path.join(place, "keys.json");
    const kept = await readFile(ring);
    await rm(ring);
    await expect(openConfiguredStore()).rejects.toMatchObject({ code: "keys-differ" });
    await expect(readFile(ring)).rejects.toMatchObject({ code: "ENOENT" });
    await writeFile(ring, kept, { mode: 0o600 });
    expect(await accountNo()).toBe("6222000000000001");
  });
});
