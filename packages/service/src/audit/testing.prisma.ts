import type { Store, Tx } from "../platform/store.prisma.ts";

/**
 * For tests: does in one transaction what a dishonest administrator could do (triggers and foreign
 * keys off), lets the test look, and takes everything back.
 */
export async function withTampering<Seen>(
  store: Store,
  tamper: readonly string[],
  look: (db: Tx) => Promise<Seen>,
): Promise<Seen> {
  let seen: Readonly<{ value: Seen }> | undefined;
  const rollBack = new Error("take it back");
  await store.prisma
    .$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const sql of tamper) await tx.$executeRawUnsafe(sql);
      seen = { value: await look(tx) };
      throw rollBack;
    })
    .catch((cause: unknown) => {
      if (cause !== rollBack) throw cause;
    });
  if (!seen) throw new Error("nothing was looked at");
  return seen.value;
}
