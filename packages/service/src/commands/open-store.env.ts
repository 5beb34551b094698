import { readConfig } from "../platform/config.env.ts";
import { openEmbeddedStore, openServerStore, type Store } from "../platform/store.prisma.ts";

/**
 * The store that the environment names: a PostgreSQL server, or the embedded database.
 *
 * @throws DomainError config-invalid | store-unreachable | data-directory-in-use
 */
export function openConfiguredStore(): Promise<Store> {
  const { databaseUrl, dataDir } = readConfig(process.env);
  return databaseUrl ? openServerStore(databaseUrl) : openEmbeddedStore(dataDir);
}
