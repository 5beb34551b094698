import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

/** A helper cadre reads what waits for the firms that want it to, and answers nothing. */

let town: Town;
let firm: string;
let stranger: string;
let boss: Browser;
let helper: Browser;
beforeAll(async () => {
  town = await openTown();
  [firm = "", stranger = ""] = await town.firmsWithOffers(1);
  boss = town.browser();
  helper = town.browser();
  await boss.signIn(loginOf(firm));
  await helper.signIn("helper");
}, 180_000);
afterAll(() => town.close());

const invite = async (login: string) => {
  await boss.get("/delegates");
  return boss.submit("/delegates/helpers", { login });
};

test("before a firm has invited the helper, it answers as one that does not exist", async () => {
  expect((await helper.get("/desk/helped")).body).not.toContain(firm);
  const [uninvited, unknown] = [await helper.get(`/desk/helped/${firm}`), await helper.get("/desk/helped/NOBODY")];
  expect([uninvited.statusCode, unknown.statusCode]).toEqual([404, 404]);
});

test("only helpers can be invited, and a login that is none says so", async () => {
  for (const login of ["operator", "clerk", stranger, "nobody"]) {
    const { statusCode, body } = await invite(login);
    expect([login, statusCode, body.includes("没有这位助企干部")]).toEqual([login, 404, true]);
  }
  expect(await town.world.house.db.helperInvitation.count()).toBe(0);
});

test("an invited helper reads titles and amounts of this firm alone, no account, and finds no form", async () => {
  const { db } = town.world.house;
  for (const _ of ["once", "twice"]) expect((await invite("helper")).statusCode).toBe(303);
  expect(await db.helperInvitation.count()).toBe(1);
  expect((await helper.get("/desk/helped")).body).toContain(`/desk/helped/${firm}`);
  const { statusCode, body } = await helper.get(`/desk/helped/${firm}`);
  const { bankName } = await db.bankAccount.findFirstOrThrow({ where: { firmCode: firm, status: "active" } });
  expect([statusCode, body.includes('class="yuan"'), body.includes(bankName)]).toEqual([200, true, false]);
  // Signing out is the only thing to send.
  expect([...body.matchAll(/<form[^>]*action="([^"]+)"/g)].map(([, action]) => action)).toEqual(["/sign-out"]);
  expect((await helper.get(`/desk/helped/${stranger}`)).statusCode).toBe(404);
});

test("a helper confirms nothing, for no firm, by no form", async () => {
  const { db } = town.world.house;
  const { id, amountFen } = await db.entitlement.findFirstOrThrow({ where: { firmCode: firm, status: "offered" } });
  await helper.get("/desk/helped");
  const form = { requestKey: "a-key-of-sixteen-characters", chosen: id, [`seen.${id}`]: String(amountFen) };
  const asClerk = { ...form, code: firm, personName: "王某某", paperNo: "1" };
  for (const path of ["/confirm", "/decline", "/desk/counter/confirm", `/cases/${id}/account`, "/delegates"]) {
    expect([path, (await helper.submit(path, asClerk)).statusCode]).toEqual([path, 403]);
  }
  for (const path of ["/offers", "/desk/counter", "/desk", "/audit/facts"]) {
    expect([path, (await helper.get(path)).statusCode]).toEqual([path, 403]);
  }
  expect(await db.entitlement.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "offered" });
});

test("when the firm ends it, the helper reads nothing any more, and the journal has both", async () => {
  await boss.get("/delegates");
  for (const _ of ["once", "twice"]) {
    expect((await boss.submit("/delegates/helpers/end", { helper: "account-helper" })).statusCode).toBe(303);
  }
  expect((await helper.get(`/desk/helped/${firm}`)).statusCode).toBe(404);
  const types = ["helper-invited", "helper-dismissed"];
  const events = await town.world.house.db.journalEvent.findMany({
    where: { type: { in: types } },
    orderBy: { seq: "asc" },
  });
  expect(events.map(({ type }) => type)).toEqual(types);
});
