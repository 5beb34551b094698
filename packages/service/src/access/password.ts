import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Uint8Array, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** Source: OWASP Password Storage Cheat Sheet, scrypt N = 2^17, r = 8, p = 1. */
const cost = { N: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$key`, so that the cost can grow and old hashes still work. */
export async function hashPassword(password: string, { N, r, p }: typeof cost = cost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = stored.split("$");
  if (scheme !== "scrypt" || !salt || !key) return false;
  const wanted = Buffer.from(key, "base64url");
  const [N, R, P] = [Number(n), Number(r), Number(p)];
  const options = { N, r: R, p: P, maxmem: 256 * N * R };
  const given = await derive(password.normalize("NFKC"), Buffer.from(salt, "base64url"), wanted.length, options);
  return timingSafeEqual(given, wanted);
}

/** Stands where a hash would, in accounts that are entered without a password. */
export const NO_PASSWORD = "none";

export function isPasswordHash(stored: string): boolean {
  return stored.startsWith("scrypt$");
}
