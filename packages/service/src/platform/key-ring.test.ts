import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKeyRing, readKeyRing, writeKeyRing } from "./key-ring.fs.ts";
import { formatKeyRing, newKeyRing, parseKeyRing, withKeyInUse, withNewKey, withoutKey } from "./key-ring.ts";

const ring = newKeyRing((count) => Uint8Array.from(randomBytes(count)));
let place: string;

beforeAll(async () => {
  place = await mkdtemp(path.join(tmpdir(), "keys-"));
});
afterAll(() => rm(place, { recursive: true }));

describe("a key ring", () => {
  test("is read back from its file as it was written, which only its owner may read", async () => {
    const name = path.join(place, "made", "keys.json");
    expect(await readKeyRing(name)).toBeUndefined();
    await writeKeyRing(name, ring);
    expect(await readKeyRing(name)).toEqual(ring);
    expect((await stat(name)).mode & 0o777).toBe(0o600);
    expect(await readdir(path.dirname(name))).toEqual(["keys.json"]);
  });

  test("is made once, however many start at the same moment: the others find it", async () => {
    const name = path.join(place, "raced", "keys.json");
    const rings = Array.from({ length: 8 }, () => newKeyRing((count) => Uint8Array.from(randomBytes(count))));
    const made: boolean[] = [];
    for (const each of rings) made.push(await createKeyRing(name, each));
    expect(made).toEqual([true, ...Array(7).fill(false)]);
    expect(await readKeyRing(name)).toEqual(rings[0]);
    expect(await readdir(path.dirname(name))).toEqual(["keys.json"]);
  });

  test("that everybody may read is refused by name", async () => {
    const name = path.join(place, "open.json");
    await writeFile(name, formatKeyRing(ring));
    await chmod(name, 0o644);
    await expect(readKeyRing(name)).rejects.toMatchObject({ code: "config-invalid" });
    await chmod(name, 0o640);
    expect(await readKeyRing(name)).toEqual(ring);
  });

  test("gets a new key that is not in use yet, and keeps all before it and the index key", () => {
    const later = withNewKey(withNewKey(ring, randomBytes), randomBytes);
    expect(later.current).toBe("key-1");
    expect(Object.keys(later.keys)).toEqual(["key-1", "key-2", "key-3"]);
    expect(later.keys["key-1"]).toEqual(ring.keys["key-1"]);
    expect(later.index).toEqual(ring.index);
  });

  test("lets no key go that is in use, nor one that it never had", () => {
    const later = withKeyInUse(withNewKey(ring, randomBytes), "key-2");
    expect(() => withoutKey(later, "key-2")).toThrow(/is in use/);
    expect(() => withoutKey(later, "gone")).toThrow(/no key "gone"/);
    expect(() => withKeyInUse(later, "constructor")).toThrow(/no key/);
    expect(Object.keys(withoutKey(later, "key-1").keys)).toEqual(["key-2"]);
  });

  const json = JSON.parse(formatKeyRing(ring)) as Record<string, unknown>;
  test.each([
    ["no JSON", "keys", /is not JSON/],
    ["a key of 16 bytes", { ...json, index: Buffer.alloc(16).toString("base64") }, /index is not 32 bytes/],
    ["a key that is no base64", { ...json, index: "§" }, /index is not base64/],
    ["a key in use that is not there", { ...json, current: "gone" }, /current names no key/],
    ["a name with a colon", { ...json, keys: { "a:b": json.index } }, /keys/],
    ["a field nobody knows", { ...json, more: 1 }, /more|Unrecognized/],
  ])("with %s is refused by field", (_, content, reason) => {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    expect(() => parseKeyRing(text, "keys.json")).toThrow(reason);
    expect(() => parseKeyRing(text, "keys.json")).toThrow(expect.objectContaining({ code: "config-invalid" }));
  });

  test("says nothing of its keys in a refusal", async () => {
    const text = (await readFile(path.join(place, "made", "keys.json"), "utf8")).replace('"current"', '"curent"');
    const secret = Buffer.from(ring.index).toString("base64");
    expect(() => parseKeyRing(text, "keys.json")).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});
