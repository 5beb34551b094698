import { afterAll, beforeAll, expect, test } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { openTown, type Town } from "../testing-town.prisma.ts";
import { purgeFacts } from "./purge-facts.ts";

/** Facts go when their class says so, and never what something rests on. */

let town: Town;
let firm: string;
beforeAll(async () => {
  town = await openTown(120);
  [firm = ""] = await town.firmsWithOffers(1);
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const purge = (day: string) => {
  const clock = new SettableClock(new Date(`${day}T04:00:00+08:00`));
  return purgeFacts({ transaction: town.world.house.transaction, clock });
};

async function say(id: string, factId: string, asOf: string, sourceId = "human-resources"): Promise<void> {
  const said = { sourceId, asOf: new Date(asOf), obtainedAt: new Date(`${asOf}T00:00:00Z`) };
  await db().delivery.create({
    data: { ...said, id, fileName: `${id}.csv`, sha256: id, rowsGood: 1, rowsBad: 0, importedBy: "x" },
  });
  await db().fact.create({ data: { ...said, firmCode: firm, factId, value: [], deliveryId: id } });
}
const kept = async () =>
  (await db().fact.findMany({ where: { firmCode: firm, deliveryId: { startsWith: "old-" } } }))
    .map(({ deliveryId }) => deliveryId)
    .sort();

test("people's data go after three years, firms' data after ten, and the day itself is still kept", async () => {
  await say("old-people", "hr.hires", "2019-06-30");
  await say("old-people-at-the-limit", "hr.hires", "2019-07-01");
  await say("old-firm", "ui.layoffRate", "2011-06-30");
  await say("old-firm-ten-years", "ui.layoffRate", "2013-01-01");
  expect(await purge("2022-07-01")).toBe(2);
  expect(await kept()).toEqual(["old-firm-ten-years", "old-people-at-the-limit"]);
  const events = await db().journalEvent.findMany({ where: { type: "facts-purged" }, orderBy: { seq: "asc" } });
  expect(events.map(({ payload }) => payload)).toEqual(
    expect.arrayContaining([
      { privacy: "personal", before: "2019-07-01", purged: 1 },
      { privacy: "business", before: "2012-07-01", purged: 1 },
    ]),
  );
  expect(await purge("2022-07-01")).toBe(0);
});

test("what a decision was made from stays with the decision", async () => {
  const decided = await db().decision.count();
  await expect(purge("2035-12-31")).rejects.toThrow(/append-only/);
  expect(await db().decision.count()).toBe(decided);
});

test("a fact that is disputed stays", async () => {
  await db().dispute.create({
    data: {
      ...{ id: "x1", firmCode: firm, factId: "hr.hires", sourceId: "human-resources", disputed: {}, claim: "1" },
      ...{ grounds: "x", status: "open", openedBy: "y", openedAt: new Date(0), answerBy: new Date(0) },
    },
  });
  expect(await purge("2022-09-01")).toBe(0);
  expect(await kept()).toContain("old-people-at-the-limit");
});

test.each([
  ["without a purge on record", "DELETE FROM fact WHERE delivery_id = 'old-firm-ten-years'"],
  ["that is younger than three years, with any purge on record", "DELETE FROM fact WHERE fact_id = 'ent.industry'"],
])("SQL lets no fact go %s", async (_, sql) => {
  await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
});
