import { tmpdir } from "node:os";
import path from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { DomainError } from "../kernel/errors.ts";

/** One DuckDB in memory; what it reads from disk stays where it is. */
export type DuckDb = Readonly<{
  run(sql: string): Promise<void>;
  /** @throws DomainError bad-input with DuckDB's own sentence when a file cannot be read */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
  close(): void;
}>;

/**
 * Loads the engine, which not every installation has.
 * @param threads 0: as many as there are cores
 * @throws DomainError config-invalid
 */
export async function openDuckDb(threads = 0): Promise<DuckDb> {
  const { DuckDBInstance } = await import("@duckdb/node-api").catch((cause: Error) => {
    throw new DomainError(
      "config-invalid",
      `未安装DuckDB。@duckdb/node-api is not installed or not made for this machine (${cause.message.split("\n")[0]}); install it, or choose another engine.`,
    );
  });
  const options = {
    // Nothing is fetched from the network, and no file decides what code runs.
    autoinstall_known_extensions: "false",
    // What does not fit memory would else be written to wherever the command was typed.
    temp_directory: path.join(tmpdir(), `apply-free-duckdb-${process.pid}`),
    ...(threads > 0 && { threads: String(threads) }),
  };
  const instance = await DuckDBInstance.create(":memory:", options);
  const connection = await instance.connect();
  return {
    run: async (sql) => {
      await told(connection.run(sql));
    },
    rows: async (sql) => (await told(read(connection, sql))) as readonly (readonly unknown[])[],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function read(connection: DuckDBConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRowsJS();
}

async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (cause) {
    const [first = ""] = (cause as Error).message.split("\n");
    throw new DomainError("bad-input", `数据文件不能读取。DuckDB: ${first.slice(0, 300)}`);
  }
}

/** A text in SQL, such as the path of a file. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
