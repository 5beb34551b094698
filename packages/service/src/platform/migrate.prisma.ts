import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";

/** What applying migrations needs of a database: both the embedded one and a server offer it. */
export type SqlSession = {
  /** Runs several statements without parameters. */
  exec(sql: string): Promise<unknown>;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
};

export type Migration = Readonly<{ name: string; sql: string; checksum: string }>;

/** Reads migrations in Prisma's folder layout, in order of name. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: sha256(sql) };
    }),
  );
}

/** Any constant will do, as long as every instance takes the same one. */
const ADVISORY_LOCK = 728_201_900;

/**
 * Applies what is missing, one transaction each. Two instances starting together take turns.
 *
 * Prisma's own `migrate` needs an engine from a download host; this needs nothing
 * (docs/decisions/0004-migrations.md).
 *
 * @returns names applied now
 * @throws DomainError migration-changed: an applied file was edited; store-schema-unknown: the store
 *   was written by a newer release, or by another program
 */
export async function applyMigrations(session: SqlSession, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  // IF NOT EXISTS alone does not help two instances that look at the same moment.
  await inTurn(session, async () => {
    await refuseForeignStore(session);
    await session.exec(
      `CREATE TABLE IF NOT EXISTS applied_migration (
         name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
  });
  await refuseNewerStore(session, migrations);
  for (const migration of migrations) {
    await inTurn(session, async () => {
      if (!(await isMissing(session, migration))) return;
      await session.exec(migration.sql);
      await session.query("INSERT INTO applied_migration (name, checksum) VALUES ($1, $2)", [
        migration.name,
        migration.checksum,
      ]);
      applied.push(migration.name);
    });
  }
  await refuseNewerStore(session, migrations);
  return applied;
}

/** One transaction that no other instance's overlaps. */
async function inTurn(session: SqlSession, work: () => Promise<unknown>): Promise<void> {
  await session.exec("BEGIN");
  try {
    await session.query("SELECT pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    await work();
    await session.exec("COMMIT");
  } catch (cause) {
    await session.exec("ROLLBACK");
    throw cause;
  }
}

async function isMissing(session: SqlSession, { name, checksum }: Migration): Promise<boolean> {
  const [row] = await session.query<{ checksum: string }>("SELECT checksum FROM applied_migration WHERE name = $1", [
    name,
  ]);
  if (!row) return true;
  if (row.checksum !== checksum) {
    throw new DomainError(
      "migration-changed",
      `migration ${name} was edited after it had been applied; restore the file and add a new migration instead.`,
      { name },
    );
  }
  return false;
}

/** A mistyped address must not plant our tables among those of somebody else. */
async function refuseForeignStore(session: SqlSession): Promise<void> {
  const rows = await session.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT EXISTS (
       SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
     ORDER BY relname`,
  );
  const names = rows.map(({ name }) => name);
  if (names.length === 0 || names.includes("applied_migration")) return;
  const some = names.slice(0, 3).join(", ");
  throw new DomainError(
    "store-schema-unknown",
    `DATABASE_URL: the database holds tables of another program (${some}); name an empty database for apply-free.`,
    { tables: some },
  );
}

async function refuseNewerStore(session: SqlSession, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name));
  const rows = await session.query<{ name: string }>("SELECT name FROM applied_migration ORDER BY name");
  const unknown = rows.find(({ name }) => !known.has(name));
  if (unknown) {
    throw new DomainError(
      "store-schema-unknown",
      `the store carries migration ${unknown.name}, which this release does not know; run the newer release.`,
      { name: unknown.name },
    );
  }
}
