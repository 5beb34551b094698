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
  const unproven = await db.$queryRaw<{ table: string }[]>`
    SELECT conrelid::regclass::text AS table FROM pg_constraint
    WHERE contype = 'c' AND NOT convalidated AND conname LIKE '%\\_sealed'`;
  const names = new Set(unproven.map(({ table }) => table));
  let sealed = 0;
  for (const column of sealedColumns) {
    if (!names.has(column.table)) continue;
    const head = column.type === "text" ? Prisma.sql`'sealed:%'` : Prisma.sql`'sealed:%'::bytea`;
    const plain = Prisma.sql`${Prisma.raw(column.column)} NOT LIKE ${head}`;
    sealed += await sealWhere(db, sealing, column, plain);
  }
  for (const table of names) {
    await db.$executeRaw`ALTER TABLE ${Prisma.raw(table)} VALIDATE CONSTRAINT ${Prisma.raw(`${table}_sealed`)}`;
  }
  return sealed;
}

/** Seals with the key in use whatever an older one sealed; afterwards the older one opens nothing any more. */
export async function resealWithCurrentKey(db: Tx, sealing: Sealing, onRows?: (done: number) => void): Promise<number> {
  let sealed = 0;
  const head = /^sealed:[^:]+:/.exec(sealing.seal(""))?.[0] ?? "";
  for (const column of sealedColumns) {
    const name = Prisma.raw(column.column);
    const other =
      column.type === "text"
        ? Prisma.sql`left(${name}, ${head.length}::int) <> ${head}`
        : Prisma.sql`substring(${name} FROM 1 FOR ${head.length}::int) <> convert_to(${head}, 'UTF8')`;
    sealed += await sealWhere(db, sealing, column, other, (done) => onRows?.(sealed + done));
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

async function sealWhere(
  db: Tx,
  sealing: Sealing,
  { table, column, type, index: indexColumn, id = "id" }: SealedColumn,
  which: Prisma.Sql,
  onRows?: (done: number) => void,
): Promise<number> {
  const [at, from] = [Prisma.raw(column), Prisma.raw(table)];
  const index = indexColumn === undefined ? undefined : Prisma.raw(indexColumn);
  const key = Prisma.raw(id);
  for (let sealed = 0; ; ) {
    const rows = await db.$queryRaw<{ id: string; value: string | Uint8Array }[]>`
      SELECT ${key} AS id, ${at} AS value FROM ${from} WHERE ${at} IS NOT NULL AND ${which}
      ORDER BY 1 LIMIT ${ROUND[type]}`;
    for (const { id, value } of rows) {
      // Another instance that starts or seals at the same time may have been here meanwhile.
      if (typeof value === "string") {
        const text = isSealed(value) ? sealing.open(value) : value;
        const blind = index ? Prisma.sql`, ${index} = ${sealing.index(text)}` : Prisma.empty;
        await db.$executeRaw`UPDATE ${from} SET ${at} = ${sealing.seal(text)}${blind} WHERE ${key} = ${id} AND ${at} = ${value}`;
      } else {
        const bytes = isSealed(value) ? sealing.openBytes(value) : value;
        await db.$executeRaw`UPDATE ${from} SET ${at} = ${sealing.sealBytes(bytes)} WHERE ${key} = ${id} AND ${at} = ${value}`;
      }
    }
    sealed += rows.length;
    onRows?.(sealed);
    if (rows.length < ROUND[type]) return sealed;
  }
}
