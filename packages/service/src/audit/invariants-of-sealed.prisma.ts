import { sha256 } from "../kernel/digest.ts";
import type { Sealing } from "../kernel/sealing.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Breach } from "./invariants.ts";

/** Sentences about sealed values, which SQL cannot read: rows are opened a page at a time. */
export type SealedCheck = (db: Tx, sealing: Sealing) => AsyncIterable<Breach>;

export const sealedChecks = {
  "sealed-accounts-are-what-they-say": async function* (db, sealing) {
    for (const table of ["bank_account", "payment"]) {
      const rows = pages(
        db,
        Prisma.sql`SELECT id, account_no AS value, account_index AS said FROM ${Prisma.raw(table)}`,
      );
      for await (const { id, value, said } of rows) {
        const number = opened(sealing, value);
        if (number === undefined || sealing.index(number) !== said) {
          yield { subject: id, detail: `${table}: the number is not the one that was sealed` };
        }
      }
    }
  },

  // A mark at the beginning of a file (U+FEFF) belongs to its bytes and not to its text.
  "bank-files-are-as-received": async function* (db, sealing) {
    for await (const { id, value, said } of pages(
      db,
      Prisma.sql`SELECT id, content AS value, sha256 AS said FROM bank_file`,
    )) {
      const content = opened(sealing, value);
      if (content === undefined || (said !== sha256(content) && said !== sha256(`\uFEFF${content}`))) {
        yield { subject: id, detail: "content and digest differ" };
      }
    }
  },

  "batch-file-is-what-was-approved": async function* (db, sealing) {
    yield* await db.$queryRaw<Breach[]>`
      SELECT batch.id AS subject, 'digest and approval differ' AS detail FROM payment_batch batch
      WHERE EXISTS (SELECT FROM journal_event WHERE subject = batch.id
        AND type IN ('batch-drafted', 'batch-approved', 'batch-sent') AND payload->>'sha256' <> batch.sha256)`;
    for await (const { id, value, said } of pages(
      db,
      Prisma.sql`SELECT id, file AS value, sha256 AS said FROM payment_batch`,
    )) {
      const file = opened(sealing, value);
      if (file === undefined || said !== sha256(file)) yield { subject: id, detail: "file and digest differ" };
    }
  },

  // Numbers of the firm itself are found in any spacing, those of all others where their digits stand together.
  "no-account-number-in-writing": async function* (db) {
    for (let after = ""; ; ) {
      const texts = await db.$queryRaw<Writing[]>`${WRITTEN} WHERE id > ${after} ORDER BY id LIMIT ${PAGE}`;
      yield* numbersIn(db, texts);
      if (texts.length < PAGE) return;
      after = texts.at(-1)?.id ?? "";
    }
  },
} satisfies Readonly<Record<string, SealedCheck>>;

const PAGE = 500;

type Writing = Readonly<{ id: string; firmCode: string | null; text: string }>;

const WRITTEN = Prisma.sql`
  SELECT id, "firmCode", text FROM (
    SELECT 'inbox:' || id AS id, firm_code AS "firmCode", concat(subject, ' ', body, ' ', subject_en, ' ', body_en) AS text
    FROM inbox_message
    UNION ALL
    SELECT 'dispatch:' || id, firm_code, concat(subject, ' ', body) FROM dispatch
    UNION ALL
    SELECT 'result:' || result.id, owed.firm_code, concat(masked_name, ' ', masked_code, ' ', policy_title)
    FROM disclosure result JOIN entitlement owed ON owed.id = result.entitlement_id
    UNION ALL
    SELECT 'event:' || id, NULL, payload::text FROM journal_event
  ) AS written`;

async function* numbersIn(db: Tx, texts: readonly Writing[]): AsyncIterable<Breach> {
  const runs = texts.flatMap(({ id, text }) =>
    [...text.matchAll(/\d{8,30}/g)].map(([digits]) => ({ subject: id, digits })),
  );
  const among = [...new Set(runs.map(({ digits }) => digits))];
  const which = { where: { accountNo: { in: among } }, select: { accountNo: true } } as const;
  const known = new Set(
    [...(await db.bankAccount.findMany(which)), ...(await db.payerAccount.findMany(which))].map(
      ({ accountNo }) => accountNo,
    ),
  );
  const found = new Set<string>();
  for (const { subject, digits } of runs) if (known.has(digits)) found.add(`${subject} ${digits}`);
  const owners = [...new Set(texts.flatMap(({ firmCode }) => firmCode ?? []))];
  const accounts = await db.bankAccount.findMany({
    where: { firmCode: { in: owners } },
    select: { firmCode: true, accountNo: true },
  });
  const ofFirm = Map.groupBy(accounts, ({ firmCode }) => firmCode);
  for (const { id, firmCode, text } of texts) {
    const joined = text.replaceAll(/[ \-　]/g, "");
    for (const { accountNo } of ofFirm.get(firmCode ?? "") ?? []) {
      if (joined.includes(accountNo)) found.add(`${id} ${accountNo}`);
    }
  }
  for (const each of found) {
    const [subject = "", digits = ""] = each.split(" ");
    yield { subject: subject.slice(subject.indexOf(":") + 1), detail: `contains ****${digits.slice(-4)}` };
  }
}

type SealedRow = Readonly<{ id: string; value: string; said: string | null }>;

async function* pages(db: Tx, rows: Prisma.Sql): AsyncIterable<SealedRow> {
  for (let after = ""; ; ) {
    const page = await db.$queryRaw<SealedRow[]>`
      SELECT id, value, said FROM (${rows}) AS row WHERE id > ${after} ORDER BY id LIMIT ${PAGE}`;
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id ?? "";
  }
}

function opened(sealing: Sealing, sealed: string): string | undefined {
  try {
    return sealing.open(sealed);
  } catch {
    return undefined;
  }
}
