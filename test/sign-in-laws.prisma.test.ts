import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyMigrations, readMigrations, type SqlSession } from "../packages/service/src/platform/migrate.prisma.ts";
import { migrationsDirectory } from "../packages/service/src/platform/store.prisma.ts";
import { type BareDatabase, openBareDatabase } from "../packages/service/src/platform/testing-bare.prisma.ts";

/** What the database refuses of sessions, identities and codes, whoever asks it. */

let database: BareDatabase;
let session: SqlSession;
beforeAll(async () => {
  database = await openBareDatabase();
  session = await database.connect();
  await applyMigrations(session, await readMigrations(migrationsDirectory));
  await session.exec(`
    INSERT INTO account (id, login, role, display_name, password_hash, created_at)
    VALUES ('a', 'a', 'auditor', 'A', 'none', now()), ('b', 'b', 'auditor', 'B', 'none', now())`);
});
afterAll(() => database.close());

const digest = (digit: string) => digit.repeat(64);
const sessionRow = (end: string, idle: number, isKiosk: boolean) => `
  INSERT INTO session (token_hash, id, account_id, csrf_token, method, is_kiosk, idle_minutes, created_at, last_seen_at, expires_at)
  VALUES ('t', 's', 'a', 'c', 'password', ${isKiosk}, ${idle}, now(), now(), now() + interval '${end}')`;
const codeRow = (end = "5 minutes") => `
  INSERT INTO sign_in_code (token_hash, code_hash, subject, account_id, sent_at, expires_at)
  VALUES ('${digest("1")}', '${digest("2")}', '${digest("3")}', 'a', now(), now() + interval '${end}')`;
const identityRow = (index: string, account: string) => `
  INSERT INTO identity VALUES ('${index.repeat(32)}', 'https://identity.example', '${account}', now())`;

/** How the last of these was refused; empty where it was not. Nothing of them stays. */
async function refusal(...statements: readonly string[]): Promise<string> {
  await session.exec("BEGIN");
  try {
    for (const statement of statements.slice(0, -1)) await session.exec(statement);
    return await session.exec(statements.at(-1) ?? "").then(
      () => "",
      (cause: Error) => cause.message,
    );
  } finally {
    await session.exec("ROLLBACK");
  }
}

describe("the database", () => {
  test("has no session without an end to idling, and none at a terminal for long", async () => {
    expect(await refusal(sessionRow("8 hours", 15, false))).toBe("");
    expect(await refusal(sessionRow("8 hours", 0, false))).toMatch(/check constraint/);
    expect(await refusal(sessionRow("20 minutes", 3, true))).toBe("");
    expect(await refusal(sessionRow("8 hours", 3, true))).toMatch(/session_kiosk_is_short/);
    expect(await refusal(sessionRow("20 minutes", 15, true))).toMatch(/session_kiosk_is_short/);
  });

  test("keeps a code as it was sent: no sixth try, no fewer tries, no other account, and used once", async () => {
    const change = (what: string) =>
      refusal(codeRow(), "UPDATE sign_in_code SET tries = 4", `UPDATE sign_in_code SET ${what}`);
    expect(await change("tries = 5, used_at = now()")).toBe("");
    expect(await change("tries = 6")).toMatch(/check constraint/);
    expect(await change("tries = 0")).toMatch(/kept as it was sent/);
    expect(await change("account_id = 'b'")).toMatch(/kept as it was sent/);
    const used = "UPDATE sign_in_code SET used_at = now()";
    expect(await refusal(codeRow(), used, used)).toMatch(/kept as it was sent/);
    expect(await refusal(codeRow("6 minutes"))).toMatch(/check constraint/);
  });

  test("links one person of a provider to an account, keeps the link, and keeps no plain name in it", async () => {
    expect(await refusal(identityRow("a", "a"), identityRow("b", "b"))).toBe("");
    expect(await refusal(identityRow("a", "a"), identityRow("b", "a"))).toMatch(/unique constraint/);
    expect(await refusal(identityRow("a", "a"), "UPDATE identity SET account_id = 'b'")).toMatch(/append-only/);
    expect(await refusal(identityRow("x", "a"))).toMatch(/check constraint/);
  });
});
