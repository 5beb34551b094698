import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "../kernel/errors.ts";
import type { KeyRing } from "../kernel/sealing.ts";
import { formatKeyRing, parseKeyRing } from "./key-ring.ts";

/** The key ring in a file, or `undefined` where there is none. @throws DomainError config-invalid */
export async function readKeyRing(name: string): Promise<KeyRing | undefined> {
  let text: string;
  try {
    const { mode } = await stat(name);
    if (mode & 0o007) {
      throw new DomainError("config-invalid", `APPLY_FREE_KEYS: ${name}: everybody may read it; chmod 600 it.`, {
        name,
      });
    }
    text = await readFile(name, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  return parseKeyRing(text, name);
}

/** Writes the whole ring or nothing, for its owner only. A ring that is lost takes what it sealed with it. */
export async function writeKeyRing(name: string, ring: KeyRing): Promise<void> {
  await rename(await writePartial(name, ring), name);
}

/**
 * The same where there is none yet. Of processes that start at the same moment one makes the ring, and the
 * others find it: two rings for one store would lock each other out.
 *
 * @returns `false` where another one was there first, which stays
 */
export async function createKeyRing(name: string, ring: KeyRing): Promise<boolean> {
  const partial = await writePartial(name, ring);
  try {
    await link(partial, name);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  } finally {
    await rm(partial, { force: true });
  }
}

async function writePartial(name: string, ring: KeyRing): Promise<string> {
  await mkdir(path.dirname(name), { recursive: true, mode: 0o700 });
  const partial = `${name}.${randomUUID()}.partial`;
  const handle = await open(partial, "w", 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(formatKeyRing(ring));
    await handle.sync();
  } finally {
    await handle.close();
  }
  return partial;
}
