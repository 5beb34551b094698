import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browser, loginOf, openTown, type Town } from "./testing-town.prisma.ts";

let town: Town;
let id: string;
let firm: string;
beforeAll(async () => {
  town = await openTown(120);
  const policy = await town.world.house.db.policyVersion.findFirstOrThrow({ where: { policyId: { contains: "o01" } } });
  id = policy.policyId;
  [firm = ""] = await town.firmsWithOffers(1);
});
afterAll(() => town.close());

const db = () => town.world.house.db;
const address = () => `/policies/${id}`;
async function say(browser: Browser, words: string) {
  await browser.get(`${address()}/comment`);
  return browser.submit(`${address()}/comment`, { words });
}
async function signedIn(login: string) {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
}
const commentOf = (words: string) => db().policyComment.findFirstOrThrow({ where: { words } });

describe("a comment on a policy", () => {
  test("keeps text and nothing that a screen would obey", async () => {
    await say(town.browser(), "<b>粗</b>\u0007 一行\r\n二行 \u202e反");
    const { words, id: comment } = await commentOf("<b>粗</b> 一行\n二行 反");
    expect(words).toContain("<b>");
    const author = await signedIn("author");
    expect((await author.get(`/desk/comments/${comment}`)).body).toContain("&lt;b&gt;粗");
  });

  test("is taken from anybody, without a name, and owed an answer within working days", async () => {
    const answer = await say(town.browser(), "看不懂裁员率");
    expect(answer.headers.location).toBe(`${address()}?commented=1`);
    expect(await commentOf("看不懂裁员率")).toMatchObject({ openedBy: "public", firmCode: null, status: "open" });
    const { answerBy, openedAt } = await commentOf("看不懂裁员率");
    expect((answerBy.getTime() - openedAt.getTime()) / 86_400_000).toBeGreaterThan(12);
  });

  test("stands on the policy's page once it is answered for all, without who said it", async () => {
    const browser = await signedIn(loginOf(firm));
    await say(browser, "退休的算不算？");
    expect((await town.browser().get(address())).body).not.toContain("退休的算不算");
    const comment = await commentOf("退休的算不算？");
    const author = await signedIn("author");
    await author.get(`/desk/comments/${comment.id}`);
    await author.submit(`/desk/comments/${comment.id}/answer`, { answer: "退休不算裁员。", how: "publish" });
    const page = (await town.browser().get(address())).body;
    expect(page).toContain("退休的算不算");
    expect(page).toContain("退休不算裁员");
    const { name } = await db().firm.findUniqueOrThrow({ where: { code: firm } });
    expect(page).not.toContain(name);
    expect(await db().inboxMessage.count({ where: { firmCode: firm, kind: "comment-answered" } })).toBe(1);
    const again = await author.submit(`/desk/comments/${comment.id}/answer`, { answer: "另一个", how: "publish" });
    expect(again.statusCode).toBe(409);
  });

  test("of a firm stands among its own tickets with what became of it, and among nobody else's", async () => {
    const browser = await signedIn(loginOf(firm));
    await say(browser, "名单在哪里查？");
    await say(browser, "请只答复我们。");
    const comment = await commentOf("请只答复我们。");
    const author = await signedIn("author");
    await author.get(`/desk/comments/${comment.id}`);
    await author.submit(`/desk/comments/${comment.id}/answer`, { answer: "已经电话说明。", how: "answer" });
    const tickets = (await browser.get("/tickets")).body;
    expect(tickets).toMatch(/请只答复我们。.*答复：已经电话说明。/s);
    expect(tickets).toMatch(/名单在哪里查？.*部门应在 \d{4} 年 \d+ 月 \d+ 日 前答复/s);
    const [other = ""] = (await town.firmsWithOffers(1)).filter((code) => code !== firm);
    const stranger = await signedIn(loginOf(other));
    expect((await stranger.get("/tickets")).body).not.toContain("名单在哪里查");
  });

  test("set aside is closed with a reason and read by nobody", async () => {
    await say(town.browser(), "加微信贷款");
    const { id: comment } = await commentOf("加微信贷款");
    const author = await signedIn("author");
    await author.get(`/desk/comments/${comment}`);
    expect(
      (await author.submit(`/desk/comments/${comment}/answer`, { answer: " ", how: "set-aside" })).statusCode,
    ).toBe(422);
    await author.submit(`/desk/comments/${comment}/answer`, { answer: "广告", how: "set-aside" });
    expect((await town.browser().get(address())).body).not.toContain("加微信");
  });

  test("is one, however often the button is pressed", async () => {
    const browser = town.browser();
    for (const _ of [1, 2]) await say(browser, "一样的话");
    expect(await db().policyComment.count({ where: { words: "一样的话" } })).toBe(1);
  });

  test("that is empty, or too long, is shown again as it was typed", async () => {
    const browser = town.browser();
    expect((await say(browser, "  ")).statusCode).toBe(422);
    const long = await say(browser, "长".repeat(1001));
    expect(long.statusCode).toBe(422);
    expect(long.body).toContain("长".repeat(1001));
  });

  test("comes five times an hour from one place, and what was typed then is kept", async () => {
    const browser = town.browser();
    for (const nth of [1, 2, 3, 4, 5]) expect((await say(browser, `第 ${nth} 条`)).statusCode).toBe(303);
    const sixth = await say(browser, "第六条");
    expect(sixth.statusCode).toBe(429);
    expect(sixth.body).toContain("第六条");
    expect(await db().policyComment.count({ where: { words: "第六条" } })).toBe(0);
  });

  test("on what is no policy answers as what does not exist, and the desk is not for firms", async () => {
    expect((await town.browser().get("/policies/none/comment")).statusCode).toBe(404);
    expect((await (await signedIn(loginOf(firm))).get("/desk/comments")).statusCode).toBe(403);
  });
});
