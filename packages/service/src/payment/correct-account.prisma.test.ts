import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decideAgain, type Offer } from "../budget/testing.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { correctAccount } from "./correct-account.ts";
import { balancesOf, fundTestLine } from "./testing.prisma.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

let store: Store;
let town: Town;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  town = await openTown(store);
});
afterEach(() => town.close());

const fund = (line: string, amountFen: bigint, payerAccountNo: string) =>
  fundTestLine(town.deps, line, amountFen, payerAccountNo);
const balances = (line: string) => balancesOf(town.deps, line);
const paymentsOf = async ({ entitlementId }: Offer) =>
  (await store.prisma.payment.findMany({ where: { entitlementId }, orderBy: { attempt: "asc" } })).map(
    ({ status, accountNo }) => ({ status, accountNo }),
  );
const journalOf = async (subject: string) =>
  (await store.prisma.journalEvent.findMany({ where: { subject }, orderBy: { seq: "asc" } })).map(({ type }) => type);
const accountOf = ({ holderName, accountNo }: Offer) => ({
  ...{ holderName, accountNo, bankName: "试验银行郑州分行", bankCode: "102491000019" },
});

describe("naming another account", () => {
  test("a payment that is at the bank stays there; when it comes back the named account gets the next attempt", async () => {
    await fund("loop-underway", 500n, "41000000000024");
    const [offer] = await town.agreed("loop-underway", 1, 200n);
    town.holders.delete(offer!.accountNo);
    await town.prepare([offer!]);
    await town.draftApproveSend();
    const account = { ...accountOf(offer!), accountNo: "6222000088880002" };
    await correctAccount(town.deps, { firmCode: offer!.firmCode, actor: "firm-3", account });
    expect(await town.prepare([offer!])).toEqual(["already"]);
    expect(await town.bankDay()).toMatchObject({ rejected: 1 });
    expect(await town.prepare([offer!])).toEqual(["prepared"]);
    expect(await paymentsOf(offer!)).toMatchObject([
      { status: "rejected", accountNo: offer!.accountNo },
      { status: "reserved", accountNo: "6222000088880002" },
    ]);
  });

  test("a payment prepared for the old account is dropped, and exactly one goes to the new one", async () => {
    await fund("loop-renamed", 500n, "41000000000023");
    const [offer] = await town.agreed("loop-renamed", 1, 200n);
    await town.prepare([offer!]);
    const account = { ...accountOf(offer!), accountNo: "6222 0000 8888 0001" };
    await correctAccount(town.deps, { firmCode: offer!.firmCode, actor: "firm-2", account });
    expect(await town.prepare([offer!])).toEqual(["prepared"]);
    expect(await paymentsOf(offer!)).toMatchObject([
      { status: "voided", accountNo: offer!.accountNo },
      { status: "reserved", accountNo: "6222000088880001" },
    ]);
    expect(await balances("loop-renamed")).toEqual([500n, 300n, 200n, 0n, 0n]);
    const active = await store.prisma.bankAccount.findMany({ where: { firmCode: offer!.firmCode, status: "active" } });
    expect(active.map(({ accountNo }) => accountNo)).toEqual(["6222000088880001"]);
  });

  test("a firm may name its account before it is owed anything", async () => {
    await fund("named-early", 500n, "41000000000025");
    const [offer] = await town.agreed("named-early", 1, 200n);
    const later = new Date(town.deps.clock.now().getTime() + 1_000);
    await decideAgain(store, offer!, later, { outcome: "ineligible", amount: { kind: "none" } });
    expect(await town.prepare([offer!])).toEqual(["withdrawn"]);
    const account = { ...accountOf(offer!), accountNo: "6222000088880003" };
    const { bankAccountId } = await correctAccount(town.deps, { firmCode: offer!.firmCode, actor: "firm-4", account });
    expect(await journalOf(bankAccountId)).toEqual(["account-named"]);
  });

  test("one act serves everything that the firm is owed, and naming it again changes nothing", async () => {
    await fund("named-many", 500n, "41000000000026");
    const [offer] = await town.agreed("named-many", 1, 200n);
    const { firmCode } = offer!;
    const account = { ...accountOf(offer!), accountNo: "6222000088880004" };
    const first = await correctAccount(town.deps, { firmCode, actor: "firm-5", account });
    town.at("2025-11-04T10:05");
    const spaced = { ...account, accountNo: " 6222 0000-8888 0004 " };
    expect(await correctAccount(town.deps, { firmCode, actor: "firm-5", account: spaced })).toEqual(first);
    expect(await journalOf(first.bankAccountId)).toEqual(["account-named", "account-corrected"]);
    const back = await correctAccount(town.deps, { firmCode, actor: "firm-5", account: accountOf(offer!) });
    expect(back.bankAccountId).toBe(offer!.bankAccountId); // the old account is on record, and active again
    const { bankAccountId } = await store.prisma.entitlement.findUniqueOrThrow({ where: { id: offer!.entitlementId } });
    expect(bankAccountId).toBe(offer!.bankAccountId);
  });
});
