import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { creditCodeCheckDigit } from "../kernel/credit-code.ts";
import type { Day } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { deliveryStore } from "./delivery.prisma.ts";
import { type DeliveryFile, resolveDelivery } from "./delivery-file.ts";
import { takeOver } from "./import-delivery.ts";
import { MOST_ISSUES } from "./issue-book.ts";
import { registry } from "./registry.prisma.ts";
import { settleDelivery } from "./settle-delivery.ts";
import type { Said, SettledContent } from "./settled-content.ts";
import { sources } from "./testing.fs.ts";

/** Deliveries that wait in the database while they are settled, beside the same in memory. */

let store: Store;
const clock = new SettableClock(new Date("2025-11-03T00:30:00Z"));
const codes = [1, 2, 3, 4, 5, 6].map((number) => {
  const first17 = `91410105MX${String(number).padStart(7, "0")}`;
  return first17 + creditCodeCheckDigit(first17);
});
const nameOf = (place: number) => `郑州第${place}示例有限公司`;

beforeAll(async () => {
  store = await openTestStore();
  // The last one is nobody's who is registered.
  const firms = codes.slice(0, -1).map((code, place) => ({ code, name: nameOf(place), regionCode: "410105" }));
  await store.prisma.firm.createMany({ data: firms });
});
afterAll(() => store.close());

class Undone extends Error {}

/** What a delivery would say and leave behind; nothing of it stays. */
async function outcomeOf(file: DeliveryFile, mostInMemory: number) {
  const resolved = await resolveDelivery({ clock, sources }, file);
  const said: Said[] = [];
  let outcome: unknown;
  const work = store.prisma.$transaction(async (tx) => {
    const stores = {
      deliveries: deliveryStore(tx, store.bulk),
      registry: registry(tx, store.sealing),
      journal: journalOn(tx),
    };
    await settleDelivery(stores, file, resolved, {
      mostInMemory,
      onSaid: (some) => void said.push(some),
      async conclude(settled) {
        const { issues } = await takeOver(stores, settled);
        const { factIds, hasAccounts, rowsGood, rowsBad, moreIssues } = settled.content;
        outcome = {
          ...{ issues, moreIssues, rowsGood, rowsBad, hasAccounts, factIds: [...factIds].sort() },
          said: said.flatMap(({ facts, firms, accounts }) => [...facts, ...firms, ...accounts].map(sorted)).sort(),
          facts:
            await tx.$queryRaw`SELECT * FROM fact WHERE delivery_id = ${settled.delivery.id} ORDER BY firm_code, fact_id`,
          firms: await tx.$queryRaw`SELECT code, name, region_code, email FROM firm ORDER BY code`,
          accounts: await tx.$queryRaw`SELECT firm_code, account_index, status FROM bank_account ORDER BY 1, 2`,
          kept: await tx.$queryRaw`SELECT line, field, severity, reason_zh, reason_en FROM delivery_issue
            WHERE delivery_id = ${settled.delivery.id} ORDER BY line, field, reason_zh`,
        };
      },
    });
    throw new Undone();
  });
  await work.catch((cause: unknown) => {
    if (!(cause instanceof Undone)) throw cause;
  });
  return outcome;
}

const sorted = (value: object) => JSON.stringify(Object.fromEntries(Object.entries(value).sort()));

function file(sourceId: string, header: string, rows: readonly string[], isPartial = false): DeliveryFile {
  const bytes = new TextEncoder().encode([header, ...rows].join("\n"));
  return { sourceId, fileName: `${sourceId}.csv`, bytes, asOf: "2025-10-31" as Day, isPartial, importedBy: "test" };
}

const code = fc.constantFrom(...codes, "9141010", "", codes[0]?.replace(/.$/, "!") ?? "");
const name = fc.constantFrom(...codes.map((_, place) => nameOf(place)), "郑州别名示例有限公司", "");
const pick = (...cells: readonly string[]) => fc.constantFrom(...cells);
const row = (...cells: readonly fc.Arbitrary<string>[]) => fc.tuple(...cells).map((found) => found.join(","));
const kinds = fc.oneof(
  fc.record({
    sourceId: fc.constant("human-resources"),
    header: fc.constant("统一社会信用代码,单位名称,足额缴费月数,裁员率（%）"),
    rows: fc.array(row(code, name, pick("24", "36", "x", ""), pick("1.5", "=A1", "")), { minLength: 1 }),
  }),
  fc.record({
    sourceId: fc.constant("finance"),
    header: fc.constant("统一社会信用代码,收款单位,奖补类别,兑付金额（元）,兑付日期"),
    rows: fc.array(row(code, name, pick("研发费用补助"), pick("1", "2.50", "3O"), pick("2024-05-06", "2025-02-30")), {
      minLength: 1,
    }),
  }),
  fc.record({
    sourceId: fc.constant("credit"),
    header: fc.constant("统一社会信用代码,主体名称"),
    rows: fc.array(row(code, name), { minLength: 1 }),
  }),
  fc.record({
    sourceId: fc.constant("market-regulation"),
    header: fc.constant("统一社会信用代码,企业名称,主体类型,登记状态,住所行政区划代码"),
    rows: fc.array(row(code, name, pick("企业"), pick("在营", "在业"), pick("410105", "41")), { minLength: 1 }),
  }),
  fc.record({
    sourceId: fc.constant("bank-accounts"),
    header: fc.constant("统一社会信用代码,账户名称,银行账号,开户银行,联行号"),
    rows: fc.array(row(code, name, pick("9100000001", "9100000002", "1"), pick("示例银行"), pick("991491000001")), {
      minLength: 1,
    }),
  }),
);

