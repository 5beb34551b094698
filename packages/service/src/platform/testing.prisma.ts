import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { openServerStore, type Store, storeOnPglite } from "./store.prisma.ts";

/**
 * An empty migrated store for one test file: a database of its own on the server named by
 * APPLY_FREE_TEST_SERVER, or else an embedded one in memory. The same tests run on both.
 */
export async function openTestStore(): Promise<Store> {
  const server = process.env.APPLY_FREE_TEST_SERVER;
  return server ? openServerTestStore(server) : storeOnPglite(await PGlite.create({ dataDir: "memory://" }));
}

async function openServerTestStore(server: string): Promise<Store> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const store = await openServerStore(url.toString());
  return {
    ...store,
    async close() {
      await store.close();
      await administer(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function administer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
