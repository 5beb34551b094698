import { expect, test } from "vitest";
import { sha256 } from "../kernel/digest.ts";
import { applyMigrations, type Migration } from "./migrate.prisma.ts";
import { openBareDatabase } from "./testing-bare.prisma.ts";

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: sha256(sql) });

test("six instances that start together on an empty server migrate it once", async () => {
  const database = await openBareDatabase();
  const sessions = await Promise.all(Array.from({ length: 6 }, () => database.connect()));
  const migrations = [
    migration("0001_first", "CREATE TABLE a (n int); INSERT INTO a VALUES (1);"),
    migration("0002_slow", "SELECT pg_sleep(0.2); CREATE TABLE b (n int);"),
  ];
  const applied = await Promise.all(sessions.map((session) => applyMigrations(session, migrations)));
  expect(applied.flat().sort()).toEqual(["0001_first", "0002_slow"]);
  expect(await sessions[0]?.query("SELECT n FROM a")).toEqual([{ n: 1 }]);
  await database.close();
});
