import { countQueries, type EmittedRules } from "@apply-free/rules";
import { DomainError } from "../kernel/errors.ts";
import type { FirmsOfPolicy } from "./sweep-engine.ts";

/** Policies that one scan of the table counts: more share the reading, and planning takes longer. */
const POLICIES_PER_SCAN = 100;

/**
 * Counts all policies over a table.
 * @param row runs a query and answers the cells of its one row
 * @throws DomainError changed-meanwhile when scans see different tables
 */
export async function countInScans(
  rules: EmittedRules,
  table: string,
  row: (sql: string) => Promise<readonly unknown[]>,
): Promise<Readonly<{ firms: number; byPolicy: readonly FirmsOfPolicy[] }>> {
  const byPolicy: FirmsOfPolicy[] = [];
  let firms: number | undefined;
  for (const { sql, read } of countQueries(rules, table, POLICIES_PER_SCAN)) {
    const counted = read(await row(sql));
    if (firms !== undefined && firms !== counted.firms) {
      throw new DomainError(
        "changed-meanwhile",
        `统计期间数据有变化，请重新统计。The table had ${firms} firms and then ${counted.firms}; count again.`,
      );
    }
    firms = counted.firms;
    for (const { policy, ...count } of counted.byPolicy)
      byPolicy.push({ id: policy.id, version: policy.version, ...count });
  }
  return { firms: firms ?? 0, byPolicy };
}
