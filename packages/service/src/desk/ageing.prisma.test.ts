import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, openTown, type Town } from "../testing-town.prisma.ts";

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const signedIn = async (login: string): Promise<Browser> => {
  const browser = town.browser();
  await browser.signIn(login);
  return browser;
};
const stop = () =>
  town.world.house.db.paymentStop.create({
    data: {
      id: "stop_test",
      causes: [{ sentence: "paid-is-settled", subject: "line", detail: "books 1, payments 0" }],
      stoppedAt: town.world.house.clock.now(),
    },
  });

test("anybody may read which promises were not kept, and who waits", async () => {
  const stranger = town.browser();
  for (const [address, words] of [
    ["/overdue", "没有逾期的款项"],
    ["/waiting", "没有企业在等资金"],
  ] as const) {
    const { statusCode, body } = await stranger.get(address);
    expect([statusCode, body.includes(words)], address).toEqual([200, true]);
  }
  const csv = await stranger.get("/overdue.csv");
  expect([csv.statusCode, csv.body.startsWith("\uFEFF政策 policy")]).toEqual([200, true]);
});

test("what is owed is on the desk's list, and its clocks on the firm's own page, from the moment of consent", async () => {
  const [firmCode = ""] = await town.firmsWithOffers(1);
  const firm = await signedIn(firmCode);
  const { body } = await firm.get("/offers");
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(body)?.[1] ?? "";
  const [, id = "", fen = ""] = /name="seen\.([^"]+)" value="(\d+)"/.exec(body) ?? [];
  await firm.submit("/confirm", { requestKey, chosen: [id], [`seen.${id}`]: fen });
  expect((await firm.get(`/cases/${id}`)).body).toContain("承诺时限");
  const desk = await (await signedIn("checker")).get("/desk/ageing");
  expect(desk.statusCode).toBe(200);
  expect(desk.body).toContain("1 笔未付");
});

test("a stop is shown with its cause; only a checker lifts it, with words, when the books agree", async () => {
  await stop();
  const checker = await signedIn("checker");
  expect((await checker.get("/desk")).body).toContain("停付中");
  expect((await checker.get("/desk/ageing")).body).toContain("paid-is-settled");
  const maker = await signedIn("maker");
  expect((await maker.get("/desk/ageing")).body).not.toContain('action="/desk/ageing/resume"');
  expect((await maker.submit("/desk/ageing/resume", { reason: "x" })).statusCode).toBe(403);
  const silent = await checker.submit("/desk/ageing/resume", { reason: " " });
  expect([silent.statusCode, silent.body.includes("没有恢复")]).toEqual([400, true]);
  const lifted = await checker.submit("/desk/ageing/resume", { reason: "误报，已核对" });
  expect([lifted.statusCode, lifted.headers.location]).toEqual([303, "/desk/ageing?done=resumed"]);
  expect((await checker.get("/desk/ageing?done=resumed")).body).toContain("已恢复拨付");
});
