import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { deliveryStore } from "./delivery.prisma.ts";
import type { DeliveredFact } from "./settle-firm.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const delivery = (id: string) => ({
  ...{ id, sourceId: "tax", fileName: "tax.csv", sha256: id, asOf: "2025-11-01" as Day },
  ...{ obtainedAt: new Date("2025-11-03T00:00:00Z"), isComplete: true, rowsGood: 1, rowsBad: 0, importedBy: "test" },
});

/** Any JSON that PostgreSQL can hold: no NUL, no half of a surrogate pair. */
const value = fc.jsonValue().filter((json) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(json)));
const [values = []] = fc.sample(fc.array(value, { minLength: 6_000, maxLength: 6_000, size: "max" }), {
  numRuns: 1,
  seed: 7,
});
const facts: DeliveredFact[] = [...values, ...["\t", "\\", "\\N", "\r\n", "a\tb\\nc", '"', null, [], false]].map(
  (json, place) => ({ firmCode: `F${place}`, factId: "x.y", value: json as DeliveredFact["value"] }),
);

test("what COPY stores is what statements store, whatever is in the values", async () => {
  expect(store.bulk).toBeDefined();
  for (const [id, bulk] of [
    ["copied", store.bulk],
    ["stated", undefined],
  ] as const) {
    await store.prisma.$transaction((tx) => deliveryStore(tx, bulk).insert(delivery(id), [], facts));
  }
  const differing = await store.prisma.$queryRaw<unknown[]>`
    SELECT a.firm_code, a.value, b.value FROM fact a FULL JOIN fact b USING (firm_code, fact_id)
    WHERE a.delivery_id = 'copied' AND b.delivery_id = 'stated' AND a.value IS DISTINCT FROM b.value`;
  expect(differing).toEqual([]);
  expect(await store.prisma.fact.groupBy({ by: ["deliveryId"], _count: true, orderBy: { deliveryId: "asc" } })).toEqual(
    [
      { deliveryId: "copied", _count: facts.length },
      { deliveryId: "stated", _count: facts.length },
    ],
  );
});

test("a transaction that fails leaves no fact, and the next delivery of the source finds its table free", async () => {
  const failing = store.prisma.$transaction(async (tx) => {
    await deliveryStore(tx, store.bulk).insert(delivery("lost"), [], facts);
    throw new Error("the power went out");
  });
  await expect(failing).rejects.toThrow("power");
  expect(await store.prisma.fact.count({ where: { deliveryId: "lost" } })).toBe(0);
  await store.prisma.$transaction((tx) => deliveryStore(tx, store.bulk).insert(delivery("next"), [], facts));
  expect(await store.prisma.fact.count({ where: { deliveryId: "next" } })).toBe(facts.length);
});
