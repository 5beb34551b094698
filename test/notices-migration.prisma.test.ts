import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations, readMigrations, type SqlSession } from "../packages/service/src/platform/migrate.prisma.ts";
import { migrationsDirectory } from "../packages/service/src/platform/store.prisma.ts";
import { type BareDatabase, openBareDatabase } from "../packages/service/src/platform/testing-bare.prisma.ts";
import * as row from "./schema/rows.ts";

const FIRM = "91410000170001401D";
let database: BareDatabase;
let session: SqlSession;

/** A store of before, with an offer told by mail on 3 November, and mail in every state. */
beforeAll(async () => {
  database = await openBareDatabase();
  session = await database.connect();
  const migrations = await readMigrations(migrationsDirectory);
  const before = migrations.filter(({ name }) => name < "0026");
  await applyMigrations(session, before);
  const message = (id: string, kind: string, at: string, about = "NULL") =>
    `INSERT INTO inbox_message (id, firm_code, kind, entitlement_id, subject, body, created_at)
     VALUES ('${id}', '${FIRM}', '${kind}', ${about}, 'Subject ${id}', 'Body ${id}', '${at}');`;
  const mail = (id: string, status: string, at: string) =>
    `INSERT INTO outgoing_mail (id, message_id, recipient, subject, body, status, attempts, next_attempt_at, queued_at, sent_at)
     VALUES ('${id}', '<${id}>', 'a@firms.example', 'Subject ${id}', 'Body ${id}', '${status}', 1, '${at}', '${at}',
       ${status === "sent" ? `'${at}'` : "NULL"});`;
  const rows = [
    ...[row.firm, row.policyVersion, row.matchRun, row.decision, row.entitlement("offered")],
    message("offer", "offer", "2025-11-03T00:00:00Z"),
    message("paid", "paid", "2025-11-03T09:00:00Z", "'entitlement_1'"),
    message("dead", "returned", "2025-11-05T00:00:00Z"),
    message("queued", "reminder", "2025-11-06T00:00:00Z", "'entitlement_1'"),
    message("inbox", "paid", "2025-11-06T01:00:00Z"),
    ...[mail("offer", "sent", "2025-11-03T00:00:00Z"), mail("paid", "sent", "2025-11-03T09:00:00Z")],
    ...[mail("dead", "dead", "2025-11-05T00:00:00Z"), mail("queued", "queued", "2025-11-06T00:00:00Z")],
  ];
  await session.exec(`BEGIN; SET LOCAL session_replication_role = replica; ${rows.join("")} COMMIT;`);
  await applyMigrations(session, migrations);
});
afterAll(() => database.close());

test("what was mailed before is the letter of its day, and two mails of a day are one letter", async () => {
  const letters = await session.query("SELECT day::text, status FROM letter ORDER BY day");
  expect(letters).toEqual([
    { day: "2025-11-03", status: "delivered" },
    { day: "2025-11-05", status: "undeliverable" },
  ]);
  const [dispatch] = await session.query<{ body: string }>("SELECT body FROM dispatch WHERE status = 'sent'");
  expect(dispatch?.body).toBe("Body offer\n\nBody paid");
});

test("what waited goes into the next letter, and what was in the inbox only stays there", async () => {
  const found = await session.query<{ id: string; outbound: string }>("SELECT id, outbound FROM inbox_message");
  expect(Object.fromEntries(found.map(({ id, outbound }) => [id, outbound]))).toEqual({
    ...{ offer: "letter", paid: "letter", dead: "letter" },
    ...{ queued: "waiting", inbox: "inbox-only" },
  });
});

test("a mail about a night's offers is proof of each of them, though it named none", async () => {
  const proofs = await session.query("SELECT entitlement_id, kind, evidence FROM notice_proof");
  expect(proofs).toEqual([{ entitlement_id: "entitlement_1", kind: "delivered", evidence: "offer" }]);
});
