import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

/** Being heard as firms and officials meet it: through the pages. */

let town: Town;
let firm: string;
let firmCase: string;
let clerk: Browser;
let stranger: Browser;
let desk: Browser;

beforeAll(async () => {
  town = await openTown(120);
  const [own = "", other = ""] = await town.firmsWithOffers(1);
  firm = own;
  firmCase = (await db().entitlement.findFirstOrThrow({ where: { firmCode: firm, status: "offered" } })).id;
  clerk = await signedIn(firm);
  stranger = await signedIn(other);
  desk = await signedIn("operator");
}, 180_000);
afterAll(() => town.close());

const db = () => town.world.house.db;
const open = () => db().grievance.findMany({ where: { status: "open" }, orderBy: { answerBy: "asc" } });
const only = async () => {
  const [grievance, ...others] = await open();
  expect(others).toEqual([]);
  if (!grievance) throw new Error("nothing is open");
  return grievance;
};

async function signedIn(login: string): Promise<Browser> {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}

async function send(browser: Browser, url: string, fields: Record<string, string>) {
  await browser.get(url);
  return browser.submit(url, fields);
}
const rate = (fields: Record<string, string>, browser = clerk) => send(browser, `/cases/${firmCase}/rate`, fields);
const answer = async (id: string, fields: Record<string, string>, browser = desk) => {
  await browser.get(`/desk/grievances/${id}`);
  return browser.submit(`/desk/grievances/${id}/answer`, fields);
};

describe("a rating", () => {
  test("is given from the case, and a good one asks nothing of anybody", async () => {
    expect((await clerk.get(`/cases/${firmCase}`)).body).toContain(`/cases/${firmCase}/rate`);
    const { statusCode } = await rate({ level: "satisfied", channel: "hall", words: "" });
    expect(statusCode).toBe(303);
    expect(await open()).toEqual([]);
  });

  test("without a level is refused in plain words, and keeps what was typed", async () => {
    const { statusCode, body } = await rate({ channel: "phone", words: "等了很久" });
    expect(statusCode).toBe(400);
    expect(body).toContain("等了很久");
    expect(body).toMatch(/value="phone"[^>]*checked|checked[^>]*value="phone"/);
  });

  test("that is bad opens a task with a clock in working days, once, however often it is sent", async () => {
    const bad = { level: "dissatisfied", channel: "portal", words: "没有人接电话" };
    await rate(bad);
    await rate(bad);
    await rate({ ...bad, level: "very-dissatisfied" });
    // Five working days after Monday the 3rd.
    expect(await only()).toMatchObject({
      ...{ kind: "rectification", firmCode: firm, entitlementId: firmCase, answerBy: new Date("2025-11-10") },
    });
    const { nth, level } = await db().rating.findFirstOrThrow({ where: { channel: "portal" } });
    expect([nth, level]).toEqual([2, "very-dissatisfied"]);
    expect(await db().journalEvent.count({ where: { type: "case-rated", actor: { not: "" } } })).toBe(3);
    expect((await clerk.get("/tickets")).body).toContain("2025 年 11 月 10 日");
  });

  test("that is taken for a better one leaves the task: only an answer closes it", async () => {
    await rate({ level: "satisfied", channel: "portal", words: "" });
    const { id } = await only();
    await clerk.get("/tickets");
    expect((await clerk.submit(`/tickets/${id}/withdraw`, {})).statusCode).toBe(403);
  });

  test("is answered by a person of the desk with a reason or a correction, and the firm is told its remedies", async () => {
    const { id } = await only();
    expect((await desk.get("/desk/grievances")).body).toContain(id);
    expect((await answer(id, { how: "corrected", answer: " " })).statusCode).toBe(400);
    expect((await answer(id, { how: "corrected", answer: "已增加值班" })).statusCode).toBe(303);
    expect(await open()).toEqual([]);
    const message = await db().inboxMessage.findFirstOrThrow({ where: { kind: "grievance-answered" } });
    expect(message.body).toContain("已增加值班");
    expect(message.body).toContain("六十日内依法提起行政复议");
    expect(message.body).toContain("六个月内");
    expect((await clerk.get("/tickets")).body).toContain("已增加值班");
    expect((await answer(id, { how: "explained", answer: "再答一次" })).statusCode).toBe(409);
  });

  test("is on the case as the auditor reads it, with its answer", async () => {
    const auditor = await signedIn("auditor");
    const { body } = await auditor.get(`/audit/cases/${firmCase}`);
    for (const type of ["case-rated", "grievance-opened", "grievance-closed"]) expect(body).toContain(type);
  });

  test("that was put right leads to the firm being decided again", async () => {
    await town.world.house.pump();
    const steps = await db().flowStep.findMany({ where: { step: "match-firm" } });
    expect(steps.map(({ status }) => status)).toContain("done");
  });
});