describe("a delivery that waits in the database", () => {
  test("says, refuses and leaves behind what it would from memory", async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fc.boolean(), async ({ sourceId, header, rows }, isPartial) => {
        fc.pre(rows.some((cells) => cells.replaceAll(",", "") !== ""));
        const delivery = file(sourceId, header, rows, isPartial);
        expect(await outcomeOf(delivery, 0)).toEqual(await outcomeOf(delivery, Number.POSITIVE_INFINITY));
      }),
      { numRuns: 40 },
    );
  });

  test("reports its first bad rows, counts the others, and keeps all", async () => {
    const rows = Array.from({ length: MOST_ISSUES + 7 }, (_, place) => `${codes[0]},,${place}x,`);
    const delivery = file("human-resources", "统一社会信用代码,单位名称,足额缴费月数,裁员率（%）", rows);
    expect(await outcomeOf(delivery, 0)).toMatchObject({
      issues: { length: MOST_ISSUES, 0: { line: 2 } },
      moreIssues: 7,
      kept: { length: MOST_ISSUES + 7 },
      rowsBad: MOST_ISSUES + 7,
    });
  });

  test("whose settling fails leaves no rows of the department behind", async () => {
    const delivery = file("human-resources", "统一社会信用代码,足额缴费月数", [`${codes[0]},24`]);
    const resolved = await resolveDelivery({ clock, sources }, delivery);
    const failing = store.prisma.$transaction((tx) =>
      settleDelivery(
        { deliveries: deliveryStore(tx, store.bulk), registry: registry(tx, store.sealing) },
        delivery,
        resolved,
        {
          mostInMemory: 0,
          conclude: () => Promise.reject(new Undone()),
        },
      ),
    );
    await expect(failing).rejects.toBeInstanceOf(Undone);
    const left = await store.prisma.$queryRaw`
      SELECT tablename FROM pg_tables WHERE schemaname = 'staging' AND tablename LIKE '%human-resources'`;
    expect(left).toEqual([]);
  });

  test("that turns out to be unreadable leaves nothing behind, and its source is free for the next", async () => {
    const broken = file("human-resources", "统一社会信用代码,足额缴费月数", [`${codes[0]},24`, `"${codes[1]},36`]);
    await expect(outcomeOf(broken, 0)).rejects.toMatchObject({ code: "delivery-unreadable" });
    const next = file("human-resources", "统一社会信用代码,足额缴费月数", [`${codes[0]},24`]);
    expect(await outcomeOf(next, 0)).toMatchObject({ rowsGood: 1, facts: { length: 1 } });
  });

  const concluded = async (conclude: (content: SettledContent, tx: Tx) => Promise<void>) => {
    const delivery = file("human-resources", "统一社会信用代码,足额缴费月数", [`${codes[0]},24`, `${codes[1]},36`]);
    const resolved = await resolveDelivery({ clock, sources }, delivery);
    await store.prisma.$transaction((tx) =>
      settleDelivery(
        { deliveries: deliveryStore(tx, store.bulk), registry: registry(tx, store.sealing) },
        delivery,
        resolved,
        { mostInMemory: 0, conclude: ({ content }) => conclude(content, tx) },
      ),
    );
  };
  const kept = async () => [
    await store.prisma.fact.count(),
    await store.prisma.delivery.count(),
    await store.prisma.deliveryAnnounced.count(),
  ];

  test("and is given up leaves no fact behind, while what the transaction writes after that stays", async () => {
    const name = "郑州改名示例有限公司";
    await concluded(async (content, tx) => {
      await content.giveUp();
      await tx.firm.update({ where: { code: codes[0]! }, data: { name } });
    });
    expect(await kept()).toEqual([0, 0, 0]);
    expect(await store.prisma.firm.findUniqueOrThrow({ where: { code: codes[0]! } })).toMatchObject({ name });
  });

  test("and is neither taken over nor given up cannot be committed", async () => {
    await expect(concluded(async () => {})).rejects.toThrow(/foreign ?key/i);
    expect(await kept()).toEqual([0, 0, 0]);
  });
});
