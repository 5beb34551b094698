import { columnDefinitions, emitRules } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import { tabSeparated } from "../platform/tab-separated.ts";
import { clickHouseAt } from "./clickhouse.http.ts";
import { countInScans } from "./count-in-scans.ts";
import { derivedIn, FirmRows } from "./firm-rows.ts";
import type { ProfileTable, SweepEngine } from "./sweep-engine.ts";

/**
 * Counts in ClickHouse: firms are sent into a table of their own, which is gone afterwards.
 * @param name of that table; no two counts at the same time may share one
 */
export function clickHouseSweep(address: string, name: string): SweepEngine<ProfileTable> {
  return {
    id: "clickhouse",
    async count(policies, { profiles }, asOf) {
      const server = clickHouseAt(address);
      const rules = emitRules(policies, "clickhouse", asOf);
      const firms = new FirmRows(rules, policies, asOf);
      const table = `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
      const columns = rules.columns.length > 0 ? rules.columns : [{ name: "firm", sqlType: "Nullable(Bool)" }];
      try {
        await server.ask(`DROP TABLE IF EXISTS ${table} SYNC`);
        await server.ask(`CREATE TABLE ${table} (${columnDefinitions(columns)}) ENGINE = MergeTree ORDER BY tuple()`);
        await server.send(`INSERT INTO ${table} FORMAT TabSeparated`, tabSeparated(firms.of(profiles)));
        const counted = await countInScans(rules, table, async (sql) => {
          return JSON.parse(await server.ask(`${sql} FORMAT JSONCompactEachRow`)) as unknown[];
        });
        if (counted.firms !== firms.rows) {
          throw new DomainError(
            "changed-meanwhile",
            `写入${firms.rows}户，读到${counted.firms}户。${firms.rows} firms were written and ${counted.firms} counted; count again.`,
          );
        }
        const parts = `system.parts WHERE active AND database = currentDatabase() AND table = '${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
        const bytes = Number(await server.ask(`SELECT sum(bytes_on_disk) FROM ${parts} FORMAT TabSeparated`));
        const nothing = { unanswered: [], absent: [] };
        return {
          engine: "clickhouse",
          asOf,
          bytes,
          ...firms.with(counted.byPolicy),
          derived: derivedIn(rules),
          ...nothing,
        };
      } finally {
        await server.ask(`DROP TABLE IF EXISTS ${table} SYNC`).catch(() => undefined);
      }
    },
  };
}
