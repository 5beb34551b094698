import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

const PATH = "/messages/settings";
let town: Town;
let firm: string;
let browser: Browser;

beforeAll(async () => {
  town = await openTown(120);
  [firm = ""] = await town.firmsWithOffers(1);
  browser = town.browser();
  await browser.signIn(loginOf(firm));
});
afterAll(() => town.close());

const setting = () => town.world.house.db.noticeSetting.findUnique({ where: { firmCode: firm } });
const secretOn = (page: string) => /whsec_[\w+/=]+/.exec(page)?.[0];

test("a firm turns off what may be turned off, and is shown what cannot be", async () => {
  expect((await browser.get("/messages")).body).toContain(PATH);
  expect((await browser.get(PATH)).body).toMatch(/disabled=""[\s\S]*依法必须通知/);
  expect((await browser.submit(PATH, { language: "en", topic: "progress" })).statusCode).toBe(303);
  expect(await setting()).toMatchObject({ language: "en", muted: ["reminders", "nearly"] });
  const wrong = await browser.submit(PATH, { language: "en", topic: "decisions" });
  expect(wrong.statusCode).toBe(400);
  expect(await setting()).toMatchObject({ muted: ["reminders", "nearly"] });
});

test("an address inside is refused in plain words, keeps what was typed, and changes nothing", async () => {
  for (const url of [
    "http://firm.example/",
    "https://10.0.0.1/",
    "https://localhost.example:x/",
    "javascript:alert(1)",
  ]) {
    await browser.get(PATH);
    const answer = await browser.submit(`${PATH}/webhook`, { url });
    expect(answer.statusCode, url).toBe(422);
    expect(answer.body).toContain('aria-invalid="true"');
    expect(secretOn(answer.body)).toBeUndefined();
  }
  expect(await setting()).toMatchObject({ webhookUrl: null });
});

test("a secret is shown once; a new one leaves the one before in use, and another address does not", async () => {
  await browser.get(PATH);
  const first = secretOn((await browser.submit(`${PATH}/webhook`, { url: "https://firm.example/hook" })).body);
  expect(first).toBeDefined();
  expect(secretOn((await browser.get(PATH)).body)).toBeUndefined();
  const second = secretOn((await browser.submit(`${PATH}/webhook`, { url: "https://firm.example/hook" })).body);
  expect(await setting()).toMatchObject({
    webhookSecret: second,
    webhookSecretBefore: first,
    muted: ["reminders", "nearly"],
  });
  const third = secretOn((await browser.submit(`${PATH}/webhook`, { url: "https://other.example/hook" })).body);
  expect(await setting()).toMatchObject({ webhookSecret: third, webhookSecretBefore: null });
  const journal = await town.world.house.db.journalEvent.findMany({ where: { type: "notice-setting-changed" } });
  expect(JSON.stringify(journal.map(({ payload }) => payload))).not.toContain("whsec_");
  expect((await browser.submit(`${PATH}/webhook/remove`, {})).statusCode).toBe(303);
  expect(await setting()).toMatchObject({ webhookUrl: null, webhookSecret: null });
});

test("a form from elsewhere, and a visitor without a session, change nothing", async () => {
  const forged = await browser.post(PATH, { language: "zh" }, { origin: "https://evil.example" });
  expect(forged.statusCode).toBe(403);
  expect((await town.browser().get(PATH)).statusCode).toBe(303);
  expect(await setting()).toMatchObject({ language: "en" });
});

test("what a firm saw of its offers is kept as proof, once per page", async () => {
  const { db } = town.world.house;
  for (const page of ["/", "/offers", "/offers"]) await browser.get(page);
  const [message] = await db.inboxMessage.findMany({ where: { firmCode: firm, kind: "offer" } });
  await browser.get(`/messages/${message?.id}`);
  const offers = await db.entitlement.findMany({ where: { firmCode: firm, status: "offered" } });
  const proofs = await db.noticeProof.findMany({ where: { entitlementId: offers[0]?.id ?? "" } });
  const seen = proofs.map(({ kind, evidence }) => [kind, evidence].join(" ")).sort();
  expect(seen).toEqual(["opened /", "opened /offers", `read ${message?.id}`]);
});
