import { DomainError } from "../kernel/errors.ts";
import { isSealed, type Sealing } from "../kernel/sealing.ts";
import { Prisma } from "./generated/client.ts";
import { type SealedColumn, sealedColumns } from "./sealed-column.ts";

type Tx = Prisma.TransactionClient;

/** Rows in one round: files are large. */
const ROUND = { text: 500, bytea: 5 } as const;

/**
 * A store takes the keys it was first opened with, and no others: with other index keys equal account
 * numbers would look different.
 *
 * @throws DomainError keys-differ
 */
export async function bindKeys(db: Tx, sealing: Sealing): Promise<void> {
  const fingerprint = sealing.index("apply-free/sealing-key");
  await db.$executeRaw`INSERT INTO sealing_key (fingerprint) VALUES (${fingerprint}) ON CONFLICT DO NOTHING`;
  const bound = await db.sealingKey.findFirst();
  if (bound?.fingerprint === fingerprint) return;
  throw new DomainError(
    "keys-differ",
    "APPLY_FREE_KEYS: this database was written with another key ring. Point APPLY_FREE_KEYS to the file that belongs to it; without it its account numbers cannot be read.",
  );
}

/**
 * Seals what was written before columns were sealed, once: from then on the constraint vouches for every
 * row. Answers how many values that were.
 */
export async function sealWhatIsPlain(db: Tx, sealing: Sealing): Promise<number> {
  const unproven = await db.$queryRaw<{ table: string; name: string }[]>`
    SELECT conrelid::regclass::text AS table, conname::text AS name FROM pg_constraint
    WHERE contype = 'c' AND NOT convalidated AND conname LIKE '%\\_sealed'`;
  let sealed = 0;
  for (const [table, columns] of byTable) {
    if (!unproven.some((constraint) => constraint.table === table)) continue;
    const plain = columns.map(({ column, type }) => {
      const head = type === "text" ? Prisma.sql`'sealed:%'` : Prisma.sql`'sealed:%'::bytea`;
      return Prisma.sql`${Prisma.raw(column)} NOT LIKE ${head}`;
    });
    sealed += await sealWhere(db, sealing, table, columns, plain);
  }
  for (const { table, name } of unproven) {
    await db.$executeRaw`ALTER TABLE ${Prisma.raw(table)} VALIDATE CONSTRAINT ${Prisma.raw(name)}`;
  }
  return sealed;
}

/** Seals with the key in use whatever an older one sealed; afterwards the older one opens nothing any more. */
export async function resealWithCurrentKey(db: Tx, sealing: Sealing, onRows?: (done: number) => void): Promise<number> {
  let sealed = 0;
  const head = /^sealed:[^:]+:/.exec(sealing.seal(""))?.[0] ?? "";
  for (const [table, columns] of byTable) {
    const other = columns.map(({ column, type }) => {
      const name = Prisma.raw(column);
      return type === "text"
        ? Prisma.sql`left(${name}, ${head.length}::int) <> ${head}`
        : Prisma.sql`substring(${name} FROM 1 FOR ${head.length}::int) <> convert_to(${head}, 'UTF8')`;
    });
    sealed += await sealWhere(db, sealing, table, columns, other, (done) => onRows?.(sealed + done));
  }
  return sealed;
}

/** How many values each key has sealed, by its id. */
export async function countByKey(db: Tx): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, column, type } of sealedColumns) {
    const at = Prisma.raw(column);
    const head =
      type === "text" ? Prisma.sql`left(${at}, 60)` : Prisma.sql`encode(substring(${at} FROM 1 FOR 60), 'escape')`;
    const rows = await db.$queryRaw<{ key: string; count: number }[]>`
      SELECT split_part(${head}, ':', 2) AS key, count(*)::int AS count
      FROM ${Prisma.raw(table)} WHERE ${at} IS NOT NULL GROUP BY 1`;
    for (const { key, count } of rows) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

/**
 * Seals every value of a row in one statement: the constraint looks at the whole row, and would refuse it with one column
 * sealed and the next still plain.
 *
 * @param which says of each column whether its value has to be sealed
 */
async function sealWhere(
  db: Tx,
  sealing: Sealing,
  table: string,
  columns: readonly SealedColumn[],
  which: readonly Prisma.Sql[],
  onRows?: (done: number) => void,
): Promise<number> {
  const from = Prisma.raw(table);
  const key = Prisma.raw(columns[0]?.id ?? "id");
  const round = Math.min(...columns.map(({ type }) => ROUND[type]));
  // The value where it has to be sealed, else nothing.
  const values = columns.map(
    ({ column }, place) =>
      Prisma.sql`CASE WHEN ${which[place]} THEN ${Prisma.raw(column)} END AS ${Prisma.raw(column)}`,
  );
  for (let sealed = 0; ; ) {
    const rows = await db.$queryRaw<Readonly<Record<string, string | Uint8Array | null>>[]>`
      SELECT ${key} AS row_key, ${Prisma.join(values)} FROM ${from} WHERE ${Prisma.join([...which], " OR ")}
      ORDER BY 1 LIMIT ${round}`;
    for (const { row_key: id, ...row } of rows) {
      const due = columns.flatMap((column) => {
        const value = row[column.column] ?? null;
        return value === null ? [] : [{ column, value }];
      });
      const set = due.flatMap(({ column, value }) => assignments(sealing, column, value));
      // Another instance that starts or seals at the same time may have been here meanwhile.
      const unchanged = due.map(({ column, value }) => Prisma.sql`${Prisma.raw(column.column)} = ${value}`);
      await db.$executeRaw`
        UPDATE ${from} SET ${Prisma.join(set)} WHERE ${key} = ${id} AND ${Prisma.join(unchanged, " AND ")}`;
      sealed += due.length;
    }
    onRows?.(sealed);
    if (rows.length < round) return sealed;
  }
}

function assignments(sealing: Sealing, { column, index }: SealedColumn, value: string | Uint8Array): Prisma.Sql[] {
  const at = Prisma.raw(column);
  if (typeof value !== "string") {
    return [Prisma.sql`${at} = ${sealing.sealBytes(isSealed(value) ? sealing.openBytes(value) : value)}`];
  }
  const text = isSealed(value) ? sealing.open(value) : value;
  const blind = index === undefined ? [] : [Prisma.sql`${Prisma.raw(index)} = ${sealing.index(text)}`];
  return [Prisma.sql`${at} = ${sealing.seal(text)}`, ...blind];
}

const byTable = Map.groupBy(sealedColumns, ({ table }) => table);
