import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { SettableClock } from "../kernel/clock.ts";
import { fen } from "../kernel/money.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { admitWaitlisted } from "./admit-waitlisted.ts";
import { budgetStore } from "./budget.prisma.ts";
import { fundLine } from "./fund-line.ts";
import { payerAccountStore } from "./payer-account.prisma.ts";
import { comeback, commitment, departure, refusal, release, renewal, reservationKey, settlement } from "./posting.ts";
import { makeOffers } from "./testing.prisma.ts";

let store: Store;
const at = new Date("2025-11-03T09:00:00+08:00");
const clock = new SettableClock(at);
const stores = (tx: Tx) => ({
  budget: budgetStore(tx),
  payerAccounts: payerAccountStore(tx),
  entitlements: entitlementStore(tx),
  journal: journalOn(tx),
  funds: { of: async () => undefined, isAllocated: async () => false },
});
const transaction = <Result>(work: (all: ReturnType<typeof stores>) => Promise<Result>) =>
  store.prisma.$transaction((tx) => work(stores(tx)));

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const payer = { name: "试验财政局", accountNo: "41000000000001", bankCode: "011491000016" };
const fund = (id: string, amountFen: bigint, document = "豫财〔2025〕1号") =>
  fundLine(
    { transaction, clock },
    { line: { id, title: id, year: 2025 }, payer, amountFen, document, actor: "finance" },
  );
const reserve = (line: string, amountFen: bigint, businessKey: string) =>
  transaction(({ budget }) => budget.reserve({ line, amountFen: fen(amountFen), businessKey, at }));
const balances = async (line: string) => {
  const { appropriatedFen, availableFen, reservedFen, inTransitFen, paidFen } = await transaction(({ budget }) =>
    budget.get(line),
  );
  return [appropriatedFen, availableFen, reservedFen, inTransitFen, paidFen];
};

describe("appropriating", () => {
  test("the same document twice is one appropriation; another document adds", async () => {
    await fund("fund-twice", 500n);
    await fund("fund-twice", 500n);
    await fund("fund-twice", 70n, "豫财〔2025〕2号");
    expect(await balances("fund-twice")).toEqual([570n, 570n, 0n, 0n, 0n]);
    expect(await store.prisma.journalEvent.count({ where: { type: "line-funded", subject: "fund-twice" } })).toBe(2);
  });

  test("the same document with another amount is refused", async () => {
    await fund("fund-other", 500n);
    await expect(fund("fund-other", 501n)).rejects.toMatchObject({ code: "request-key-reused" });
    expect(await balances("fund-other")).toEqual([500n, 500n, 0n, 0n, 0n]);
  });

  test("a line is paid from one account for ever", async () => {
    await fund("fund-payer", 500n);
    const other = { ...payer, accountNo: "41000000000009" };
    const again = fundLine(
      { transaction, clock },
      { line: { id: "fund-payer", title: "x", year: 2025 }, payer: other, amountFen: 1n, document: "x", actor: "x" },
    );
    await expect(again).rejects.toMatchObject({ code: "account-invalid" });
  });

  test("a wrong amount or account number is refused by place", async () => {
    await expect(fund("fund-bad", 0n)).rejects.toThrow(/amountFen/);
    await expect(fund("Fund Bad", 1n)).rejects.toThrow(/line\.id/);
  });
});

test("a line says whose money it is, and a code of a year is one line's", async () => {
  const open = (id: string, code: string) =>
    transaction(({ budget }) =>
      budget.open({ id, title: id, year: 2025, level: "municipal", code, department: "科技局" }),
    );
  await open("code-line", "2060404-01");
  await open("code-line", "2060404-01");
  const line = await transaction(({ budget }) => budget.get("code-line"));
  expect(line).toMatchObject({ level: "municipal", code: "2060404-01", department: "科技局", carriedFen: 0n });
  await expect(open("code-other", "2060404-01")).rejects.toMatchObject({ code: "bad-input" });
});

