import { z } from "zod";
import { DomainError } from "../kernel/errors.ts";
import { type KeyRing, keyId } from "../kernel/sealing.ts";

const key = z.base64("is not base64").transform((text, context) => {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== KEY_BYTES) context.addIssue({ code: "custom", message: "is not 32 bytes long" });
  return Uint8Array.from(bytes);
});

const file = z.strictObject({
  current: z.string(),
  index: key,
  keys: z.record(z.string().regex(keyId, "has letters, digits and hyphens only"), key),
});

const KEY_BYTES = 32;

/** @throws DomainError config-invalid, naming the file and the field */
export function parseKeyRing(text: string, name: string): KeyRing {
  const refuse = (why: string) => new DomainError("config-invalid", `APPLY_FREE_KEYS: ${name}: ${why}.`, { name });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse("is not JSON");
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join(".") || "file"} ${issue?.message ?? "cannot be read"}`);
  }
  if (!Object.hasOwn(parsed.data.keys, parsed.data.current)) throw refuse("current names no key of keys");
  return parsed.data;
}

export function formatKeyRing({ current, index, keys }: KeyRing): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const texts = Object.fromEntries(Object.entries(keys).map(([id, bytes]) => [id, base64(bytes)]));
  return `${JSON.stringify({ current, index: base64(index), keys: texts }, undefined, 2)}\n`;
}

/** A ring with one key. */
export function newKeyRing(randomBytes: (count: number) => Uint8Array): KeyRing {
  const id = "key-1";
  return { current: id, keys: { [id]: randomBytes(KEY_BYTES) }, index: randomBytes(KEY_BYTES) };
}

/**
 * The ring with a further key, not in use yet: every running service must have read the ring anew before
 * anything is sealed with it.
 */
export function withNewKey(ring: KeyRing, randomBytes: (count: number) => Uint8Array): KeyRing {
  const taken = Object.keys(ring.keys);
  let nth = 1;
  while (taken.includes(`key-${nth}`)) nth += 1;
  return { ...ring, keys: { ...ring.keys, [`key-${nth}`]: randomBytes(KEY_BYTES) } };
}

/** The ring with another of its keys in use. @throws DomainError config-invalid */
export function withKeyInUse(ring: KeyRing, id: string): KeyRing {
  requireKey(ring, id);
  return { ...ring, current: id };
}

/** The ring without a key that nothing is sealed with any more. @throws DomainError config-invalid */
export function withoutKey(ring: KeyRing, id: string): KeyRing {
  requireKey(ring, id);
  if (id === ring.current) {
    throw new DomainError("config-invalid", `keys: "${id}" is in use; put another one in use first.`, { id });
  }
  return { ...ring, keys: Object.fromEntries(Object.entries(ring.keys).filter(([each]) => each !== id)) };
}

function requireKey({ keys }: KeyRing, id: string): void {
  if (Object.hasOwn(keys, id)) return;
  throw new DomainError("config-invalid", `keys: no key "${id}"; one of: ${Object.keys(keys).join(", ")}.`, { id });
}
