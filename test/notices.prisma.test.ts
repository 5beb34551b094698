import { afterAll, beforeAll, expect, test } from "vitest";
import { importDelivery } from "../packages/service/src/facts/import-delivery.ts";
import { addDays, type Day, dayOf, startOfDay } from "../packages/service/src/kernel/day.ts";
import { type Browser, loginOf, openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";

const O01 = "henan-o01-unemployment-insurance-refund";
let town: Town;
let operator: Browser;
let unreachable: string;

beforeAll(async () => {
  town = await openTown(120);
  operator = town.browser();
  await operator.signIn("operator");
  [unreachable = ""] = await town.firmsWithOffers(1);
  await db().firm.update({ where: { code: unreachable }, data: { email: null, phone: "0371-00000000" } });
});
afterAll(() => town.close());

const db = () => town.world.house.db;

/** The jobs of one name, at a time of a day. */
async function at(day: Day, time: string, ...names: readonly string[]) {
  const { house, play } = town.world;
  play.clock.moveTo(new Date(`${day}T${time}:00+08:00`));
  for (const name of names) await house.jobs.find((job) => job.name === name)?.run(`${day}T${time}`);
}
const offersTo = (firmCode: string) =>
  db().entitlement.findMany({ where: { firmCode, status: "offered" }, orderBy: { confirmBefore: "asc" } });

test("firms are told in the morning after the match, by one mail each, and that is proof", async () => {
  expect(town.world.mail.recent()).toEqual([]);
  await at("2025-11-03" as Day, "09:00", "seal");
  const letters = await db().letter.findMany();
  expect(letters.length).toBeGreaterThan(1);
  const offered = await db().entitlement.findMany({ where: { status: "offered", firmCode: { not: unreachable } } });
  expect(await db().noticeProof.count({ where: { kind: "delivered" } })).toBe(offered.length);
  expect(town.world.mail.recent().length).toBe(Math.min(letters.length - 1, 100));
});

test("a fact that turns against a firm takes its offer back, and it is told the ground, the clause and the remedies", async () => {
  const { house, sources } = town.world;
  const [offer] = await db().entitlement.findMany({
    where: { policyId: O01, status: "offered", firmCode: { not: unreachable } },
    orderBy: { id: "asc" },
  });
  const firm = offer?.firmCode ?? "";
  const bytes = new TextEncoder().encode(`统一社会信用代码,裁员率（%）,足额缴费月数\n${firm},60,13\n`);
  await importDelivery(
    { ...house, sources },
    {
      ...{ sourceId: "human-resources", fileName: "worse.csv", bytes, asOf: "2025-11-03" as Day, isPartial: true },
      importedBy: "account-author",
    },
  );
  await house.pump();
  const browser = town.browser();
  await browser.signIn(loginOf(firm));
  const [message] = await db().inboxMessage.findMany({ where: { firmCode: firm, kind: "withdrawn" } });
  const page = (await browser.get(`/messages/${message?.id}`)).body;
  expect(page).toMatch(/· 裁员率（依据：[^）]+）/);
  expect(page).toMatch(/提出异议[\s\S]*六十日内[\s\S]*行政复议[\s\S]*六个月内[\s\S]*行政诉讼/);
  expect((await browser.get(`/messages/${message?.id}?lang=en`)).body).toMatch(/No longer met:[\s\S]*Layoff rate/i);
  expect((await browser.get(`/cases/${offer?.id}`)).body).toContain("administrative reconsideration");
  // It had its letter of the day; this one waits until tomorrow.
  expect(await db().letter.count({ where: { firmCode: firm } })).toBe(1);
  await at("2025-11-04" as Day, "08:00", "seal");
  expect(await db().letter.count({ where: { firmCode: firm } })).toBe(2);
});

test("a firm that no channel reaches is held, called, told, and only then does its offer lapse", async () => {
  const [offer] = await offersTo(unreachable);
  if (!offer) throw new Error("the firm has an offer");
  const end = dayOf(offer.confirmBefore);
  await at(addDays(end, -8), "00:05", "lapse");
  await at(addDays(end, -5), "00:05", "lapse");
  const [held] = await offersTo(unreachable);
  expect(held?.confirmBefore).toEqual(startOfDay(addDays(end, 6)));
  // The others were told by mail, and lapse when their time is over.
  await at(end, "00:05", "lapse");
  expect(await db().entitlement.count({ where: { status: "lapsed" } })).toBeGreaterThan(0);
  expect((await offersTo(unreachable)).length).toBeGreaterThan(0);

  const list = await operator.get("/desk/call-list");
  const [, id = ""] = /\/desk\/call-list\/(call_\w+)/.exec(list.body) ?? [];
  expect((await operator.get(`/desk/call-list/${id}`)).body).toContain("0371-00000000");
  await operator.submit(`/desk/call-list/${id}`, { outcome: "reached", note: "王会计", attemptsSeen: "0" });
  for (let day = end; day <= addDays(end, 7); day = addDays(day, 1)) await at(day, "00:05", "lapse");
  const lapsed = await db().entitlement.findUniqueOrThrow({ where: { id: offer.id } });
  expect(lapsed).toMatchObject({ status: "lapsed" });
  expect(lapsed.closedAt && dayOf(lapsed.closedAt) >= addDays(end, 6)).toBe(true);
});
