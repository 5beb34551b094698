import { DomainError } from "../kernel/errors.ts";
import { readConfig } from "../platform/config.env.ts";
import { clickHouseSweep } from "../sweep/clickhouse-sweep.http.ts";
import { duckDbSweep } from "../sweep/duckdb-sweep.fs.ts";
import { sessionInProcess, sessionOnServer } from "../sweep/postgres-session.prisma.ts";
import { postgresSweep } from "../sweep/postgres-sweep.prisma.ts";
import type { ProfileTable, SweepEngine } from "../sweep/sweep-engine.ts";

export type OpenSweepEngine = Readonly<{ engine: SweepEngine<ProfileTable>; close(): Promise<void> }>;

/** The databases that a sweep may be handed to. */
export const sweepEngineNames = ["duckdb", "postgres", "clickhouse"] as const;
export type SweepEngineName = (typeof sweepEngineNames)[number];

/**
 * A database to count in. PostgreSQL is the server of DATABASE_URL, of which nothing but a table in
 * `staging` is touched, or one in memory; ClickHouse that of CLICKHOUSE_URL.
 *
 * @param run a name that no other sweep at the same time has
 * @throws DomainError config-invalid | store-unreachable
 */
export async function openSweepEngine(name: SweepEngineName, run: string): Promise<OpenSweepEngine> {
  const { databaseUrl, clickHouseUrl } = readConfig(process.env);
  const table = `sweep ${run}`;
  switch (name) {
    case "duckdb":
      return { engine: duckDbSweep(), close: async () => {} };
    case "postgres": {
      const session = databaseUrl ? await sessionOnServer(databaseUrl) : await sessionInProcess();
      return { engine: postgresSweep(session, table), close: session.close };
    }
    case "clickhouse":
      if (clickHouseUrl) return { engine: clickHouseSweep(clickHouseUrl, table), close: async () => {} };
      throw new DomainError("config-invalid", "CLICKHOUSE_URL: is not set; name the server to sweep in.", {
        name: "CLICKHOUSE_URL",
      });
  }
}
