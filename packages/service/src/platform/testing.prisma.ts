import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { digestOf } from "../kernel/digest.ts";
import { testSealing } from "../kernel/testing-sealing.ts";
import { readMigrations } from "./migrate.prisma.ts";
import { migrationsDirectory, openServerStore, type Store, storeOnPglite } from "./store.prisma.ts";

/**
 * An empty migrated store for one test file: a database of its own on the server named by
 * APPLY_FREE_TEST_SERVER, or else an embedded one in memory. The same tests run on both.
 */
export async function openTestStore(): Promise<Store> {
  const server = process.env.APPLY_FREE_TEST_SERVER;
  return server ? openServerTestStore(server) : storeOnPglite(await openEmbeddedTestDatabase(), testSealing);
}

/**
 * Making a cluster takes seconds, copying one does not: the first test of a set of migrations keeps
 * a copy in the temporary directory, the others start from it.
 */
async function openEmbeddedTestDatabase(): Promise<PGlite> {
  const dataDir = "memory://";
  const checksums = (await readMigrations(migrationsDirectory)).map(({ checksum }) => checksum);
  const template = path.join(tmpdir(), `apply-free-test-${digestOf([checksums, process.version]).slice(0, 16)}.tar`);
  if (existsSync(template)) return PGlite.create({ dataDir, loadDataDir: new Blob([await readFile(template)]) });
  const database = await PGlite.create({ dataDir });
  const prepared = await storeOnPglite(database, testSealing);
  const copy = await database.dumpDataDir("none");
  const partial = `${template}.${process.pid}`;
  await writeFile(partial, Buffer.from(await copy.arrayBuffer()));
  await rename(partial, template);
  await prepared.close();
  return PGlite.create({ dataDir, loadDataDir: copy });
}

async function openServerTestStore(server: string): Promise<Store> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const store = await openServerStore(url.toString(), testSealing);
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
