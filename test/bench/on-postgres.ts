import { findPostgres, startPostgres } from "../postgres-server.ts";

/** A PostgreSQL of its own for one benchmark, gone when it is done. */
export async function onPostgres<Result>(name: string, measure: (url: string) => Promise<Result>): Promise<Result> {
  const binaries = await findPostgres();
  if (!binaries) throw new Error(`bench ${name}: PostgreSQL 15 or newer is needed`);
  const server = await startPostgres(binaries);
  try {
    return await measure(server.url);
  } finally {
    await server.stop();
  }
}

/** Runs `act` for each item, so many at once, and gives what each took, in ms, and all together. */
export async function sideBySide<Item>(
  items: readonly Item[],
  atOnce: number,
  act: (item: Item) => Promise<unknown>,
): Promise<Readonly<{ eachMs: readonly number[]; totalMs: number }>> {
  const eachMs: number[] = [];
  const waiting = items.values();
  const began = performance.now();
  const worker = async () => {
    for (const item of waiting) {
      const from = performance.now();
      await act(item);
      eachMs.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { eachMs: eachMs.sort((a, b) => a - b), totalMs: performance.now() - began };
}

/** The value below which this share of a sorted list lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
