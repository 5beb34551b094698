import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, startOfDay } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { resultStore } from "../publication/publication.prisma.ts";
import { publishResults } from "../publication/publish-results.ts";
import { entitlementId, firmCode, LINE, plantCase, plantWorld } from "../publication/testing-case.prisma.ts";
import { agreeOffset } from "../recovery/agree-offset.ts";
import { bankReports, fund, plantRecovery, plantTopUp, recoveryDeps } from "../recovery/testing-recovery.prisma.ts";
import { checkInvariant, checkInvariants } from "./invariants.prisma.ts";
import { countBroken, invariantNames } from "./invariants.ts";
import { withTampering } from "./testing.prisma.ts";
import { breaches } from "./testing-breaches.ts";

const today = "2025-11-20" as Day;
let store: Store;

// One case at each stage: 1 received and published, 2 confirmed, 3 submitted, 4 just paid, 5 offered. Of 1 a part is
// asked back, a part of that has come, and a part is set off against its top-up; 4 is topped up.
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    await plantCase(tx, 1, "received");
    await plantCase(tx, 2, "confirmed", { amountFen: 500_00n });
    await plantCase(tx, 3, "submitted", { amountFen: 700_00n });
    await plantCase(tx, 4, "paid", { amountFen: 900_00n, bookedOn: "2025-11-19" as Day });
    await plantCase(tx, 5, "offered");
  });
  await publishResults({
    transaction: (work) =>
      store.prisma.$transaction((tx) => work({ results: resultStore(tx), journal: journalOn(tx) })),
    clock: { now: () => startOfDay(today) },
  });
  const deps = recoveryDeps(store, startOfDay(today));
  await fund(deps, LINE, 0n);
  const { id: recoveryId, reference } = await plantRecovery(deps, {
    ...{ entitlementId: entitlementId(1), firmCode: firmCode(1), claimedFen: 1_000_00n, decidedFen: 800_00n },
  });
  await bankReports(deps, { reference: "BACK1", amountFen: 300_00n, remittance: `退回补贴 ${reference}` });
  await plantTopUp(deps, entitlementId(4), "delivery_test", 50_00n);
  const topUp = await plantTopUp(deps, entitlementId(1), "delivery_test", 60_00n);
  const clause = { basis: "law", ground: "豫财〔2025〕1号第九条", by: "checker" } as const;
  await agreeOffset(deps, { recoveryId, entitlementId: topUp, ...clause });
});
afterAll(() => store.close());

describe("the invariants", () => {
  test("all hold in a lawful world, with a case at every stage", async () => {
    const results = await checkInvariants(store, today);
    expect(results.filter((result) => result.breaches.length > 0)).toEqual([]);
    expect(countBroken(results)).toBe(0);
    expect(results.map(({ name }) => name)).toEqual(invariantNames);
  });

  test("each says its sentence in both languages", async () => {
    for (const { sentence } of await checkInvariants(store, today)) {
      expect(sentence.zh).toMatch(/。$/);
      expect(sentence.en).toMatch(/\.$/);
    }
  });

  const ways = invariantNames.flatMap((name) =>
    Object.entries(breaches[name]).map(([way, sql]) => [name, way, sql] as const),
  );
  test.each(ways)("%s is broken when %s", async (name, _, sql) => {
    const result = await withTampering(store, sql, (prisma) =>
      checkInvariant({ prisma, sealing: store.sealing }, today, name),
    );
    expect(result.breaches[0]).toEqual({ subject: expect.any(String), detail: expect.any(String) });
    expect(countBroken([result])).toBe(1);
  });
});
