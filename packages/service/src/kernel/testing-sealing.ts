import { randomBytes } from "node:crypto";
import { type KeyRing, sealingWith } from "./sealing.ts";

/** For tests: keys that everybody may know. */
export const testKeyRing: KeyRing = {
  current: "test-1",
  keys: { "test-1": new Uint8Array(32).fill(1) },
  index: new Uint8Array(32).fill(2),
};

export const testSealing = sealingWith(testKeyRing, randomBytes);
