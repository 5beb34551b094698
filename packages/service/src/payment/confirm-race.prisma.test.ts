import { afterAll, beforeAll, expect, test } from "vitest";
import { delegationStore } from "../access/delegation.prisma.ts";
import { makeOffers } from "../budget/testing.prisma.ts";
import { type ConfirmStores, confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { balancesOf, fundTestLine, moneyDeps, moneyStores } from "./testing.prisma.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const confirmDeps = () => ({
  clock: moneyDeps(store).clock,
  transaction: <Result>(work: (stores: ConfirmStores) => Promise<Result>) =>
    store.prisma.$transaction((tx) =>
      work({
        ...moneyStores(tx),
        consents: consentStore(tx),
        delegations: delegationStore(tx),
        payees: payeeAccounts(tx),
      }),
    ),
});

test("of 100 firms that confirm 1,000 each at once, a fund of 60,000 serves exactly 60; the others wait in line", async () => {
  const deps = confirmDeps();
  await fundTestLine(moneyDeps(store), "race-line", 60_000n, "41000000000001");
  const at = deps.clock.now();
  const offers = await makeOffers(store, { series: 800, count: 100, amountFen: 1_000n, line: "race-line", at });
  await Promise.all(
    offers.map(({ firmCode, entitlementId }) => {
      const chosen = [{ entitlementId, amountFenSeen: "1000" }];
      return confirmBenefits(deps, { firmCode, actor: "firm", requestKey: entitlementId, chosen });
    }),
  );
  const count = (status: string) => store.prisma.entitlement.count({ where: { budgetLine: "race-line", status } });
  expect([await count("confirmed"), await count("waitlisted")]).toEqual([60, 40]);
  expect(await balancesOf(moneyDeps(store), "race-line")).toEqual([60_000n, 0n, 60_000n, 0n, 0n]);
});

test("one firm that confirms from ten windows at once is promised its money once", async () => {
  const deps = confirmDeps();
  await fundTestLine(moneyDeps(store), "window-line", 60_000n, "41000000000002");
  const at = deps.clock.now();
  const [offer] = await makeOffers(store, { series: 801, count: 1, amountFen: 1_000n, line: "window-line", at });
  const { firmCode, entitlementId } = offer!;
  const chosen = [{ entitlementId, amountFenSeen: "1000" }];
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, nth) =>
      confirmBenefits(deps, { firmCode, actor: "firm", requestKey: `window-${nth}`, chosen }),
    ),
  );
  expect(outcomes.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(await balancesOf(moneyDeps(store), "window-line")).toEqual([60_000n, 59_000n, 1_000n, 0n, 0n]);
});
