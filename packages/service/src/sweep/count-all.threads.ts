import { type FirmTable, type SweepCounts, sweep } from "@apply-free/rules";
import { SweepPool } from "./sweep-pool.threads.ts";

/** Pairs of firm and policy from which starting threads pays. */
const PAIRS_FOR_THREADS = 5_000_000_000;

/** Threads that count. */
export type CountingPool = Pick<SweepPool, "count" | "close">;

/**
 * Counts once, on as many threads as the size asks for.
 * @param say told when threads failed and one did the work again
 */
export async function countAll(
  table: FirmTable,
  say: (line: string) => void,
  pairsForThreads = PAIRS_FOR_THREADS,
  openPool: () => CountingPool = () => new SweepPool(),
): Promise<SweepCounts> {
  if (table.rows * table.plan.policies.length < pairsForThreads) return sweep(table);
  const pool = openPool();
  try {
    return await pool.count(table);
  } catch (cause) {
    say(`threads could not sweep (${cause instanceof Error ? cause.message : cause}); one does it alone`);
    return sweep(table);
  } finally {
    await pool.close();
  }
}
