import { afterAll, beforeAll, expect, test } from "vitest";
import { delegationStore } from "../access/delegation.prisma.ts";
import { makeOffers } from "../budget/testing.prisma.ts";
import { type ConfirmStores, confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { balancesOf, fundTestLine, moneyDeps, moneyStores } from "./testing.prisma.ts";

/** Few here; `npx -y pnpm@12 race` runs a thousand. Only a server has the sessions that can race. */
const ROUNDS = Number(process.env.RACE_ROUNDS ?? 5);
const FIRMS = 100;
const FITS = 60;
const AMOUNT = 1_000n;

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test(`in ${ROUNDS} rounds of ${FIRMS} confirmations at once, a fund that fits ${FITS} serves exactly ${FITS}`, {
  timeout: 3_600_000,
}, async () => {
  const deps = moneyDeps(store);
  const transaction = <Result>(work: (stores: ConfirmStores) => Promise<Result>) =>
    store.prisma.$transaction(
      (tx) =>
        work({
          ...moneyStores(tx),
          consents: consentStore(tx),
          delegations: delegationStore(tx),
          payees: payeeAccounts(tx),
        }),
      { maxWait: 60_000, timeout: 60_000 },
    );
  const at = deps.clock.now();
  let confirming = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const line = `rounds-${round}`;
    await fundTestLine(deps, line, AMOUNT * BigInt(FITS), "41000000000001");
    const offers = await makeOffers(store, { series: round, count: FIRMS, amountFen: AMOUNT, line, at });
    const start = performance.now();
    await Promise.all(
      offers.map(({ firmCode, entitlementId }) => {
        const chosen = [{ entitlementId, amountFenSeen: String(AMOUNT) }];
        const request = { firmCode, actor: "firm", requestKey: entitlementId, chosen };
        return confirmBenefits({ clock: deps.clock, transaction }, request);
      }),
    );
    confirming += performance.now() - start;
    const count = (status: string) => store.prisma.entitlement.count({ where: { budgetLine: line, status } });
    expect([await count("confirmed"), await count("waitlisted")], `round ${round}`).toEqual([FITS, FIRMS - FITS]);
    const spent = AMOUNT * BigInt(FITS);
    expect(await balancesOf(deps, line), `round ${round}`).toEqual([spent, 0n, spent, 0n, 0n]);
  }
  const perSecond = Math.round((ROUNDS * FIRMS * 1_000) / confirming);
  process.stderr.write(`${ROUNDS} rounds, 0 over-grants, 0 under-use, ${perSecond} confirmations a second\n`);
});
