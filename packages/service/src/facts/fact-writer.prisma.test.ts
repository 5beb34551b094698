import type { Json } from "@apply-free/rules";
import { fc } from "@fast-check/vitest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Day, dayToDate } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { factWriter } from "./fact-writer.prisma.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const origin = {
  id: "delivery_any",
  sourceId: "people",
  asOf: "2025-10-31" as Day,
  obtainedAt: new Date("2025-11-03"),
};
/** V8 13.6, which Node.js 24 runs on, now and then reads a name that is one escaped mark as a backslash. */
const isReadRightly = (value: unknown) => !/"\\(?:u.{4}|.)":/.test(JSON.stringify(value));
const values = fc.array(fc.oneof(fc.jsonValue().filter(isReadRightly), fc.string({ unit: "binary" }).map(withoutNul)), {
  minLength: 1,
});

class Undone extends Error {}

/** What the database holds of facts that were written, in the transaction that writes them; nothing of it stays. */
async function readBack(written: readonly Json[], beside: boolean): Promise<Json[]> {
  let found: Json[] = [];
  const work = store.prisma.$transaction(async (tx) => {
    const writer = factWriter(tx, origin, { beside });
    for (const [nth, value] of written.entries())
      await writer.add([{ firmCode: `firm-${String(nth).padStart(4, "0")}`, factId: "ent.any", value }]);
    await writer.flush();
    const rows = await tx.fact.findMany({ orderBy: { firmCode: "asc" } });
    found = rows.map(({ value }) => value as Json);
    throw new Undone();
  });
  await work.catch((cause: unknown) => {
    if (!(cause instanceof Undone)) throw cause;
  });
  return found;
}

test("a value arrives as it was said, whatever marks, line ends and nothings are in it", async () => {
  await fc.assert(
    fc.asyncProperty(values, fc.boolean(), async (said, beside) => {
      const written = said as Json[];
      expect(canonicalJson(await readBack(written, beside))).toBe(canonicalJson(written));
    }),
    { examples: [[["a\tb\nc\r\\", '"', null, "null", "", { "k\t": [1, null] }], true]] },
  );
});

test("facts of a delivery that nobody announced are refused by the database", async () => {
  const stray = {
    ...{ firmCode: "firm", factId: "ent.any", value: 1, sourceId: "people", deliveryId: "delivery_nobody" },
    ...{ asOf: dayToDate(origin.asOf), obtainedAt: origin.obtainedAt },
  };
  await expect(store.prisma.fact.create({ data: stray })).rejects.toThrow(/does not exist|foreign/i);
});

/** PostgreSQL cannot hold U+0000 in text, and a lone surrogate is no text. */
function withoutNul(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