describe("reserving", () => {
  test("reserves up to the last fen and then says exhausted, without breaking the transaction", async () => {
    await fund("reserve-line", 250n);
    const answers = await transaction(async ({ budget }) => {
      const one = (businessKey: string, amountFen: bigint) =>
        budget.reserve({ line: "reserve-line", amountFen: fen(amountFen), businessKey, at });
      return [await one("r1", 100n), await one("r2", 151n), await one("r3", 150n), await one("r4", 1n)];
    });
    expect(answers).toEqual(["reserved", "exhausted", "reserved", "exhausted"]);
    expect(await balances("reserve-line")).toEqual([250n, 0n, 250n, 0n, 0n]);
  });

  test("the same business key again reserves nothing more, even when the fund is empty by now", async () => {
    await fund("reserve-key", 100n);
    expect(await reserve("reserve-key", 100n, "k1")).toBe("reserved");
    expect(await reserve("reserve-key", 100n, "k1")).toBe("reserved");
    expect(await balances("reserve-key")).toEqual([100n, 0n, 100n, 0n, 0n]);
  });

  test("the same business key for another amount is refused", async () => {
    await fund("reserve-other", 100n);
    await reserve("reserve-other", 10n, "k2");
    await expect(reserve("reserve-other", 11n, "k2")).rejects.toMatchObject({ code: "request-key-reused" });
  });

  test("an unknown line is refused by name", async () => {
    await expect(reserve("no-such-line", 1n, "k3")).rejects.toMatchObject({ code: "budget-line-unknown" });
  });

  test("of 100 who ask at once for 1,000 of 60,000, exactly 60 get it", async () => {
    await fund("reserve-race", 60_000n);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, nth) => reserve("reserve-race", 1_000n, `race-${nth}`)),
    );
    expect(answers.filter((answer) => answer === "reserved")).toHaveLength(60);
    expect(await balances("reserve-race")).toEqual([60_000n, 0n, 60_000n, 0n, 0n]);
  });

  test("the same key asked ten times at once reserves once", async () => {
    await fund("reserve-same", 60_000n);
    await Promise.all(Array.from({ length: 10 }, () => reserve("reserve-same", 1_000n, "same")));
    expect(await balances("reserve-same")).toEqual([60_000n, 59_000n, 1_000n, 0n, 0n]);
  });
});

test("money goes out, comes back, goes out again and is free again in the end", async () => {
  await fund("way", 100n);
  await reserve("way", 40n, "way");
  const share = { line: "way", amountFen: fen(40n) };
  const move = (...moves: Parameters<ReturnType<typeof budgetStore>["move"]>[0]) =>
    transaction(({ budget }) => budget.move(moves, at));
  await move(commitment(share, "p1"));
  expect(await balances("way")).toEqual([100n, 60n, 0n, 0n, 0n]);
  await move(departure(share, "p1"));
  expect(await balances("way")).toEqual([100n, 60n, 0n, 40n, 0n]);
  expect(await move(settlement(share, "p1"))).toBe(1);
  expect(await move(settlement(share, "p1"))).toBe(0);
  expect(await balances("way")).toEqual([100n, 60n, 0n, 0n, 40n]);
  await move(comeback(share, "p1", "paid"));
  expect(await balances("way")).toEqual([100n, 60n, 0n, 0n, 0n]);
  await move(renewal(share, "p2"), commitment(share, "p2"), departure(share, "p2"), refusal(share, "p2"));
  expect(await balances("way")).toEqual([100n, 60n, 40n, 0n, 0n]);
  await move(release(share, "e1", "c1"));
  expect(await balances("way")).toEqual([100n, 100n, 0n, 0n, 0n]);
});

describe("raw SQL cannot", () => {
  beforeAll(async () => {
    await fund("law-line", 100n);
    await reserve("law-line", 60n, "law");
  });
  const sides = (key: string, line: string, from: string, give: number, to: string, take: number) =>
    `INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at) VALUES
      ('${key}-1', '${line}', '${key}', '${from}', ${give}, now()), ('${key}-2', '${line}', '${key}', '${to}', ${take}, now())`;

  test.each([
    ["overspend a fund", sides("law-1", "law-line", "available", -41, "reserved", 41), /check/],
    ["pay what is not on its way", sides("law-2", "law-line", "in-transit", -1, "paid", 1), /check/],
    ["post one side only", sides("law-3", "law-line", "available", -10, "reserved", 9), /do not sum to zero/],
    ["change a balance", "UPDATE budget_line SET available_fen = 99, appropriated_fen = 159", /only by postings/],
    ["open a line that holds money", lineOf("law-line-2", 5), /start empty/],
    ["edit a posting", "UPDATE posting SET amount_fen = amount_fen + 1", /append-only/],
    ["delete a posting", "DELETE FROM posting", /append-only/],
    ["delete a budget line", "DELETE FROM budget_line WHERE id = 'law-line'", /append-only/],
    ["change a payer account", "UPDATE payer_account SET account_no = '99999999'", /append-only/],
  ])("%s", async (_, sql, reason) => {
    await expect(store.prisma.$executeRawUnsafe(sql)).rejects.toThrow(reason);
    expect(await balances("law-line")).toEqual([100n, 40n, 60n, 0n, 0n]);
  });
});

