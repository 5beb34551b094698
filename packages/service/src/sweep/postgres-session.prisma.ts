import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { DomainError } from "../kernel/errors.ts";
import { type BulkCopy, bulkCopyTo } from "../platform/bulk-copy.prisma.ts";
import type { Cells, StagedColumns } from "../platform/staging.ts";
import { type Store, withoutPassword } from "../platform/store.prisma.ts";

type Stage = (name: string, columns: StagedColumns, rows: AsyncIterable<Cells>) => Promise<void>;

/** As much of a PostgreSQL as a sweep needs; its schema `staging` is there. */
export type PostgresSession = {
  run(sql: string): Promise<void>;
  /** The cells of the one row of the answer. */
  row(sql: string): Promise<readonly unknown[]>;
  /** Absent where there is no COPY. */
  stage?: Stage;
  close(): Promise<void>;
};

/** The service's own store, which stays open. */
export function sessionOnStore({ prisma, bulk }: Pick<Store, "prisma" | "bulk">): PostgresSession {
  return {
    run: async (sql) => {
      await prisma.$executeRawUnsafe(sql);
    },
    row: (sql) =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRawUnsafe(NO_JIT);
          const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(sql);
          return Object.values(rows[0] ?? {});
        },
        { timeout: LONGEST_SCAN_MS },
      ),
    ...(bulk && { stage: stageBy(bulk) }),
    close: async () => {},
  };
}

function stageBy(bulk: BulkCopy): Stage {
  return async (name, columns, rows) => {
    const staging = bulk.staging();
    try {
      const staged = await staging.open(name, columns);
      for await (const row of rows) await staged.append([row]);
      await staged.close();
    } catch (cause) {
      // The table goes with it; what went wrong before says so.
      await staging.abandon().catch(() => {});
      throw cause;
    }
  };
}

/** Compiling hundreds of predicates to machine code takes longer than one scan with them. */
const NO_JIT = "SET LOCAL jit = off";
/** A nation takes minutes; the store's own limit is a minute. */
const LONGEST_SCAN_MS = 6 * 60 * 60 * 1000;

/** A server that need not be the service's own; nothing is migrated. @throws DomainError store-unreachable */
export async function sessionOnServer(databaseUrl: string): Promise<PostgresSession> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query("SET jit = off; CREATE SCHEMA IF NOT EXISTS staging");
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw new DomainError(
      "store-unreachable",
      `连接不上PostgreSQL。Cannot sweep in ${withoutPassword(databaseUrl)} (${(cause as Error).message}).`,
    );
  }
  return {
    run: async (sql) => {
      await client.query(sql);
    },
    row: async (sql) => Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {}),
    stage: stageBy(bulkCopyTo(databaseUrl)),
    close: () => client.end(),
  };
}

/** A PostgreSQL in memory, gone when it is closed. */
export async function sessionInProcess(): Promise<PostgresSession> {
  const database = await PGlite.create({ dataDir: "memory://" });
  await database.exec("CREATE SCHEMA staging");
  return {
    run: async (sql) => {
      await database.exec(sql);
    },
    row: async (sql) => Object.values((await database.query<Record<string, unknown>>(sql)).rows[0] ?? {}),
    close: () => database.close(),
  };
}
