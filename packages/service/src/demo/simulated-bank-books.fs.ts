import { DatabaseSync } from "node:sqlite";
import type { Day } from "../kernel/day.ts";
import type { Instruction } from "./simulated-bank.ts";

/** A movement that the books owe to a day. */
export type DueBooking = Instruction & Readonly<{ kind: "debit" | "return"; messageId: string; nth: number }>;

/** The bank's books: SQLite, durable at every commit. */
export function openBooks(file: string) {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS instruction (
      message_id TEXT NOT NULL REFERENCES message, nth INTEGER NOT NULL, end_to_end_id TEXT NOT NULL,
      debtor TEXT NOT NULL, creditor TEXT NOT NULL, creditor_name TEXT NOT NULL, amount_fen INTEGER NOT NULL,
      debit_on TEXT, debited INTEGER NOT NULL DEFAULT 0, return_on TEXT, returned INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (message_id, nth)) STRICT;
    CREATE TABLE IF NOT EXISTS report (
      seq INTEGER PRIMARY KEY, about TEXT NOT NULL UNIQUE, content TEXT NOT NULL, written INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS flag (name TEXT PRIMARY KEY) STRICT;`);
  const sql = (text: string) => {
    const statement = db.prepare(text);
    statement.setReadBigInts(true);
    return statement;
  };
  const sum = (where: string, account: string) =>
    sql(`SELECT coalesce(sum(amount_fen), 0) AS fen FROM instruction WHERE debtor = ? AND ${where}`).get(account)
      ?.fen as bigint;
  return {
    inOneTransaction<Result>(work: () => Result): Result {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (cause) {
        db.exec("ROLLBACK");
        throw cause;
      }
    },
    digestOf: (id: string) => sql("SELECT sha256 FROM message WHERE id = ?").get(id)?.sha256 as string | undefined,
    addMessage: (id: string, digest: string) => sql("INSERT INTO message VALUES (?, ?)").run(id, digest),
    addInstruction(messageId: string, nth: number, order: Instruction, debitOn: Day | undefined) {
      const { endToEndId, debtorAccount, creditorAccount, creditorName, amountFen } = order;
      sql(`INSERT INTO instruction (message_id, nth, end_to_end_id, debtor, creditor, creditor_name, amount_fen, debit_on)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`).run(
        ...([messageId, nth, endToEndId, debtorAccount, creditorAccount, creditorName, amountFen] as const),
        debitOn ?? null,
      );
    },
    /** Booked balance. */
    balanceFen: (account: string, opening: bigint) =>
      opening - sum("debited = 1", account) + sum("returned = 1", account),
    /** Balance less what is accepted and not booked yet. */
    uncommittedFen: (account: string, opening: bigint) =>
      opening - sum("debit_on IS NOT NULL", account) + sum("returned = 1", account),
    nextOpenDay(last: Day) {
      const row = sql(`SELECT min(day) AS day FROM (
        SELECT debit_on AS day FROM instruction WHERE debited = 0 AND debit_on IS NOT NULL
        UNION ALL SELECT return_on FROM instruction WHERE returned = 0 AND return_on IS NOT NULL) WHERE day <= ?`).get(
        last,
      );
      return (row?.day ?? undefined) as Day | undefined;
    },
    due(day: Day): DueBooking[] {
      const rows = sql(`SELECT *, CASE WHEN debited = 0 THEN 'debit' ELSE 'return' END AS kind FROM instruction
        WHERE (debited = 0 AND debit_on = ?) OR (debited = 1 AND returned = 0 AND return_on = ?)
        ORDER BY message_id, nth`).all(day, day);
      return rows.map((row) => ({
        kind: row.kind as "debit" | "return",
        messageId: row.message_id as string,
        nth: Number(row.nth),
        groupId: "",
        endToEndId: row.end_to_end_id as string,
        debtorAccount: row.debtor as string,
        creditorAccount: row.creditor as string,
        creditorName: row.creditor_name as string,
        amountFen: row.amount_fen as bigint,
      }));
    },
    markDebited: (messageId: string, nth: number, returnOn: Day | undefined) =>
      sql("UPDATE instruction SET debited = 1, return_on = ? WHERE message_id = ? AND nth = ?").run(
        returnOn ?? null,
        messageId,
        nth,
      ),
    markReturned: (messageId: string, nth: number) =>
      sql("UPDATE instruction SET returned = 1 WHERE message_id = ? AND nth = ?").run(messageId, nth),
    /** A lost report counts as written, and nobody ever gets it unless it is asked for again. */
    addReport: (about: string, content: string, lost: boolean) =>
      sql("INSERT INTO report (about, content, written) VALUES (?, ?, ?)").run(about, content, lost ? 1 : 0),
    repeatReport: (about: string) => sql("UPDATE report SET written = 0 WHERE about = ?").run(about),
    /** In the order in which they were made, which their names keep. */
    unwritten() {
      const rows = sql("SELECT seq, about, content FROM report WHERE written = 0 ORDER BY seq").all();
      return rows.map(({ seq, about, content }) => ({
        name: `${String(seq).padStart(6, "0")}-${about}.xml`,
        seq: seq as bigint,
        content: content as string,
      }));
    },
    markWritten: (seq: bigint) => sql("UPDATE report SET written = 1 WHERE seq = ?").run(seq),
    orderLoss: () => sql("INSERT OR IGNORE INTO flag VALUES ('lose-next-reply')").run(),
    takeLoss: () => sql("DELETE FROM flag WHERE name = 'lose-next-reply'").run().changes > 0,
    bookings() {
      const rows = sql(`SELECT end_to_end_id AS id, sum(debited) AS debits, sum(returned) AS returns
        FROM instruction GROUP BY end_to_end_id`).all();
      return new Map(
        rows.map((row) => [row.id as string, { debits: Number(row.debits), returns: Number(row.returns) }]),
      );
    },
    close: () => db.close(),
  };
}