function lineOf(id: string, amount: number): string {
  return `INSERT INTO budget_line (id, title, year, appropriated_fen, available_fen, reserved_fen, in_transit_fen, paid_fen)
    VALUES ('${id}', 'x', 2025, ${amount}, ${amount}, 0, 0, 0)`;
}

describe("the waiting list", () => {
  const waitAs = async (line: string, series: number, amounts: readonly bigint[]) => {
    const ids: string[] = [];
    for (const [nth, amountFen] of amounts.entries()) {
      const [offer] = await makeOffers(store, { series: series + nth, count: 1, amountFen, line, at });
      const consentId = `consent-${offer!.entitlementId}`;
      // The last to agree comes first by id as often as not: order is by time of consent.
      const confirmedAt = new Date(at.getTime() + nth);
      const { firmCode } = offer!;
      const consent = { firmCode, actor: "firm", requestKey: consentId, requestSha256: "", lines: [], totalFen: 0n };
      await store.prisma.consent.create({ data: { id: consentId, receiptNo: consentId, at: confirmedAt, ...consent } });
      const agreement = { consentId, confirmedAt, bankAccountId: offer!.bankAccountId };
      await store.prisma.entitlement.update({
        where: { id: offer!.entitlementId },
        data: { status: "waitlisted", ...agreement },
      });
      ids.push(offer!.entitlementId);
    }
    return ids;
  };
  const statuses = async (ids: readonly string[]) => {
    const rows = await store.prisma.entitlement.findMany({ where: { id: { in: [...ids] } } });
    return ids.map((id) => rows.find((row) => row.id === id)?.status);
  };

  test("those who agreed first are admitted first, and nobody smaller overtakes", async () => {
    await fund("wait-line", 100n);
    const ids = await waitAs("wait-line", 100, [80n, 30n, 10n]);
    expect(await admitWaitlisted({ transaction, clock })).toBe(1);
    expect(await statuses(ids)).toEqual(["confirmed", "waitlisted", "waitlisted"]);
    expect(await reserve("wait-line", 5n, "newcomer")).toBe("exhausted");
    await fund("wait-line", 25n, "豫财〔2025〕2号");
    expect(await admitWaitlisted({ transaction, clock })).toBe(2);
    expect(await statuses(ids)).toEqual(["confirmed", "confirmed", "confirmed"]);
    expect(await reserve("wait-line", 5n, "newcomer")).toBe("reserved");
    expect(await admitWaitlisted({ transaction, clock })).toBe(0);
    const admitted = await store.prisma.journalEvent.findMany({ where: { type: "entitlement-admitted" } });
    expect(admitted.map(({ subject }) => subject)).toEqual(ids);
  });

  test("who waits for the line of a year that has none yet holds up nobody", async () => {
    await fund("wait-later", 100n);
    const [own, other] = await waitAs("wait-later", 105, [80n, 10n]);
    await store.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`UPDATE entitlement SET budget_line = 'next-year' WHERE id = ${own}`;
    });
    expect(await admitWaitlisted({ transaction, clock })).toBe(1);
    expect(await statuses([own!, other!])).toEqual(["waitlisted", "confirmed"]);
  });

  test("a crash between reserving and admitting reserves once", async () => {
    await fund("wait-crash", 100n);
    const [id] = await waitAs("wait-crash", 110, [80n]);
    const crashing = { append: () => Promise.reject(new Error("power cut")) };
    const cut: typeof transaction = (work) => transaction((all) => work({ ...all, journal: crashing }));
    await expect(admitWaitlisted({ transaction: cut, clock })).rejects.toThrow("power cut");
    expect(await balances("wait-crash")).toEqual([100n, 100n, 0n, 0n, 0n]);
    expect(await admitWaitlisted({ transaction, clock })).toBe(1);
    expect(await balances("wait-crash")).toEqual([100n, 20n, 80n, 0n, 0n]);
    expect(await statuses([id!])).toEqual(["confirmed"]);
    expect(await store.prisma.posting.count({ where: { businessKey: reservationKey(id!, `consent-${id}`) } })).toBe(2);
  });
});
