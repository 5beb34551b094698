import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { everyFirm } from "./firm-profiles.ts";

const DAY = "2025-11-03" as Day;
const codes = Array.from({ length: 1201 }, (_, index) => `firm-${String(index).padStart(4, "0")}`);

/** A register of firms of which nothing is known; counts the transactions that are open. */
function register(failAfter?: string) {
  const open = { now: 0 };
  const stores = {
    firms: {
      async page(after: string | undefined, limit: number) {
        await new Promise(setImmediate);
        if (after !== undefined && after === failAfter) throw new Error("the store is gone");
        const rest = codes.filter((code) => after === undefined || code > after).slice(0, limit);
        return rest.map((code) => ({ code, name: code, isConfirmed: true }));
      },
      byCodes: async () => [],
    },
    profiles: { loadWithForebears: async () => new Map(), groupsOf: async () => new Map() },
    ownPayments: { paidTo: async () => [] },
  };
  const transaction = async <Result>(work: (each: typeof stores) => Promise<Result>): Promise<Result> => {
    open.now += 1;
    try {
      return await work(stores);
    } finally {
      open.now -= 1;
    }
  };
  return { open, transaction };
}

async function read({ transaction }: ReturnType<typeof register>, into: string[], most = Infinity): Promise<void> {
  for await (const { code } of everyFirm(transaction, DAY)) {
    into.push(code);
    if (into.length >= most) return;
  }
}

test("every firm is read once, in order of code, over all pages", async () => {
  const seen: string[] = [];
  await read(register(), seen);
  expect(seen).toEqual(codes);
});

test("a page that cannot be read is an error behind all firms of the pages before it", async () => {
  const seen: string[] = [];
  await expect(read(register(codes[499]), seen)).rejects.toThrow("the store is gone");
  expect(seen).toEqual(codes.slice(0, 500));
});

test("who stops half way leaves no transaction open, and hears nothing of a page not asked for", async () => {
  const from = register(codes[499]);
  await read(from, [], 3);
  expect(from.open.now).toBe(0);
});
