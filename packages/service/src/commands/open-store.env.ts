import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { DomainError } from "../kernel/errors.ts";
import { type KeyRing, type Sealing, sealingWith } from "../kernel/sealing.ts";
import { type Config, keysFileOf, readConfig } from "../platform/config.env.ts";
import { createKeyRing, readKeyRing } from "../platform/key-ring.fs.ts";
import { newKeyRing } from "../platform/key-ring.ts";
import { openEmbeddedStore, openServerStore, type Store } from "../platform/store.prisma.ts";

/**
 * The store that the environment names: a PostgreSQL server, or the embedded database.
 *
 * @throws DomainError config-invalid | store-unreachable | data-directory-in-use | keys-differ
 */
export function openConfiguredStore(): Promise<Store> {
  const config = readConfig(process.env);
  return openStoreIn(config, config.dataDir);
}

/**
 * The same with the embedded database in a directory of its own. Where there are no keys yet, they are
 * made; a store that already has others refuses them, and then they are not kept.
 */
export async function openStoreIn(config: Config, directory: string): Promise<Store> {
  const keysFile = keysFileOf(config, directory);
  const { ring, isNew } = await ringIn(keysFile);
  try {
    return await openWith(config, directory, sealingWith(ring, randomBytes));
  } catch (cause) {
    if (isNew && cause instanceof DomainError && cause.code === "keys-differ") await rm(keysFile);
    throw cause;
  }
}

async function ringIn(keysFile: string): Promise<Readonly<{ ring: KeyRing; isNew: boolean }>> {
  const present = await readKeyRing(keysFile);
  if (present) return { ring: present, isNew: false };
  const ring = newKeyRing(randomBytes);
  return (await createKeyRing(keysFile, ring)) ? { ring, isNew: true } : ringIn(keysFile);
}

function openWith({ databaseUrl }: Config, directory: string, sealing: Sealing): Promise<Store> {
  return databaseUrl ? openServerStore(databaseUrl, sealing) : openEmbeddedStore(directory, sealing);
}
