import type { Policy } from "../policy/policy.ts";
import { dialects } from "./dialect.ts";
import type { EmittedRules } from "./emit-rules.ts";

/** How many firms a policy grants something, and of how many it cannot be said. */
export type PolicyCount = Readonly<{ policy: Policy; eligible: number; undetermined: number }>;

/** Counts a group of policies in one scan of the table. */
export type CountQuery = Readonly<{
  sql: string;
  /** From the cells of the one row of the answer: all firms, then one sum per policy, as text or null. */
  read: (cells: readonly unknown[]) => Readonly<{ firms: number; byPolicy: readonly PolicyCount[] }>;
}>;

/** An unknown answer weighs more than all firms together, so that one sum counts both. */
const UNKNOWN = 2n ** 32n;

/**
 * Queries that count every policy over a table, so many policies per scan. Each predicate is
 * evaluated once per firm.
 *
 * @param table as SQL writes it, quoted where it must be
 */
export function countQueries(rules: EmittedRules, table: string, policiesPerScan: number): readonly CountQuery[] {
  const { summed } = dialects[rules.dialect];
  const queries: CountQuery[] = [];
  for (let from = 0; from === 0 || from < rules.policies.length; from += policiesPerScan) {
    const group = rules.policies.slice(from, from + policiesPerScan);
    const sums = group.map(({ sql }, index) => `${summed(sql, String(UNKNOWN))} AS p${index}`);
    queries.push({
      sql: `SELECT ${["count(*) AS firms", ...sums].join(",\n  ")}\nFROM ${table}`,
      read: ([firms, ...cells]) => ({
        firms: Number(firms),
        byPolicy: group.map(({ policy }, index) => {
          // An empty table has no sum.
          const sum = BigInt(String(cells[index] || 0));
          return { policy, eligible: Number(sum % UNKNOWN), undetermined: Number(sum / UNKNOWN) };
        }),
      }),
    });
  }
  return queries;
}
