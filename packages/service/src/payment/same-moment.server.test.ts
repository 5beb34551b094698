import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOffers } from "../budget/testing.prisma.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { transactionsOn } from "../stores.prisma.ts";
import { correctAccount } from "./correct-account.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test("colleagues who name the same account in the same moment get the same answer, and the journal says it once", async () => {
  const clock = new SettableClock(new Date("2025-11-04T10:00:00+08:00"));
  const deps = { clock, transaction: transactionsOn(store, new CompiledPolicies()) };
  const terms = { series: 77, amountFen: 100n, line: "same-moment", at: clock.now() };
  const offers = await makeOffers(store, { ...terms, count: 10 });
  for (const { firmCode, holderName } of offers) {
    const account = { holderName, accountNo: "6222999900001111", bankName: "试验银行", bankCode: "102491000019" };
    const name = (actor: string) => correctAccount(deps, { firmCode, actor, account });
    const answers = await Promise.all(["firm", "firm", "firm"].map(name));
    expect(new Set(answers.map(({ bankAccountId }) => bankAccountId)).size).toBe(1);
  }
  expect(await store.prisma.journalEvent.count({ where: { type: "account-named" } })).toBe(offers.length);
});
