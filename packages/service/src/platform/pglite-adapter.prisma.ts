import type { PGlite, Transaction as PgliteTransaction } from "@electric-sql/pglite";
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

/**
 * pglite-prisma-adapter 0.7.2 reports success for a COMMIT that the database refused: its
 * promise has been settled already when COMMIT fails. Everything else of it is kept; transactions
 * are driven here, so that a refused COMMIT is an error (proved in pglite-adapter.test.ts).
 */
export function pgliteAdapter(database: PGlite): SqlDriverAdapterFactory {
  const factory = new PrismaPGlite(database);
  return {
    provider: "postgres",
    adapterName: factory.adapterName,
    async connect() {
      const adapter = (await factory.connect()) as SqlDriverAdapter;
      return withTrueCommit(adapter, database);
    },
  };
}

function withTrueCommit(adapter: SqlDriverAdapter, database: PGlite): SqlDriverAdapter {
  const Queryable = adapter.constructor as new (client: PgliteTransaction) => SqlQueryable;
  adapter.startTransaction = () => begin(database, Queryable);
  return adapter;
}

function begin(database: PGlite, Queryable: new (client: PgliteTransaction) => SqlQueryable): Promise<Transaction> {
  return new Promise((started, failed) => {
    const ended = Promise.withResolvers<void>();
    const finished = database.transaction(async (client) => {
      started(
        Object.assign(new Queryable(client), {
          options: { usePhantomQuery: true },
          async commit() {
            ended.resolve();
            await finished;
          },
          async rollback() {
            if (!client.closed) await client.rollback();
            ended.resolve();
            await finished;
          },
        }),
      );
      await ended.promise;
    });
    finished.catch(failed); // BEGIN itself failed; after the start this settles nothing twice
  });
}
