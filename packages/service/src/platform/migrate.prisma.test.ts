import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import { applyMigrations, type Migration, readMigrations, type SqlSession } from "./migrate.prisma.ts";
import { type BareDatabase, openBareDatabase } from "./testing-bare.prisma.ts";

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: sha256(sql) });
const first = migration("0001_first", "CREATE TABLE a (n int); INSERT INTO a VALUES (1);");
const second = migration("0002_second", "CREATE TABLE b (n int);");

let database: BareDatabase;
let session: SqlSession;
beforeAll(async () => {
  database = await openBareDatabase();
  session = await database.connect();
});
beforeEach(() => session.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
afterAll(() => database.close());

const tables = async () =>
  (
    await session.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
    )
  ).map(({ name }) => name);

describe("applying migrations", () => {
  test("brings an empty database up to date, in order of name", async () => {
    expect(await applyMigrations(session, [first, second])).toEqual(["0001_first", "0002_second"]);
    expect(await tables()).toEqual(["a", "applied_migration", "b"]);
  });

  test("again changes nothing; a later release applies only what is new", async () => {
    await applyMigrations(session, [first]);
    expect(await applyMigrations(session, [first])).toEqual([]);
    expect(await applyMigrations(session, [first, second])).toEqual(["0002_second"]);
    expect(await session.query("SELECT n FROM a")).toEqual([{ n: 1 }]);
  });

  test("that fails half-way leaves nothing of itself, and the ones before it stay", async () => {
    const broken = migration("0002_broken", "CREATE TABLE b (n int); CREATE TABLE a (n int);");
    await expect(applyMigrations(session, [first, broken])).rejects.toThrow(/already exists/);
    expect(await tables()).toEqual(["a", "applied_migration"]);
    expect(await applyMigrations(session, [first, second])).toEqual(["0002_second"]);
  });

  test("refuses a file that was edited after it had been applied", async () => {
    await applyMigrations(session, [first]);
    const edited = migration(first.name, `${first.sql} -- harmless, but not what ran`);
    await expect(applyMigrations(session, [edited, second])).rejects.toMatchObject({
      code: "migration-changed",
      details: { name: "0001_first" },
    });
    expect(await tables()).toEqual(["a", "applied_migration"]);
  });

  test("refuses a store that a newer release has written", async () => {
    await applyMigrations(session, [first, second]);
    await expect(applyMigrations(session, [first])).rejects.toMatchObject({
      code: "store-schema-unknown",
      details: { name: "0002_second" },
    });
  });

  test("refuses it before it touches anything", async () => {
    await applyMigrations(session, [first, second]);
    const older = migration("0001_z", "CREATE TABLE z (n int)");
    await expect(applyMigrations(session, [first, older])).rejects.toMatchObject({ code: "store-schema-unknown" });
    expect(await tables()).toEqual(["a", "applied_migration", "b"]);
  });

  test("refuses a store of another program, and leaves it as it is", async () => {
    await session.exec("CREATE TABLE wage (n int)");
    await expect(applyMigrations(session, [first])).rejects.toMatchObject({
      code: "store-schema-unknown",
      details: { tables: "wage" },
    });
    expect(await tables()).toEqual(["wage"]);
  });
});

describe("reading migrations", () => {
  test("takes every folder in order of name, and ignores stray files", async () => {
    const directory = await mkdtemp(path.join(tmpdir(), "apply-free-migrations-"));
    for (const { name, sql } of [second, first]) {
      await mkdir(path.join(directory, name));
      await writeFile(path.join(directory, name, "migration.sql"), sql);
    }
    await writeFile(path.join(directory, "migration_lock.toml"), "provider = 'postgresql'");
    expect(await readMigrations(directory)).toEqual([first, second]);
    await rm(directory, { recursive: true });
  });
});
