import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSealed, type KeyRing, sealingWith } from "./sealing.ts";
import { testKeyRing, testSealing } from "./testing-sealing.ts";

const newer: KeyRing = {
  ...testKeyRing,
  current: "test-2",
  keys: { ...testKeyRing.keys, "test-2": new Uint8Array(32).fill(9) },
};
const otherIndex: KeyRing = { ...testKeyRing, index: new Uint8Array(32).fill(3) };

describe("a sealed value", () => {
  test("opens to exactly what was sealed, whatever text or bytes that was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 300 }), (text, bytes) => {
        expect(testSealing.open(testSealing.seal(text))).toBe(text);
        expect(testSealing.openBytes(testSealing.sealBytes(bytes))).toEqual(bytes);
      }),
    );
  });

  test("says which key sealed it and nothing of what it holds, not even that two are equal", () => {
    const [one, two] = [testSealing.seal("6222000000000001"), testSealing.seal("6222000000000001")];
    expect(one).toMatch(/^sealed:test-1:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain("6222");
    expect(isSealed(one)).toBe(true);
    expect(isSealed("6222000000000001")).toBe(false);
  });

  test("shares its nonce with no other, however many are sealed", () => {
    const nonceOf = (sealed: string) => Buffer.from(sealed.split(":")[2] ?? "", "base64url").toString("hex", 0, 12);
    const nonces = Array.from({ length: 2_000 }, (_, n) => nonceOf(testSealing.seal(`${n}`)));
    expect(new Set(nonces).size).toBe(nonces.length);
  });

  test("is refused after any change of a single character", () => {
    const sealed = testSealing.seal("6222000000000001");
    const start = "sealed:test-1:".length;
    for (let at = start; at < sealed.length - 1; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === "A" ? "B" : "A") + sealed.slice(at + 1);
      expect(() => testSealing.open(changed), `character ${at}`).toThrow(/cannot be opened/);
    }
  });

  test.each([
    ["a plain number", "6222000000000001"],
    ["a key that is not on the ring", testSealing.seal("1").replace("test-1", "test-7")],
    ["a name that every object has", testSealing.seal("1").replace("test-1", "constructor")],
    ["nothing behind the key", "sealed:test-1:"],
  ])("is refused where it is %s", (_, sealed) => {
    expect(() => testSealing.open(sealed)).toThrow(expect.objectContaining({ code: "sealed-unreadable" }));
  });

  test("opens after the key in use has changed, and asks to be sealed anew", () => {
    const later = sealingWith(newer, randomBytes);
    const before = testSealing.seal("6222000000000001");
    expect(later.open(before)).toBe("6222000000000001");
    expect(later.isCurrent(before)).toBe(false);
    expect(later.isCurrent(later.seal("1"))).toBe(true);
    expect(later.isCurrent(testSealing.sealBytes(new Uint8Array(3)))).toBe(false);
  });
});

describe("a blind index", () => {
  test("is equal for equal texts under every key, and another one under another index key", () => {
    const later = sealingWith(newer, randomBytes);
    expect(later.index("6222000000000001")).toBe(testSealing.index("6222000000000001"));
    expect(testSealing.index("6222000000000002")).not.toBe(testSealing.index("6222000000000001"));
    expect(sealingWith(otherIndex, randomBytes).index("1")).not.toBe(testSealing.index("1"));
    expect(testSealing.index("1")).toMatch(/^[0-9a-f]{32}$/);
  });
});
