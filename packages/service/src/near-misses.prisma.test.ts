import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTown, type Town } from "./testing-town.prisma.ts";

const TITLES = "zhengzhou-o07a-intelligent-manufacturing-titles";
let town: Town;
let nights = 0;
beforeAll(async () => {
  town = await openTown(120);
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const live = (where: object) =>
  db().nearMiss.findFirstOrThrow({ where: { endedAt: null, ...where }, orderBy: { id: "asc" } });
const messages = (firmCode: string, kind: string) =>
  db().inboxMessage.findMany({ where: { firmCode, kind }, orderBy: { createdAt: "desc" } });

async function night() {
  nights += 1;
  await town.world.house.jobs
    .find(({ name }) => name === "match")
    ?.run(`2025-11-03T03:${String(nights).padStart(2, "0")}`);
}

/** The department of social credit says something newer about one firm. */
async function deliver(firmCode: string, factId: string, value: boolean) {
  const id = `delivery_credit_${++nights}`;
  const at = town.world.house.clock.now();
  const day = new Date("2025-11-03");
  await db().delivery.create({
    data: {
      ...{ id, sourceId: "credit", fileName: "credit.csv", sha256: String(nights).padStart(64, "0"), asOf: day },
      ...{ obtainedAt: at, rowsGood: 1, rowsBad: 0, importedBy: "system:import" },
    },
  });
  await db().fact.create({
    data: { firmCode, factId, value, sourceId: "credit", deliveryId: id, asOf: day, obtainedAt: at },
  });
  // The night looks at firms of which the journal tells something.
  const payload = { sourceId: "credit", sha256: id, rowsGood: 1, rowsBad: 0 };
  await town.world.house.transaction(({ journal }) =>
    journal.append({ type: "delivery-imported", subject: id, actor: "system:import", at, payload }),
  );
}

async function signedIn(firmCode: string) {
  const { login } = await db().account.findFirstOrThrow({ where: { firmCode } });
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

describe("one fact away", () => {
  test("is watched since the first night, once for each award", async () => {
    const watched = await db().nearMiss.findMany({ where: { endedAt: null } });
    expect(watched.length).toBeGreaterThan(10);
    const decisions = await db().decision.findMany({
      where: { id: { in: watched.map(({ decisionId }) => decisionId) } },
    });
    expect(new Set(decisions.map(({ outcome }) => outcome))).not.toContain("eligible");
    await night();
    expect(await db().nearMiss.count({ where: { endedAt: null } })).toBe(watched.length);
  });

  test("says what is short, what it would give and since when it is watched", async () => {
    const miss = await live({ fact: "ui.arrears" });
    const page = await (await signedIn(miss.firmCode)).get("/nearly");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("达到后可得");
    expect(page.body).toMatch(/[\d,]+\.\d\d 元/);
    expect(page.body).toContain("自动关注");
  });

  test("is not shown to anybody else", async () => {
    const miss = await live({ kind: "credit" });
    const other = await live({ fact: "ui.arrears", NOT: { firmCode: miss.firmCode } });
    const page = await (await signedIn(other.firmCode)).get("/nearly");
    expect(page.body).not.toContain("只差信用修复");
    expect((await town.browser().get("/nearly")).headers.location).toContain("/sign-in");
  });
});

describe("a firm that only a record of credit stands in the way of", () => {
  test("is told once which record, and its page says where and how to repair it, and until when", async () => {
    const { firmCode } = await live({ kind: "credit" });
    const told = await messages(firmCode, "repair");
    expect(told).toHaveLength(1);
    expect(told[0]?.body).toContain("严重失信");
    const page = await (await signedIn(firmCode)).get("/nearly");
    expect(page.body).toContain("信用中国");
    expect(page.body).toContain("国办发〔2025〕22号");
    expect(page.body).toContain("最晚");
  });

  test("is checked again by itself after the repair, and told that it qualifies now", async () => {
    const { id, firmCode } = await live({ kind: "credit" });
    await deliver(firmCode, "credit.seriousDishonesty", false);
    await night();
    expect(await db().nearMiss.findUniqueOrThrow({ where: { id } })).toMatchObject({ endedAs: "met" });
    const [offer] = await messages(firmCode, "offer");
    expect(offer?.body).toContain("之前差一点，现在符合了");
    expect(await messages(firmCode, "repair")).toHaveLength(1);
    const page = await (await signedIn(firmCode)).get("/nearly");
    expect(page.body).toContain("已经达到的");
    expect(await db().nearMiss.count({ where: { firmCode, policyId: TITLES, endedAt: null } })).toBe(0);
  });

  test("can turn such letters off, as no other that a right depends on", async () => {
    const { firmCode } = await live({ fact: "ui.arrears" });
    const browser = await signedIn(firmCode);
    await browser.get("/messages/settings");
    await browser.submit("/messages/settings", { language: "zh", topic: ["reminders", "progress"] });
    const setting = await db().noticeSetting.findUniqueOrThrow({ where: { firmCode } });
    expect(setting.muted).toEqual(["nearly"]);
  });
});

describe("the department's page", () => {
  test("counts and lists who was not reached, has not answered, or is one fact away", async () => {
    const author = town.browser();
    await author.signIn("author");
    const page = await author.get("/desk/unreached?group=nearly");
    expect(page.statusCode).toBe(200);
    const near = await db().nearMiss.count({ where: { endedAt: null } });
    expect(page.body).toContain(`，${near} 项`);
    const csv = await author.get("/desk/unreached.csv?group=nearly");
    expect(csv.body.trim().split("\r\n")).toHaveLength(near + 1);
    const offered = await db().entitlement.count({ where: { status: "offered" } });
    const groups = await Promise.all(
      ["unreached", "unconfirmed"].map((group) => author.get(`/desk/unreached.csv?group=${group}`)),
    );
    const rows = groups.map(({ body }) => body.trim().split("\r\n").length - 1);
    expect(rows.reduce((sum, each) => sum + each, 0)).toBe(offered);
  });

  test("puts an unreached firm on the call list, once", async () => {
    const author = town.browser();
    await author.signIn("author");
    const list = await author.get("/desk/unreached");
    const firmCode = /name="firmCode" value="(\w+)"/.exec(list.body)?.[1] ?? "";
    expect(firmCode).not.toBe("");
    for (const _ of [1, 2]) expect((await author.submit("/desk/unreached/call", { firmCode })).statusCode).toBe(303);
    expect(await db().firmCall.count({ where: { firmCode, status: "open" } })).toBe(1);
  });

  test("is not for firms, nor for those who pay", async () => {
    const { firmCode } = await live({});
    expect((await (await signedIn(firmCode)).get("/desk/unreached")).statusCode).toBe(403);
    const maker = town.browser();
    await maker.signIn("maker");
    expect((await maker.get("/desk/unreached.csv")).statusCode).toBe(403);
  });
});
