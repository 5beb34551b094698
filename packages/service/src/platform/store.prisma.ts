import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { DomainError } from "../kernel/errors.ts";
import type { Sealing } from "../kernel/sealing.ts";
import { type BulkCopy, bulkCopyTo } from "./bulk-copy.prisma.ts";
import { openDurablePglite } from "./durable-pglite.fs.ts";
import { Prisma, PrismaClient } from "./generated/client.ts";
import { applyMigrations, readMigrations, type SqlSession } from "./migrate.prisma.ts";
import { pgliteAdapter } from "./pglite-adapter.prisma.ts";
import { bindKeys, sealWhatIsPlain } from "./reseal.prisma.ts";
import { withSealedColumns } from "./sealed-columns.prisma.ts";
import { statementNames } from "./statement-names.ts";

/** The client of one running transaction; rooms build their stores on it. */
export type Tx = Prisma.TransactionClient;

/** An open database, whichever of the two kinds it is. */
export type Store = Readonly<{
  kind: "embedded" | "server";
  prisma: PrismaClient;
  /** For statements in SQL, which the client does not seal. */
  sealing: Sealing;
  /** Absent in the embedded database, which has one connection. */
  bulk?: BulkCopy;
  /** Names of migrations that opening applied. */
  migrated: readonly string[];
  close(): Promise<void>;
}>;

export const migrationsDirectory = path.join(import.meta.dirname, "../../prisma/migrations");

/** The embedded PostgreSQL in a directory of its own. @throws DomainError data-directory-in-use | keys-differ */
export async function openEmbeddedStore(dataDir: string, sealing: Sealing): Promise<Store> {
  const database = await openDurablePglite(path.resolve(dataDir));
  try {
    return await storeOnPglite(database, sealing);
  } catch (cause) {
    await database.close();
    throw cause;
  }
}

/** A store over a PGlite that is already open; tests pass one that lives in memory. */
export async function storeOnPglite(database: PGlite, sealing: Sealing): Promise<Store> {
  const session: SqlSession = {
    exec: (sql) => database.exec(sql),
    query: async <Row>(sql: string, parameters: unknown[] = []) => (await database.query<Row>(sql, parameters)).rows,
  };
  await session.exec("SET TIME ZONE 'UTC'");
  const migrated = await applyMigrations(session, await readMigrations(migrationsDirectory));
  const prisma = new PrismaClient({ adapter: pgliteAdapter(database), transactionOptions });
  await bindKeys(prisma, sealing);
  await sealWhatIsPlain(prisma, sealing);
  return {
    kind: "embedded",
    prisma: withSealedColumns(prisma, sealing),
    sealing,
    migrated,
    async close() {
      await prisma.$disconnect();
      await database.close();
    },
  };
}

/** A PostgreSQL server, 15 or newer. @throws DomainError store-unreachable | keys-differ */
export async function openServerStore(databaseUrl: string, sealing: Sealing): Promise<Store> {
  const migrated = await migrateServer(databaseUrl);
  const adapter = new PrismaPg(
    { connectionString: databaseUrl, options: "-c timezone=UTC", max: 20 },
    { statementNameGenerator: statementNames() },
  );
  const prisma = new PrismaClient({ adapter, transactionOptions });
  const close = () => prisma.$disconnect();
  try {
    await bindKeys(prisma, sealing);
    await sealWhatIsPlain(prisma, sealing);
  } catch (cause) {
    await close();
    throw cause;
  }
  const bulk = bulkCopyTo(databaseUrl);
  return { kind: "server", prisma: withSealedColumns(prisma, sealing), sealing, bulk, migrated, close };
}

// Prisma's defaults (2 s, 5 s) gave up on 27 of 200 requests that only had to wait their turn.
const transactionOptions = { maxWait: 20_000, timeout: 60_000 };

async function migrateServer(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: "-c timezone=UTC",
    connectionTimeoutMillis: 5_000,
  });
  try {
    await client.connect();
  } catch (cause) {
    throw new DomainError(
      "store-unreachable",
      `DATABASE_URL: cannot connect to ${withoutPassword(databaseUrl)} (${reasonOf(cause)}). Check host, port, database and password, or unset it to use the embedded database.`,
    );
  }
  try {
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    const version = rows[0]?.version ?? 0;
    if (version < 150_000) {
      throw new DomainError(
        "store-unreachable",
        `DATABASE_URL: the server is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`,
      );
    }
    const session: SqlSession = {
      exec: (sql) => client.query(sql),
      query: async <Row>(sql: string, parameters: unknown[] = []) =>
        (await client.query(sql, parameters)).rows as Row[],
    };
    return await applyMigrations(session, await readMigrations(migrationsDirectory));
  } finally {
    await client.end();
  }
}

/** A connection address that may be shown: everything but the password. */
export function withoutPassword(databaseUrl: string): string {
  try {
    const url = new URL(databaseUrl);
    if (url.password) url.password = "***";
    if (url.searchParams.has("password")) url.searchParams.set("password", "***");
    return url.toString();
  } catch {
    return "the given address";
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  return message || code || "no reason given";
}

/** Whether a write failed because the row already exists (unique key). */
export function isDuplicate(cause: unknown): boolean {
  return cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === "P2002";
}

/**
 * Whether a transaction failed only because another was quicker; the database undid all of it, and tried again
 * it sees what the other did. Ids are derived from what happened, so a row that "already exists" was written
 * meanwhile by somebody who did the same.
 * Source: Prisma error reference, P2034 (write conflict or deadlock).
 */
function lostRace(cause: unknown): boolean {
  return isDuplicate(cause) || (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === "P2034");
}

const MAX_ATTEMPTS = 5;

/** Works in one transaction; one that lost a race against another is tried again. */
export async function inTransaction<Result>(
  prisma: PrismaClient,
  work: (tx: Tx) => Promise<Result>,
  options: Readonly<{ timeout?: number }> = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await prisma.$transaction(work, options);
    } catch (cause) {
      if (attempt === MAX_ATTEMPTS || !lostRace(cause)) throw cause;
      await sleep(2 ** attempt * 5);
    }
  }
}
