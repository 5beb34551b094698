import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entitlementStore } from "../entitlement/entitlement.prisma.ts";
import { markReturned } from "../entitlement/entitlement.ts";
import type { Day } from "../kernel/day.ts";
import { startOfDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { resultList, resultStore } from "./publication.prisma.ts";
import { publishResults } from "./publish-results.ts";
import { resultsCsv } from "./results-csv.ts";
import {
  accountNo,
  emailOf,
  entitlementId,
  firmCode,
  paymentId,
  plantCase,
  plantWorld,
} from "./testing-case.prisma.ts";

describe("publishing results", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore();
    await store.prisma.$transaction(async (tx) => {
      await plantWorld(tx);
      await plantCase(tx, 1, "received");
      await plantCase(tx, 2, "paid");
      await plantCase(tx, 3, "submitted");
      await plantCase(tx, 4, "paid", {
        name: "=郑州市金水区张三小吃店",
        amountFen: 99_00n,
        bookedOn: "2025-11-07" as Day,
      });
    });
  });
  afterAll(() => store.close());

  const publishOn = (day: string, pageSize = 500) =>
    publishResults({
      transaction: (work) =>
        store.prisma.$transaction((tx) => work({ results: resultStore(tx), journal: journalOn(tx) })),
      clock: { now: () => startOfDay(day as Day) },
      pageSize,
    });
  const list = () => resultList(store.prisma);
  const published = async () => (await list().page({}, 500)).results;
  const csvText = async () => {
    let text = "";
    for await (const part of resultsCsv(list(), {})) text += part;
    return text;
  };
  const events = () => store.prisma.journalEvent.findMany({ where: { type: "result-published" } });

  test("a payment is published at once when the firm has confirmed its receipt", async () => {
    expect(await publishOn("2025-11-06")).toBe(1);
    expect(await published()).toMatchObject([
      { maskedName: "郑州****有限公司", regionCode: "410105", amountFen: 123456n, paidOn: "2025-11-06" },
    ]);
  });

  test("without the firm's word it waits until the bank would have sent it back", async () => {
    expect(await publishOn("2025-11-10")).toBe(0);
    expect(await publishOn("2025-11-11")).toBe(1);
  });

  test("publishing again publishes nothing twice and tells the journal nothing twice", async () => {
    expect(await publishOn("2025-11-11")).toBe(0);
    expect(await events()).toHaveLength(2);
  });

  test("two publishers at once publish one result and one event each", async () => {
    const counts = await Promise.all([publishOn("2025-11-12", 1), publishOn("2025-11-12", 1)]);
    expect(counts[0] + counts[1]).toBe(1);
    expect(await events()).toHaveLength(3);
  });

  test("what is not booked is never published, however long it takes", async () => {
    await publishOn("2026-11-12");
    expect(await store.prisma.disclosure.count({ where: { entitlementId: entitlementId(3) } })).toBe(0);
  });

  test("not even by someone who writes to the table", async () => {
    const changes = JSON.stringify({ id: "forged", payment_id: paymentId(3) });
    const forged = store.prisma.$executeRaw`
      INSERT INTO disclosure SELECT (jsonb_populate_record(disclosure, ${changes}::jsonb)).* FROM disclosure LIMIT 1`;
    await expect(forged).rejects.toThrow("does not match a settled payment");
  });

  test("the list is filtered by policy and by text, and text is no pattern", async () => {
    const found = async (filter: Parameters<ReturnType<typeof list>["page"]>[0]) =>
      (await list().page(filter, 10)).results.length;
    expect(await found({ policyId: "test-policy" })).toBe(3);
    expect(await found({ policyId: "other" })).toBe(0);
    expect(await found({ text: "小吃" })).toBe(1);
    expect(await found({ text: "%" })).toBe(0);
    expect(await found({ text: firmCode(1) })).toBe(1);
    expect(await list().total({ text: "小吃店" })).toEqual({ count: 1, totalFen: 9900n });
    expect(await list().policies()).toEqual([{ id: "test-policy", title: "稳岗返还" }]);
  });

  test("pages follow one another without a gap or a repetition", async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { results, next } = await list().page({}, 1, cursor);
      seen.push(...results.map(({ id }) => id));
      if (next === undefined) break;
      cursor = next;
    }
    expect(seen).toEqual((await published()).map(({ id }) => id));
  });

  test("a cursor that is not one of ours is bad input", async () => {
    await expect(list().page({}, 1, "' OR 1=1")).rejects.toThrow(DomainError);
  });

  test("the CSV holds the whole list, and no cell of it runs as a formula", async () => {
    await store.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`UPDATE disclosure SET policy_title = '=HYPERLINK("x")' WHERE amount_fen = 9900`;
    });
    const csv = await csvText();
    const lines = csv.split("\r\n");
    expect(lines[0]).toMatch(/^\uFEFF政策 policy,受益主体 beneficiary,/);
    expect(lines).toHaveLength(5);
    expect(csv).toContain(`"'=HYPERLINK(""x"")",`);
    expect(csv).toContain(",99.00,2025-11-07");
  });

  test("no account number, address, full name or full code appears in anything published", async () => {
    const everything = [
      await csvText(),
      JSON.stringify(await store.prisma.disclosure.findMany(), (_, value) =>
        typeof value === "bigint" ? String(value) : value,
      ),
      JSON.stringify((await events()).map(({ payload }) => payload)),
    ].join();
    for (const nth of [1, 2, 4]) {
      for (const canary of [accountNo(nth), emailOf(nth), firmCode(nth), `星河${nth}`, "张三", `person-${nth}`]) {
        expect(everything).not.toContain(canary);
      }
    }
  });

  test("nobody who knows a firm's credit code can tell which result is its own by the id", async () => {
    for (const { id, paymentId } of await store.prisma.disclosure.findMany()) {
      expect(id).toMatch(/^result_[0-9a-f]{32}$/);
      expect(id).not.toBe(derivedId("result", paymentId));
    }
  });

  test("a payment that the bank sent back after all is not on the list any more", async () => {
    await store.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`UPDATE payment SET status = 'returned', reason_code = 'AC04' WHERE id = ${paymentId(2)}`;
      const { entitlement, rowVersion } = await entitlementStore(tx).get(entitlementId(2));
      await entitlementStore(tx).save(markReturned(entitlement), rowVersion);
    });
    expect(await list().total({})).toMatchObject({ count: 2 });
    expect((await published()).map(({ amountFen }) => amountFen).sort()).toEqual([123456n, 9900n]);
  });
});
