import { afterAll, beforeAll, expect, test } from "vitest";
import type { ByteSource } from "../facts/byte-source.ts";
import { PIECE } from "../facts/byte-source.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import type { DomainError } from "../kernel/errors.ts";
import { nameListStore } from "../naming/names.prisma.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { quarantineStore } from "../screening/quarantine.prisma.ts";
import { purgeKeptFiles } from "./purge-kept-files.ts";
import { retentionStore } from "./retention.prisma.ts";

/** A department's file goes three years after people dealt with it; that they did, and with what, stays. */

const NOW = new Date("2024-05-20T02:00:00Z");
/** The beginning, and two further parts. */
const size = 33 * PIECE;

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    const held = quarantineStore(tx);
    const arrived = { sourceId: "tax", fileName: "tax.csv", importedBy: "x", isPartial: false, pays: false };
    const findings = [{ code: "rows-fell", message: { zh: "行数骤减", en: "fewer rows" } }] as never;
    const dealtWith = (day: string) => ({ decidedBy: "y", decidedAt: new Date(`${day}T08:00:00+08:00`), reason: "错" });
    const file = (id: string, day: string) => {
      return { ...arrived, id, sha256: id, asOf: day as Day, arrivedAt: new Date(`${day}T00:00:00Z`), findings };
    };
    const refused = { ...file("refused-long-ago", "2021-05-01"), status: "held" as const };
    await held.hold(refused, bytes());
    await held.save({ ...refused, status: "rejected", ...dealtWith("2021-05-19") });
    const atTheLimit = { ...file("refused-at-the-limit", "2021-05-02"), status: "held" as const };
    await held.hold(atTheLimit, bytes());
    await held.save({ ...atTheLimit, status: "rejected", ...dealtWith("2021-05-20") });
    await held.hold({ ...file("still-held", "2015-01-01"), status: "held" }, bytes());

    const lists = nameListStore(tx);
    const list = (id: string, day: string) => ({
      ...{ id, sourceId: "industry", fileName: "titles.csv", sha256: id, asOf: day as Day, isPartial: false },
      ...{ arrivedAt: new Date(`${day}T00:00:00Z`), importedBy: "x", status: "open" as const },
    });
    await lists.keep(list("dropped-long-ago", "2020-01-01"), bytes(), []);
    await tx.nameList.update({
      where: { id: "dropped-long-ago" },
      data: { status: "dropped", closedBy: "y", closedAt: new Date("2020-02-01T00:00:00Z"), reason: "错" },
    });
    await lists.keep(list("still-open", "2015-01-01"), bytes(), []);
  });
}, 120_000);
afterAll(() => store.close());

function bytes(): ByteSource {
  const piece = new Uint8Array(PIECE).fill(65);
  return {
    byteLength: size,
    async *read(from = 0, to = size) {
      for (let at = from; at < to; at += PIECE) yield piece.subarray(0, Math.min(PIECE, to - at));
    },
  };
}

const purge = () =>
  purgeKeptFiles({
    clock: new SettableClock(NOW),
    transaction: (work) =>
      store.prisma.$transaction((tx) =>
        work({ retention: retentionStore(tx, {} as CompiledPolicies), journal: journalOn(tx) }),
      ),
  });

const lengthOf = (id: string) =>
  store.prisma.$transaction((tx) => quarantineStore(tx).bytesOf(id)).then(({ byteLength }) => byteLength);

test("files go three years after people dealt with them, whole; what waits for people stays, however old", async () => {
  expect(await purge()).toBe(2);
  const parts = await store.prisma.keptFilePart.groupBy({ by: ["fileId"], orderBy: { fileId: "asc" } });
  expect(parts.map(({ fileId }) => fileId)).toEqual(["refused-at-the-limit", "still-held", "still-open"]);
  expect(await lengthOf("refused-at-the-limit")).toBe(size);
  expect(await lengthOf("still-held")).toBe(size);
  expect(await store.prisma.nameList.findUnique({ where: { id: "still-open" } })).toMatchObject({ bytesGoneAt: null });
});

test("that they did, and with which file, stays on record", async () => {
  await expect(lengthOf("refused-long-ago")).rejects.toMatchObject({
    code: "kept-file-gone",
  } satisfies Partial<DomainError>);
  const { bytes: gone, ...row } = await store.prisma.quarantinedDelivery.findUniqueOrThrow({
    where: { id: "refused-long-ago" },
  });
  expect(gone).toBeNull();
  expect(row).toMatchObject({ sha256: "refused-long-ago", status: "rejected", decidedBy: "y", bytesGoneAt: NOW });
  const events = await store.prisma.journalEvent.findMany({ where: { type: "kept-files-purged" } });
  expect(events.map(({ payload }) => payload)).toEqual([{ before: "2021-05-20", held: 1, lists: 1 }]);
});

test("a second run has nothing to do and says nothing", async () => {
  expect(await purge()).toBe(0);
  expect(await store.prisma.journalEvent.count({ where: { type: "kept-files-purged" } })).toBe(1);
});
