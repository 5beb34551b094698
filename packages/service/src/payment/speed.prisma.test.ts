import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { approveBatch } from "./approve-batch.ts";
import { draftBatch } from "./draft-batch.ts";
import { collectBankReports } from "./receive-bank-file.ts";
import { sendApprovedBatches } from "./send-batch.ts";
import { balancesOf, fundTestLine } from "./testing.prisma.ts";
import { openTown } from "./testing-town.prisma.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test("a batch of 300 payments is drafted, sent and reconciled within seconds", { timeout: 60_000 }, async () => {
  const town = await openTown(store);
  const { deps, bank, simulated } = town;
  await fundTestLine(deps, "speed", 30_000n, "41000000000021");
  const offers = await town.agreed("speed", 300, 100n);
  let spentMs = 0;
  const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    const result = await work();
    const ms = performance.now() - start;
    spentMs += ms;
    if (process.env.SHOW_TIMES) process.stderr.write(`${name} ${ms.toFixed(0)} ms\n`);
    return result;
  };
  await timed("prepare", () => town.prepare(offers));
  spentMs = 0; // preparing follows each firm's consent, one at a time, long before
  const { batchId } = await timed("draft", () => draftBatch(deps, { maker: "maker" }));
  const { sha256 } = await store.prisma.paymentBatch.findUniqueOrThrow({ where: { id: batchId! } });
  await approveBatch(deps, { batchId: batchId!, checker: "checker", sha256 });
  await timed("send", () => sendApprovedBatches({ ...deps, bank }));
  await simulated.run(deps.clock.now());
  await timed("status", () => collectBankReports({ ...deps, bank }));
  town.at("2025-11-04T18:30");
  await simulated.run(deps.clock.now());
  const { settled } = await timed("statement", () => collectBankReports({ ...deps, bank }));
  expect(settled).toBe(300);
  expect(await balancesOf(deps, "speed")).toEqual([30_000n, 0n, 0n, 0n, 30_000n]);
  // The goal is 3 s on two quiet cores; the bound leaves room for a busy machine.
  expect(spentMs).toBeLessThan(12_000);
  await town.close();
});
