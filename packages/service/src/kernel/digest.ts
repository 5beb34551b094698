import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of a JSON value in the canonical form of RFC 8785: equal values, equal digests. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** The canonical JSON text of RFC 8785; money is passed as a string of 分. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("a value without JSON form cannot be digested");
  return text;
}
