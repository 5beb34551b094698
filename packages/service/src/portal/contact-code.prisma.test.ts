import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SettableClock } from "../kernel/clock.ts";
import { smsReceiver } from "../notice/testing-receivers.ts";
import { type Browser, loginOf, openTown, type Town } from "../testing-town.prisma.ts";

/** A firm proves over the web that it reads an address of its own. */

const PATH = "/messages/settings";
const OWN = "13911111111";
const wallClock = new SettableClock(new Date("2025-11-03T09:00:00+08:00"));
let gateway: Awaited<ReturnType<typeof smsReceiver>>;
let town: Town;
let firm: string;
let browser: Browser;

beforeAll(async () => {
  gateway = await smsReceiver();
  town = await openTown(120, { wallClock, channels: [gateway.channel] });
  [firm = ""] = await town.firmsWithOffers(1);
  browser = town.browser();
  await browser.signIn(loginOf(firm));
});
afterAll(async () => {
  await town?.close();
  await gateway?.close();
});

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const contact = () => town.world.house.db.firmContact.findFirst({ where: { firmCode: firm, kind: "phone" } });

/** Posts a form of the page, and the code that was sent for it. */
async function askedBy(form: Record<string, string>, path = `${PATH}/contact`) {
  const before = gateway.taken.length;
  // The journal takes one change of a contact in one instant, and the clock of a demonstration stands still.
  const { clock } = town.world.play;
  clock.moveTo(new Date(clock.now().getTime() + 60_000));
  await browser.get(PATH);
  const answer = await browser.submit(path, form);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${PATH}?done=sent`]);
  const message = await vi.waitFor(() => gateway.taken[before] ?? Promise.reject(new Error("nothing was sent")));
  return { code: /\d{6}/.exec(message.text)?.[0] ?? "", message };
}
async function typed(code: string) {
  await browser.get(PATH);
  return browser.submit(`${PATH}/contact/verify`, { kind: "phone", code });
}

describe("an own contact", () => {
  test("gets six digits as soon as it is named, and stands unproved until they are typed", async () => {
    const { code, message } = await askedBy({ kind: "phone", value: "139 1111 1111" });
    expect([message.to, message.text.includes("核实联系方式")]).toEqual([OWN, true]);
    const refused = await typed(wrong(code));
    expect([refused.statusCode, refused.body.includes("还可以试 4 次")]).toEqual([401, true]);
    expect(await contact()).toMatchObject({ verifiedAt: null });
    expect((await typed(` ${code.slice(0, 3)} ${code.slice(3)}`)).headers.location).toBe(`${PATH}?done=verified`);
    expect((await contact())?.verifiedAt).not.toBeNull();
    expect((await browser.get(PATH)).body).toContain("已核实");
    expect((await typed(code)).statusCode, "good once").toBe(401);
  });

  test("that was changed after the code went out is not proved by it", async () => {
    const { code } = await askedBy({ kind: "phone", value: "13922222222" });
    await town.world.house.db.firmContact.updateMany({ where: { firmCode: firm }, data: { value: "13933333333" } });
    expect((await typed(code)).statusCode).toBe(401);
    expect(await contact()).toMatchObject({ verifiedAt: null });
  });

  test("is not proved in another browser, and a code for signing in proves nothing either", async () => {
    wallClock.moveTo(new Date(wallClock.now().getTime() + 15 * 60_000));
    const { code } = await askedBy({ kind: "phone" }, `${PATH}/contact/code`);
    const colleague = town.browser();
    await colleague.signIn(loginOf(firm));
    await colleague.get(PATH);
    expect((await colleague.submit(`${PATH}/contact/verify`, { kind: "phone", code })).statusCode).toBe(401);
    expect(await contact()).toMatchObject({ verifiedAt: null });
    expect((await town.browser().post("/sign-in/code/enter", { code })).statusCode).toBe(401);
  });

  test("is written to five times in a quarter of an hour at most, then the page says when to try again", async () => {
    wallClock.moveTo(new Date(wallClock.now().getTime() + 60 * 60_000));
    await browser.signIn(loginOf(firm));
    for (const end of [4, 5, 6]) await askedBy({ kind: "phone", value: `1394444444${end}` });
    await askedBy({ kind: "phone" }, `${PATH}/contact/code`);
    await askedBy({ kind: "phone" }, `${PATH}/contact/code`);
    await browser.get(PATH);
    const { statusCode, body } = await browser.submit(`${PATH}/contact/code`, { kind: "phone" });
    expect([statusCode, body.includes("到时间自动解开")]).toEqual([429, true]);
  });

  test("is no way into the account: a code for signing in still goes to what the register says", async () => {
    await town.world.house.db.firm.update({ where: { code: firm }, data: { phone: "13800000001" } });
    wallClock.moveTo(new Date(wallClock.now().getTime() + 60 * 60_000));
    await browser.signIn(loginOf(firm));
    const { code } = await askedBy({ kind: "phone" }, `${PATH}/contact/code`);
    expect((await typed(code)).statusCode).toBe(303);
    const before = gateway.taken.length;
    await town.browser().post("/sign-in/code", { login: firm, way: "sms" });
    const sent = await vi.waitFor(() => gateway.taken[before] ?? Promise.reject(new Error("nothing was sent")));
    expect(sent.to).toBe("13800000001");
  });
});
