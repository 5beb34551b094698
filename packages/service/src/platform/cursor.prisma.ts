import { Prisma } from "./generated/client.ts";
import type { Tx } from "./store.prisma.ts";

/** Rows in one fetch. */
const ROWS = 2_000;

/**
 * What a query answers, some thousand rows at a time, so that none of them has to wait in memory.
 * @param name of the cursor: a word that no other one open in this transaction has
 */
export async function* inPages<Row>(tx: Tx, name: string, query: Prisma.Sql): AsyncIterable<readonly Row[]> {
  const cursor = Prisma.raw(name);
  await tx.$executeRaw`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query}`;
  for (;;) {
    const rows = await tx.$queryRaw<Row[]>`FETCH ${Prisma.raw(String(ROWS))} FROM ${cursor}`;
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS) break;
  }
  await tx.$executeRaw`CLOSE ${cursor}`;
}
