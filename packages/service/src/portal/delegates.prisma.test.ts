import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, dayOf } from "../kernel/day.ts";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

let town: Town;
let firm: string;
let boss: Browser;
beforeAll(async () => {
  town = await openTown();
  [firm = ""] = await town.firmsWithOffers(2);
  boss = town.browser();
  await boss.signIn(loginOf(firm));
}, 180_000);
afterAll(() => town.close());

const inDays = (days: number) => addDays(dayOf(town.world.house.clock.now()), days);
const keyOf = (body: string) => /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
const codesOf = (body: string) =>
  [...body.matchAll(/<code class="code">([^<]+)<\/code>/g)].map(([, code = ""]) => code);

async function grant(form: Record<string, string | string[]>) {
  const requestKey = keyOf((await boss.get("/delegates")).body);
  const asked = { displayName: "王会计", capYuan: "99999999.00", expiresOn: inDays(90), requestKey, ...form };
  const answer = await boss.submit("/delegates", asked);
  const [login = "", password = ""] = codesOf(answer.body);
  return { answer, asked, login, password };
}

async function enter({ login, password }: Readonly<{ login: string; password: string }>) {
  const browser = town.browser();
  const answer = await browser.post("/sign-in", { login, password });
  return { browser, statusCode: answer.statusCode };
}

/** The offers as the page shows them, and the form that confirms some of them. */
async function offersIn(browser: Browser) {
  const { body } = await browser.get("/offers");
  const seen = [...body.matchAll(/name="seen\.([^"]+)" value="(\d+)"/g)].map(([, id = "", fen = ""]) => ({ id, fen }));
  const confirm = (chosen: readonly { id: string; fen: string }[]) =>
    browser.submit("/confirm", {
      requestKey: keyOf(body),
      chosen: chosen.map(({ id }) => id),
      ...Object.fromEntries(chosen.map(({ id, fen }) => [`seen.${id}`, fen])),
    });
  return { seen, confirm };
}

const policyOf = async (id: string) =>
  (await town.world.house.db.entitlement.findUniqueOrThrow({ where: { id } })).policyId;
const statusesOf = async () =>
  (await town.world.house.db.entitlement.findMany({ where: { firmCode: firm, status: "confirmed" } })).length;

