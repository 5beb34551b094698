import type { Tx } from "../platform/store.prisma.ts";
import type { TryCounts } from "./try-limit.ts";

export function tryCounts(tx: Tx): TryCounts {
  return {
    async add(key, { beganAt, endsAt }) {
      const [row] = await tx.$queryRaw<{ tries: number }[]>`
        INSERT INTO try_count (key, began_at, ends_at, tries)
        VALUES (${key}, ${beganAt}::timestamptz, ${endsAt}::timestamptz, 1)
        ON CONFLICT (key, began_at) DO UPDATE SET tries = try_count.tries + 1 RETURNING tries`;
      return row?.tries ?? 0;
    },
    async forget(key) {
      await tx.tryCount.deleteMany({ where: { key } });
    },
    async dropEnded(now) {
      return (await tx.tryCount.deleteMany({ where: { endsAt: { lte: now } } })).count;
    },
  };
}
