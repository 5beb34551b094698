import { afterEach, beforeEach, expect, test } from "vitest";
import { applyMigrations, readMigrations, type SqlSession } from "../packages/service/src/platform/migrate.prisma.ts";
import { migrationsDirectory } from "../packages/service/src/platform/store.prisma.ts";
import { type BareDatabase, openBareDatabase } from "../packages/service/src/platform/testing-bare.prisma.ts";
import * as row from "./schema/rows.ts";

/** What the new accounts of a fund make of money that was under way when they came. */

let database: BareDatabase;
let session: SqlSession;
beforeEach(async () => {
  database = await openBareDatabase();
  session = await database.connect();
});
afterEach(() => database.close());

const grounds = [row.firm, row.bankAccount, row.policyVersion, row.matchRun, row.decision, row.consent, row.budgetLine];
const reserved = `INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at) VALUES
  ('p-1', 'fund', 'reserve:x', 'available', -1000, now()), ('p-2', 'fund', 'reserve:x', 'reserved', 1000, now());`;

/** Everything up to the accounts, then these rows, then the rest. */
async function upgradeWith(...rows: readonly string[]) {
  const all = await readMigrations(migrationsDirectory);
  const first = all.findIndex(({ name }) => name.startsWith("0031"));
  await applyMigrations(session, all.slice(0, first));
  await session.exec("SET session_replication_role = replica");
  await session.exec([...grounds, row.entitlement("confirmed"), ...rows].join(""));
  await session.exec("SET session_replication_role = origin");
  await session.exec(reserved);
  await applyMigrations(session, all);
  const [line] = await session.query<Record<string, unknown>>(
    `SELECT available_fen::int, reserved_fen::int, committed_fen::int, returned_fen::int FROM budget_line WHERE id = 'fund'`,
  );
  return line;
}

test("what two people have approved and nobody has sent is committed", async () => {
  const line = await upgradeWith(row.batch("approved"), row.payment("batched"));
  expect(line).toEqual({ available_fen: 4000, reserved_fen: 0, committed_fen: 1000, returned_fen: 0 });
});

test("what came back and was not tried again lies aside", async () => {
  const line = await upgradeWith(row.batch("closed").replace("'closed'", "'sent'"), row.payment("returned"));
  expect(line).toEqual({ available_fen: 4000, reserved_fen: 0, committed_fen: 0, returned_fen: 1000 });
});

test("what came back and is prepared again stays reserved", async () => {
  const line = await upgradeWith(row.batch("sent"), row.payment("returned"), row.payment("reserved", 2));
  expect(line).toEqual({ available_fen: 4000, reserved_fen: 1000, committed_fen: 0, returned_fen: 0 });
});