describe("a delegate", () => {
  test("confirms up to the cap, and beyond it is refused on the page, which says who can", async () => {
    const { seen } = await offersIn(boss);
    const all = seen.reduce((sum, { fen }) => sum + BigInt(fen), 0n);
    const key = await grant({ capYuan: `${(all - 1n) / 100n}.${String((all - 1n) % 100n).padStart(2, "0")}` });
    const { browser } = await enter(key);
    const offers = await offersIn(browser);
    const { statusCode, body } = await offers.confirm(offers.seen);
    expect(statusCode).toBe(403);
    expect(body).toContain("超过您的授权上限");
    expect(body).toContain("法定代表人（会计）");
    expect(await statusesOf()).toBe(0);
  });

  test("reads scope, cap and last day above the offers before answering; the representative has none to read", async () => {
    const [one] = (await offersIn(boss)).seen;
    const key = await grant({ policy: await policyOf(one?.id ?? ""), capYuan: "43210.00" });
    const { body } = await (await enter(key)).browser.get("/offers");
    const told = body.slice(body.indexOf("您的授权范围"), body.indexOf('action="/confirm"'));
    expect(told).toContain("43,210.00 元");
    expect(told).toContain(`<time dateTime="${inDays(90)}">`);
    expect(told).not.toContain("全部政策");
    expect((await boss.get("/offers")).body).not.toContain("您的授权范围");
  });

  test("confirms nothing outside the scope, and declines nothing there", async () => {
    const { seen } = await offersIn(boss);
    const [one, other] = seen;
    if (!one || !other) throw new Error("the firm has two offers");
    const { browser } = await enter(await grant({ policy: await policyOf(one.id) }));
    const refused = await (await offersIn(browser)).confirm([one, other]);
    expect([refused.statusCode, refused.body.includes("不全在您的授权范围内")]).toEqual([403, true]);
    const { body } = await browser.get(`/offers/decline?id=${other.id}`);
    const no = await browser.submit("/decline", { requestKey: keyOf(body), chosen: other.id, reason: "not-now" });
    expect(no.statusCode).toBe(403);
    expect(await statusesOf()).toBe(0);
    const taken = await (await offersIn(browser)).confirm([one]);
    expect(taken.statusCode).toBe(303);
    const { body: receipt } = await browser.get(taken.headers.location ?? "");
    expect(receipt).toContain("王会计");
  });

  test("never lets others in, and never says where the money goes", async () => {
    const { browser } = await enter(await grant({}));
    expect((await browser.get("/")).body).not.toContain("/delegates");
    const page = await browser.get("/delegates");
    expect([page.statusCode, page.body.includes("法定代表人")]).toEqual([403, true]);
    const [own] = (await offersIn(browser)).seen;
    for (const path of ["/delegates", `/cases/${own?.id}/account`, "/messages/settings/webhook"]) {
      expect([path, (await browser.submit(path, { url: "https://firm.example/hook" })).statusCode]).toEqual([
        path,
        403,
      ]);
    }
  });

  test("is out at once when the delegation is taken back, and does not come in again", async () => {
    const key = await grant({});
    const { browser } = await enter(key);
    expect((await browser.get("/offers")).statusCode).toBe(200);
    const { db } = town.world.house;
    const { id: accountId } = await db.account.findUniqueOrThrow({ where: { login: key.login } });
    const { id } = await db.delegation.findFirstOrThrow({ where: { accountId } });
    await boss.get("/delegates");
    expect((await boss.submit(`/delegates/${id}/revoke`, {})).statusCode).toBe(303);
    expect((await boss.submit(`/delegates/${id}/revoke`, {})).statusCode).toBe(303);
    expect((await browser.get("/offers")).statusCode).toBe(303);
    expect((await enter(key)).statusCode).toBe(401);
    const events = await town.world.house.db.journalEvent.findMany({ where: { subject: id }, orderBy: { seq: "asc" } });
    expect(events.map(({ type }) => type)).toEqual(["delegation-granted", "delegation-revoked"]);
    expect(JSON.stringify(events.map(({ payload }) => payload))).not.toContain("王会计");
  });

  test("another firm's delegation answers as one that does not exist", async () => {
    const [, stranger = ""] = await town.firmsWithOffers(1);
    const { id } = await town.world.house.db.delegation.findFirstOrThrow({ where: { revokedAt: null } });
    const other = town.browser();
    await other.signIn(loginOf(stranger));
    for (const each of [id, "delegation_NONE"]) {
      expect((await other.submit(`/delegates/${each}/revoke`, {})).statusCode).toBe(404);
    }
  });
});

describe("a delegation", () => {
  test("sent twice is made once, and its password is not shown again", async () => {
    const { asked, answer } = await grant({});
    expect(answer.statusCode).toBe(200);
    const count = () => town.world.house.db.delegation.count({ where: { firmCode: firm } });
    const before = await count();
    const again = await boss.submit("/delegates", asked);
    expect([again.statusCode, await count()]).toEqual([303, before]);
  });

  test("without a cap or an end, or for longer than a year, is not granted, and what was typed stays", async () => {
    for (const wrong of [
      { capYuan: "0" },
      { capYuan: "很多" },
      { expiresOn: "" },
      { expiresOn: inDays(-1) },
      { expiresOn: inDays(367) },
    ]) {
      const { answer } = await grant(wrong);
      expect([answer.statusCode, answer.body.includes('value="王会计"')]).toEqual([422, true]);
    }
  });

  test("holds on its last day; the day after, its person may read, and send nothing", async () => {
    const key = await grant({ expiresOn: inDays(0) });
    const { browser } = await enter(key);
    const { seen, confirm } = await offersIn(browser);
    const last = seen.slice(0, 1);
    const before = await statusesOf();
    await towards(1);
    // What was open ended with the delegation; coming in again is for reading.
    expect((await browser.get("/my-data")).statusCode).toBe(303);
    await browser.signIn(key.login, key.password);
    const late = await confirm(last);
    expect([late.statusCode, late.body.includes("您的授权已到期"), late.body.includes("法定代表人（会计）")]).toEqual([
      403,
      true,
      true,
    ]);
    expect(await statusesOf()).toBe(before);
    expect((await browser.submit("/messages/settings", { language: "en" })).statusCode).toBe(403);
    expect((await browser.get("/")).statusCode).toBe(200);
  });
});

/** Lets so many days pass. */
async function towards(days: number) {
  const goal = inDays(days);
  while (dayOf(town.world.house.clock.now()) < goal) await town.next();
}
