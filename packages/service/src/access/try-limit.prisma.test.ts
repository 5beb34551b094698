import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Transaction } from "../kernel/transaction.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { type Stores, transactionsOn } from "../stores.prisma.ts";
import { countTry, type TryLimit } from "./try-limit.ts";

let store: Store;
let transaction: Transaction<Stores>;
beforeAll(async () => {
  store = await openTestStore();
  transaction = transactionsOn(store, new CompiledPolicies());
});
afterAll(() => store.close());

const limit: TryLimit = { name: "knocking", most: 3, minutes: 15 };
const at = (time: string) => new Date(`2025-11-03T${time}+08:00`);
const knock = (whose: string, now: Date) =>
  countTry({ transaction }, limit, whose, now).then(
    () => "in",
    (cause: { code: string; details: { retryAt: string } }) => `${cause.code} until ${cause.details.retryAt}`,
  );

describe("a limit of tries", () => {
  test("lets through as many as it says of those who come at once, through whatever instance", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => knock("crowd", at("09:00:00"))));
    expect(answers.filter((answer) => answer === "in")).toHaveLength(3);
  });

  test("says when it ends, ends by itself then, and not a moment earlier", async () => {
    for (let nth = 0; nth < 3; nth += 1) expect(await knock("one", at("09:07:00"))).toBe("in");
    expect(await knock("one", at("09:14:59.999"))).toBe("too-many-tries until 2025-11-03T01:15:00.000Z");
    expect(await knock("one", at("09:15:00"))).toBe("in");
  });

  test("is everybody's own, takes upper and lower case for the same, and remembers nobody by name", async () => {
    for (let nth = 0; nth < 3; nth += 1) await knock("Somebody", at("10:00:00"));
    expect(await knock(" somebody ", at("10:00:01"))).toMatch(/^too-many-tries/);
    expect(await knock("somebody else", at("10:00:01"))).toBe("in");
    expect(JSON.stringify(await store.prisma.tryCount.findMany()).toLowerCase()).not.toContain("somebody");
  });
});