describe("a complaint", () => {
  const url = () => `/cases/${firmCase}/complain`;

  test("names the condition it is about, and is one while it is open", async () => {
    const { body } = await clerk.get(url());
    const condition = /<option value="([^"]+)"/.exec(body.slice(body.indexOf('<option value=""') + 20))?.[1] ?? "";
    expect(condition).not.toBe("");
    await send(clerk, url(), { words: "算错了", condition });
    await send(clerk, url(), { words: "又说一遍", condition });
    const { id, kind, condition: kept, decisionId, words } = await only();
    expect({ kind, words, kept }).toMatchObject({ kind: "complaint", words: "算错了", kept: { name: condition } });
    expect(await db().entitlement.count({ where: { id: firmCase, decisionId: decisionId ?? "" } })).toBe(1);
    const { sentence } = kept as unknown as { sentence: { zh: string } };
    expect((await desk.get(`/desk/grievances/${id}`)).body).toContain(sentence.zh);
  });

  test("can be taken back by its firm, and by nobody else", async () => {
    const { id } = await only();
    await stranger.get("/tickets");
    expect((await stranger.submit(`/tickets/${id}/withdraw`, {})).statusCode).toBe(404);
    await clerk.get("/tickets");
    expect((await clerk.submit(`/tickets/${id}/withdraw`, {})).statusCode).toBe(303);
    expect(await open()).toEqual([]);
  });

  test("without a word is refused in plain words", async () => {
    const { statusCode, body } = await send(clerk, url(), { words: "  ", condition: "" });
    expect(statusCode).toBe(400);
    expect(body).toContain("请写明情况");
    expect(await open()).toEqual([]);
  });
});

test("a complaint about a fact names it, and one about no fact is refused", async () => {
  const url = "/my-data/complain?fact=ui.layoffRate";
  await send(clerk, url, { words: "部门答复与事实不符" });
  const grievance = await only();
  expect(grievance).toMatchObject({ kind: "complaint", factId: "ui.layoffRate", entitlementId: null });
  expect((await answer(grievance.id, { how: "explained", answer: "以参保记录为准" })).statusCode).toBe(303);
  expect((await clerk.get("/my-data/complain?fact=no.such")).statusCode).toBe(422);
});

test("pressed twice at once it is one, and nobody sees an error", async () => {
  const url = `/cases/${firmCase}/complain`;
  await clerk.get(url);
  const pressed = await Promise.all([1, 2, 3].map(() => clerk.submit(url, { words: "太慢", condition: "" })));
  expect(pressed.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
  const { id } = await only();
  const level = { level: "acceptable", channel: "phone", words: "" };
  await clerk.get(`/cases/${firmCase}/rate`);
  const rated = await Promise.all([1, 2, 3].map(() => clerk.submit(`/cases/${firmCase}/rate`, level)));
  expect(rated.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303]);
  expect(await db().rating.count({ where: { channel: "phone" } })).toBe(1);
  await answer(id, { how: "explained", answer: "按规定时限办理" });
});

describe("the doors", () => {
  test("another firm's case is as one that does not exist, and no firm reads the desk", async () => {
    for (const url of [`/cases/${firmCase}/rate`, `/cases/${firmCase}/complain`]) {
      expect((await stranger.get(url)).statusCode).toBe(404);
      const sent = { words: "x", level: "satisfied", channel: "portal", condition: "" };
      await stranger.get("/tickets");
      expect((await stranger.submit(url, sent)).statusCode).toBe(404);
    }
    expect((await clerk.get("/desk/grievances")).statusCode).toBe(403);
    const finance = await signedIn("maker");
    expect((await finance.get("/desk/grievances")).statusCode).toBe(403);
  });

  test("a level or a channel that does not exist is no 5xx", async () => {
    expect((await rate({ level: "superb", channel: "portal", words: "" })).statusCode).toBe(400);
    expect((await rate({ level: "satisfied", channel: "smoke", words: "" })).statusCode).toBe(400);
  });

  test("an auditor reads and does not answer", async () => {
    await send(clerk, `/cases/${firmCase}/complain`, { words: "慢", condition: "" });
    const { id } = await only();
    const auditor = await signedIn("auditor");
    expect((await auditor.get(`/desk/grievances/${id}`)).body).not.toContain("/answer");
    expect((await answer(id, { how: "explained", answer: "x" }, auditor)).statusCode).toBe(403);
    await answer(id, { how: "explained", answer: "按规定时限办理" });
  });
});

