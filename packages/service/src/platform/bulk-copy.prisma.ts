import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import pg from "pg";
import { from, to } from "pg-copy-streams";
import { type Cells, columnList, type Staging, type StagingTable, stagingName } from "./staging.ts";
import { lineOf } from "./tab-separated.ts";

/** Staging on a database server: rows go by COPY, each table and each query on a connection of its own. */
export type BulkCopy = Readonly<{ staging(): Staging }>;

export function bulkCopyTo(databaseUrl: string): BulkCopy {
  const connect = async () => {
    const client = new pg.Client({ connectionString: databaseUrl });
    // The failure of a connection is told by whatever it was doing.
    client.on("error", () => {});
    await client.connect();
    return client;
  };
  return {
    staging() {
      const open = new Set<pg.Client>();
      const tables: string[] = [];
      const end = async (client: pg.Client) => {
        open.delete(client);
        await client.end();
      };
      return {
        async open(name, columns) {
          const client = await connect();
          open.add(client);
          const table = stagingName(name);
          tables.push(table);
          // Rows that a crash loses were never facts: unlogged costs nothing.
          await client.query(`DROP TABLE IF EXISTS ${table}; CREATE UNLOGGED TABLE ${table} (${columnList(columns)})`);
          return copying(table, client.query(from(`COPY ${table} FROM STDIN`)), () => end(client));
        },
        async *read(query) {
          const client = await connect();
          open.add(client);
          try {
            await client.query(`SET work_mem = '${SORT_MEMORY}'`);
            yield* rowsIn(client.query(to(`COPY (${query}) TO STDOUT`)));
          } finally {
            await end(client);
          }
        },
        async abandon() {
          await Promise.all([...open].map((client) => end(client).catch(() => {})));
          const client = await connect();
          // What the failing transaction still holds, the next delivery replaces.
          const drop = tables.map((table) => `DROP TABLE IF EXISTS ${table};`).join("");
          await client.query(`SET lock_timeout = '2s'; ${drop}`).catch(() => {});
          await client.end();
        },
      };
    },
  };
}

/** Of the server, for sorting the rows of one delivery; what does not fit goes to its disk. */
const SORT_MEMORY = "64MB";
/** Characters in one write: large enough that the stream's own work does not show. */
const CHUNK = 1 << 18;

function copying(name: string, sink: Writable, end: () => Promise<void>): StagingTable {
  let waiting = "";
  let failure: Error | undefined;
  let reject: (cause: Error) => void = () => {};
  sink.on("error", (cause) => {
    failure = cause;
    reject(cause);
  });
  const write = () =>
    new Promise<void>((resolve, fail) => {
      if (failure) throw failure;
      reject = fail;
      const chunk = waiting;
      waiting = "";
      sink.write(chunk, (cause) => (cause ? fail(cause) : resolve()));
    });
  return {
    name,
    async append(rows) {
      for (const row of rows) {
        waiting += lineOf(row);
        if (waiting.length >= CHUNK) await write();
      }
    },
    async close() {
      if (waiting !== "") await write();
      sink.end();
      await finished(sink);
      await end();
    },
  };
}

const NEWLINE = 0x0a;

async function* rowsIn(copied: AsyncIterable<Buffer>): AsyncIterable<readonly Cells[]> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const piece of copied) {
    const end = piece.lastIndexOf(NEWLINE);
    if (end === -1) {
      waiting = Buffer.concat([waiting, piece]);
      continue;
    }
    const lines = Buffer.concat([waiting, piece.subarray(0, end)])
      .toString()
      .split("\n");
    waiting = piece.subarray(end + 1);
    yield lines.map((line) => line.split("\t").map(unescaped));
  }
}

/** COPY writes these five, and `\N` for NULL. Source: PostgreSQL 15, COPY, text format. */
function unescaped(cell: string): string | null {
  if (cell === "\\N") return null;
  return cell.includes("\\") ? cell.replace(/\\(.)/g, (_, mark: string) => meant[mark] ?? mark) : cell;
}

const meant: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
