import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { SqlSession } from "./migrate.prisma.ts";

/** An empty database without our migrations, for tests of what comes before them. */
export type BareDatabase = Readonly<{
  /** Where there is a server; `undefined` for the embedded one. */
  url?: string;
  /** On a server every call is a session of its own; the embedded database has only one. */
  connect(): Promise<SqlSession>;
  close(): Promise<void>;
}>;

export function openBareDatabase(): Promise<BareDatabase> {
  const server = process.env.APPLY_FREE_TEST_SERVER;
  return server ? onServer(server) : embedded();
}

async function embedded(): Promise<BareDatabase> {
  const database = await PGlite.create({ dataDir: "memory://" });
  return {
    connect: async () => ({
      exec: (sql) => database.exec(sql),
      query: async <Row>(sql: string, parameters: unknown[] = []) => (await database.query<Row>(sql, parameters)).rows,
    }),
    close: () => database.close(),
  };
}

async function onServer(server: string): Promise<BareDatabase> {
  const name = `bare_${randomUUID().replaceAll("-", "")}`;
  const administrator = new pg.Client({ connectionString: server });
  await administrator.connect();
  await administrator.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const clients: pg.Client[] = [];
  return {
    url: url.toString(),
    async connect() {
      const client = new pg.Client({ connectionString: url.toString() });
      await client.connect();
      clients.push(client);
      return {
        exec: (sql) => client.query(sql),
        query: async <Row>(sql: string, parameters: unknown[] = []) =>
          (await client.query(sql, parameters)).rows as Row[],
      };
    },
    async close() {
      await Promise.all(clients.map((client) => client.end()));
      await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await administrator.end();
    },
  };
}