describe("an objection to the public list", () => {
  let entry: string;

  beforeAll(async () => {
    await clerk.get("/offers");
    await rate({ level: "very-dissatisfied", channel: "phone", words: "" });
    const { body } = await clerk.get("/offers");
    const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
    const seen = [...body.matchAll(/name="seen\.([^"]+)" value="(\d+)"/g)].map(([, id = "", fen = ""]) => [id, fen]);
    const [[id = "", fen = ""] = []] = seen;
    await clerk.submit("/confirm", { requestKey, chosen: id, [`seen.${id}`]: fen });
    await town.world.house.pump();
    for (let days = 0; days < 60 && (await db().disclosure.count()) === 0; days += 1) await town.next();
    entry = (await db().disclosure.findFirstOrThrow()).id;
  }, 300_000);

  test("is raised from the entry by anybody who has signed in", async () => {
    const url = `/results/${entry}/object`;
    expect((await town.browser().get("/results")).body).toContain(url);
    const led = await town.browser().get(url);
    expect([led.statusCode, led.headers.location]).toEqual([303, `/sign-in?next=${encodeURIComponent(url)}`]);
    const reader = await signedIn((await town.firmsWithOffers(1)).at(-1) ?? "");
    expect((await send(reader, url, { words: "该企业已注销" })).statusCode).toBe(303);
    const objection = (await open()).find(({ kind }) => kind === "objection");
    expect(objection).toMatchObject({ disclosureId: entry, entitlementId: null });
    expect((await reader.get("/tickets")).body).toContain("该企业已注销");
    // The firm on the list does not learn who objected, nor that anybody did.
    expect((await clerk.get("/tickets")).body).not.toContain("该企业已注销");
    expect((await reader.get("/results/nothing/object")).statusCode).toBe(404);
  });

  test("of an official is not answered by the same official", async () => {
    await send(desk, `/results/${entry}/object`, { words: "金额与批复不符" });
    const own = (await open()).find(({ firmCode }) => firmCode === null);
    const id = own?.id ?? "";
    expect((await answer(id, { how: "explained", answer: "x" })).statusCode).toBe(403);
    const author = await signedIn("author");
    expect((await answer(id, { how: "explained", answer: "与批复一致" }, author)).statusCode).toBe(303);
    expect((await desk.get("/tickets")).body).toContain("与批复一致");
  });

  test("and whatever else is not answered in time shows overdue to both sides, and stays so when answered late", async () => {
    const late = (await open()).find(({ kind }) => kind === "rectification");
    town.world.play.clock.moveTo(new Date("2026-03-02T09:00:00+08:00"));
    expect((await desk.get("/desk/grievances")).body).toContain("已超期");
    expect((await desk.get("/desk")).body).toContain("件诉求已超过答复期限");
    expect((await clerk.get("/tickets")).body).toContain("已超过答复期限，我们仍须答复");
    await answer(late?.id ?? "", { how: "corrected", answer: "已改" });
    expect((await clerk.get("/tickets")).body).toContain("超过期限才答复");
    const { body } = await desk.get("/desk/grievances");
    expect(body).toContain("按期整改 1 件，超期整改 1 件，待整改 0 件，其中已超期 0 件");
  });

  test("a rating whose days are over stays as it is", async () => {
    const { statusCode, body } = await rate({ level: "very-satisfied", channel: "hall", words: "" });
    expect(statusCode).toBe(409);
    expect(body).toContain("已过修改期限");
    expect(await db().rating.findFirstOrThrow({ where: { channel: "hall" } })).toMatchObject({ level: "satisfied" });
  });
});

test("the database itself keeps what was raised, and a rating's last day", async () => {
  const refused = (statement: string) => db().$executeRawUnsafe(statement);
  await expect(refused("UPDATE grievance SET words = 'x'")).rejects.toThrow(/as it was raised/);
  await expect(
    refused(
      "UPDATE grievance SET status = 'open', closed_by = NULL, closed_at = NULL, answer = NULL WHERE status = 'explained'",
    ),
  ).rejects.toThrow();
  await expect(refused("DELETE FROM grievance")).rejects.toThrow(/append-only/);
  await expect(refused("UPDATE rating SET level = 'satisfied'")).rejects.toThrow(/stays of its case/);
  await expect(refused("UPDATE rating SET nth = nth + 1, rated_at = '2027-01-01'")).rejects.toThrow();
});
