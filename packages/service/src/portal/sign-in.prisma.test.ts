import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { claimNames } from "../access/claim-names.ts";
import { CALLBACK_PATH, openidProvider, SIGNED_OUT_PATH } from "../access/openid-provider.http.ts";
import { signIn } from "../access/sign-in.ts";
import { DEMO_PASSWORD } from "../demo/demo-people.ts";
import { type LocalIdentityProvider, startIdentityProvider } from "../demo/identity-provider.http.ts";
import { visitorOf } from "../demo/testing-visitor.ts";
import { SettableClock } from "../kernel/clock.ts";
import type { DomainError } from "../kernel/errors.ts";
import { type Receiver, smsReceiver } from "../notice/testing-receivers.ts";
import type { Slot } from "../schedule.ts";
import { type Browser, ORIGIN, openTown, type Town } from "../testing-town.prisma.ts";

const COOKIE = "apply-free";
const wallClock = new SettableClock(new Date("2025-11-03T09:00:00+08:00"));
const later = (minutes: number) => wallClock.moveTo(new Date(wallClock.now().getTime() + minutes * 60_000));

let provider: LocalIdentityProvider;
let gateway: Receiver;
let town: Town;
let firm: string;
let other: string;
beforeAll(async () => {
  let secrets = 0;
  provider = await startIdentityProvider({
    redirectUris: [ORIGIN + CALLBACK_PATH],
    signedOutUris: [ORIGIN + SIGNED_OUT_PATH],
    people: [],
    token: () => `provider-secret-${++secrets}`,
  });
  const { issuer, clientId, clientSecret } = provider;
  const claims = claimNames({
    ...{ firmClaim: "credit_code", roleClaim: "role", loginClaim: "preferred_username" },
    roles: "legal=representative,cashier=finance-maker,reviewer=finance-checker",
  });
  const settings = { issuer, clientId, clientSecret, scope: "openid profile", claims };
  const identityProvider = openidProvider(settings, ORIGIN, () => wallClock.now());
  gateway = await smsReceiver();
  town = await openTown(120, { wallClock, identityProvider, channels: [gateway.channel] });
  [firm = "", other = ""] = await town.firmsWithOffers(1);
  provider.people.push(
    { subject: "p-legal", name: "陈某", role: "legal", creditCode: firm },
    { subject: "p-stranger", name: "外某", role: "legal", creditCode: "91410100MA0000000X" },
    { subject: "p-singer", name: "歌某", role: "singer", creditCode: firm },
    { subject: "p-cashier", name: "钱某", role: "cashier", login: "maker" },
    { subject: "p-second", name: "冒某", role: "cashier", login: "maker" },
    { subject: "p-wrong", name: "错某", role: "cashier", login: "checker" },
  );
}, 300_000);
afterAll(async () => {
  await town?.close();
  await provider?.close();
  await gateway?.close();
});

/** Leaves for the provider, chooses there, and answers with what the browser would then ask for here. */
async function answerOf(browser: Browser, subject: string, next?: string): Promise<string> {
  const query = next === undefined ? "" : `?next=${encodeURIComponent(next)}`;
  const { headers } = await browser.get(`/sign-in/identity${query}`);
  const { pathname, search } = await visitorOf(new URL(String(headers.location))).choose(subject);
  return pathname + search;
}

async function enterAs(subject: string, next?: string, browser = town.browser()) {
  const path = await answerOf(browser, subject, next);
  const answer = await browser.get(path);
  return { browser, path, answer };
}

describe("signing in by identity", () => {
  test("takes a representative to its firm, and back to the page that was wanted", async () => {
    const { browser, answer } = await enterAs("p-legal", "/offers");
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/offers"]);
    const { body } = await browser.get("/offers");
    expect(body).toContain("陈某");
    expect(body).toContain('name="seen.');
  });

  test("opens one account for one person and firm, however often it signs in, and keeps no name of the provider's", async () => {
    const accounts = () => town.world.house.db.account.count({ where: { displayName: "陈某" } });
    await enterAs("p-legal");
    await enterAs("p-legal");
    expect(await accounts()).toBe(1);
    const links = await town.world.house.db.identity.findMany();
    expect(JSON.stringify(links)).not.toContain("p-legal");
  });

  test("lets an official into the account that the office opened, once the first has come nobody else", async () => {
    const { browser, answer } = await enterAs("p-cashier");
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/desk"]);
    expect((await browser.get("/desk")).body).toContain("财政经办岗");
    expect((await enterAs("p-second")).answer.statusCode).toBe(403);
  });

  test.each([
    ["p-stranger", "a firm that is not registered"],
    ["p-singer", "a duty that the house does not know"],
    ["p-wrong", "a login whose role is another"],
  ])("does not let %s in: %s", async (subject) => {
    const { browser, answer } = await enterAs(subject);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain("没有对应的企业或岗位");
    expect(browser.cookies.has(COOKIE)).toBe(false);
  });

  test("asks the provider each time: whoever has lost the office there comes in no more", async () => {
    const index = provider.people.findIndex(({ subject }) => subject === "p-legal");
    const before = provider.people[index];
    if (!before) throw new Error("the provider knows the representative");
    provider.people[index] = { ...before, role: "singer" };
    expect((await enterAs("p-legal")).answer.statusCode).toBe(403);
    provider.people[index] = { ...before, creditCode: other };
    expect((await enterAs("p-legal")).answer.statusCode).toBe(303);
    provider.people[index] = before;
  });

  test("says in words that somebody cancelled, and offers the other ways", async () => {
    const { answer } = await enterAs("nobody");
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain("您取消了统一身份认证");
    expect(answer.body).toContain('name="password"');
  });

  test("never leads to another site afterwards", async () => {
    for (const next of ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"]) {
      expect((await enterAs("p-legal", next)).answer.headers.location).toBe("/");
    }
  });

  test("opens a new session, and the one that the browser brought along is dead", async () => {
    const browser = town.browser();
    await browser.signIn(other);
    const old = browser.cookies.get(COOKIE) ?? "";
    await enterAs("p-legal", undefined, browser);
    expect(browser.cookies.get(COOKIE)).not.toBe(old);
    const thief = town.browser();
    thief.cookies.set(COOKIE, old);
    expect((await thief.get("/offers")).statusCode).toBe(303);
  });
});

describe("an answer of the provider", () => {
  test("counts once: brought again it opens nothing, in this browser or another", async () => {
    const first = town.browser();
    const path = await answerOf(first, "p-legal");
    const own = first.cookies.get("identity-sign-in") ?? "";
    expect((await first.get(path)).statusCode).toBe(303);
    const session = first.cookies.get(COOKIE);
    // Gone back to: still the same person, and no second session.
    expect([(await first.get(path)).headers.location, first.cookies.get(COOKIE)]).toEqual(["/", session]);
    const thief = town.browser();
    thief.cookies.set("identity-sign-in", own);
    const again = await thief.get(path);
    expect([again.statusCode, thief.cookies.has(COOKIE)]).toEqual([400, false]);
    expect(again.body).toContain("这次登录已经用过");
  });

  test("that another browser began is refused, so that nobody is signed in as somebody else", async () => {
    const path = await answerOf(town.browser(), "p-legal");
    const victim = town.browser();
    expect([(await victim.get(path)).statusCode, victim.cookies.has(COOKIE)]).toEqual([400, false]);
    // Nor by a sign-in of its own that is under way.
    await answerOf(victim, "p-legal");
    expect([(await victim.get(path)).statusCode, victim.cookies.has(COOKIE)]).toEqual([401, false]);
  });

  test("that comes after ten minutes comes too late", async () => {
    const browser = town.browser();
    const path = await answerOf(browser, "p-legal");
    later(10);
    expect((await browser.get(path)).statusCode).toBe(400);
  });

  test.each(["", "?code=x", "?state=x&code=y", `?error=${"x".repeat(3_000)}`])(
    "that is none (%s) is told in words, and is no failure of ours",
    async (query) => {
      const browser = town.browser();
      await browser.get("/sign-in/identity");
      const { statusCode, body } = await browser.get(CALLBACK_PATH + query.slice(0, 1_500));
      expect(statusCode).toBe(401);
      expect(body).toContain('role="alert"');
    },
  );
});

describe("signing out", () => {
  test("leads to the provider too, where somebody came from there, without naming anybody in the address", async () => {
    const { browser } = await enterAs("p-legal");
    const old = browser.cookies.get(COOKIE) ?? "";
    await browser.get("/");
    const { headers, body, statusCode } = await browser.submit("/sign-out", {});
    expect(statusCode).toBe(200);
    const [, address = ""] = /^0; url=(.+)$/.exec(String(headers.refresh)) ?? [];
    expect(new URL(address).origin).toBe(provider.issuer);
    expect(new URL(address).searchParams.has("id_token_hint")).toBe(false);
    expect(body).toContain("到认证平台退出");
    browser.cookies.set(COOKIE, old);
    expect((await browser.get("/offers")).statusCode).toBe(303);
  });
});

describe("a password", () => {
  const outcome = (password: string, at: Date) =>
    signIn(
      { ...town.world.house, wallClock: { now: () => at } },
      { login: "auditor", password },
      { isKiosk: false },
    ).then(
      () => "in",
      (cause: DomainError) => cause.code,
    );

  test("is not tried more than twenty times in a quarter of an hour for one login, from wherever it is tried", async () => {
    const at = new Date("2025-10-01T10:01:00+08:00");
    const guesses = await Promise.all(Array.from({ length: 24 }, (_, nth) => outcome(`guess ${nth}`, at)));
    expect(guesses.filter((code) => code === "sign-in-failed")).toHaveLength(20);
    expect(guesses.filter((code) => code === "too-many-tries")).toHaveLength(4);
    expect(await outcome(DEMO_PASSWORD, at), "the right one tells a guesser nothing").toBe("too-many-tries");
    expect(await outcome(DEMO_PASSWORD, new Date(at.getTime() + 15 * 60_000))).toBe("in");
  });

  test("that is right clears what was counted, so that a clumsy person is not locked out over a day", async () => {
    const at = new Date("2025-10-02T10:01:00+08:00");
    for (let round = 0; round < 3; round += 1) {
      for (let nth = 0; nth < 9; nth += 1) expect(await outcome("wrong", at)).toBe("sign-in-failed");
      expect(await outcome(DEMO_PASSWORD, at)).toBe("in");
    }
  });
});

const codeIn = (text: string) => /\d{6}/.exec(text)?.[0] ?? "";
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

/** A browser that has asked for a code, and the message that was sent for it. */
async function askedFor(login: string, browser = town.browser()) {
  const before = gateway.taken.length;
  const answer = await browser.post("/sign-in/code", { login, way: "sms" });
  const message = () => vi.waitFor(() => gateway.taken[before]?.text ?? Promise.reject(new Error("nothing was sent")));
  return { browser, answer, message };
}

async function firmWithTelephone(nth: number): Promise<string> {
  const code = (await town.firmsWithOffers(1))[nth];
  if (!code) throw new Error("too few firms have offers");
  await town.world.house.db.firm.update({ where: { code }, data: { phone: `1380000000${nth}` } });
  return code;
}

describe("a sign-in code", () => {
  test("comes by text message, takes the representative in once, and is nowhere in the store", async () => {
    later(60);
    const login = await firmWithTelephone(0);
    const { browser, answer, message } = await askedFor(login);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/sign-in/code/enter"]);
    const code = codeIn(await message());
    const kept = JSON.stringify(await town.world.house.db.signInCode.findMany());
    expect(kept).not.toContain(code);
    const asking = browser.cookies.get("sign-in-code") ?? "";
    expect(kept).not.toContain(asking);
    const typed = ` ${code.slice(0, 3)} ${code.slice(3)} `;
    const entered = await browser.post("/sign-in/code/enter", { code: typed, next: "/offers" });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, "/offers"]);
    const { name } = await town.world.house.db.firm.findUniqueOrThrow({ where: { code: login } });
    expect((await browser.get("/offers")).body).toContain(name);
    // The same browser as it was before, and another that has stolen its cookie: the digits are used up.
    const again = town.browser();
    again.cookies.set("sign-in-code", asking);
    const replayed = await again.post("/sign-in/code/enter", { code });
    expect([replayed.statusCode, again.cookies.has(COOKIE)]).toEqual([401, false]);
    expect(replayed.body).toContain("已经用过、过期");
  });

  test("is of no use in another browser than the one that asked", async () => {
    later(60);
    const { message } = await askedFor(await firmWithTelephone(0));
    const code = codeIn(await message());
    const thief = await askedFor(await firmWithTelephone(1));
    await thief.message();
    expect((await thief.browser.post("/sign-in/code/enter", { code })).statusCode).toBe(401);
    expect((await town.browser().post("/sign-in/code/enter", { code })).statusCode).toBe(401);
  });

  test("answers alike whether there is an account or none, a telephone or none, and sends nothing to nobody", async () => {
    later(60);
    const known = await askedFor(await firmWithTelephone(0));
    await known.message();
    const sent = gateway.taken.length;
    const without = (body: string) => body.replaceAll(/value="[^"]*"/g, "");
    const pageOf = async (browser: Browser) => without((await browser.get("/sign-in/code/enter")).body);
    const page = await pageOf(known.browser);
    expect(page).toContain("如果这个代码有账户");
    expect(page).toContain("政务大厅窗口");
    for (const login of ["91410100MA0000000X", "maker", "'; DROP TABLE firm; --", "＿"]) {
      const { browser, answer } = await askedFor(login);
      expect([answer.statusCode, answer.headers.location]).toEqual([
        known.answer.statusCode,
        known.answer.headers.location,
      ]);
      expect(await pageOf(browser)).toBe(page);
      const tried = await browser.post("/sign-in/code/enter", { code: "000000" });
      expect([tried.statusCode, tried.body.includes("还可以试 4 次")]).toEqual([401, true]);
    }
    expect(gateway.taken.length).toBe(sent);
  });

  test("tried five times is dead even for the right digits, and says so in plain words", async () => {
    later(60);
    const { browser, message } = await askedFor(await firmWithTelephone(0));
    const code = codeIn(await message());
    for (const left of [4, 3, 2, 1]) {
      const { statusCode, body } = await browser.post("/sign-in/code/enter", { code: wrong(code) });
      expect([statusCode, body.includes(`还可以试 ${left} 次`)]).toEqual([401, true]);
    }
    expect((await browser.post("/sign-in/code/enter", { code: wrong(code) })).body).toContain("试错太多次");
    expect((await browser.post("/sign-in/code/enter", { code })).statusCode).toBe(401);
    expect(browser.cookies.has(COOKIE)).toBe(false);
  });

  test("after ten guesses an hour is locked for the login, whatever browser guesses, and opens again by itself", async () => {
    later(60);
    const login = await firmWithTelephone(2);
    const browsers = [await askedFor(login), await askedFor(login), await askedFor(login)];
    const statuses: number[] = [];
    let body = "";
    for (const { browser } of browsers) {
      for (let guess = 0; guess < 4; guess += 1) {
        const answer = await browser.post("/sign-in/code/enter", { code: "not digits" });
        statuses.push(answer.statusCode);
        body = answer.body;
      }
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    expect(body).toContain("到时间自动解开");
    later(60);
    const { browser, message } = await askedFor(login);
    expect((await browser.post("/sign-in/code/enter", { code: codeIn(await message()) })).statusCode).toBe(303);
  });

  test("is sent three times in a quarter of an hour, to a firm that exists and to one that does not", async () => {
    for (const login of [await firmWithTelephone(3), "91410100MA0000000X"]) {
      later(60);
      const answers: number[] = [];
      for (let nth = 0; nth < 4; nth += 1) answers.push((await askedFor(login)).answer.statusCode);
      expect(answers).toEqual([303, 303, 303, 429]);
      later(15);
      expect((await askedFor(login)).answer.statusCode).toBe(303);
    }
  });

  test("is good for five minutes and not a moment longer", async () => {
    later(60);
    const { browser, message } = await askedFor(await firmWithTelephone(0));
    const code = codeIn(await message());
    later(5);
    expect((await browser.post("/sign-in/code/enter", { code })).statusCode).toBe(401);
  });

  test("from a form on another site is not asked for", async () => {
    const { statusCode } = await town
      .browser()
      .post("/sign-in/code", { login: firm }, { origin: "https://elsewhere.example" });
    expect(statusCode).toBe(403);
  });
});

async function signedIn(login: string, browser = town.browser()): Promise<Browser> {
  await browser.signIn(login);
  return browser;
}

const isIn = async (browser: Browser, path = "/sessions") => (await browser.get(path)).statusCode === 200;

describe("a session", () => {
  test("ends when nobody uses it: an official's after fifteen minutes, a firm's after thirty", async () => {
    const [official, clerk] = [await signedIn("auditor"), await signedIn(firm)];
    later(14);
    expect([await isIn(official), await isIn(clerk)]).toEqual([true, true]);
    later(15);
    expect([await isIn(official), await isIn(clerk)]).toEqual([false, true]);
    later(30);
    expect(await isIn(clerk)).toBe(false);
  });

  test("ends after a working day however busy it is", async () => {
    const official = await signedIn("auditor");
    for (let minutes = 0; minutes < 8 * 60 - 10; minutes += 10) {
      later(10);
      expect(await isIn(official)).toBe(true);
    }
    later(10);
    expect(await isIn(official)).toBe(false);
  });

  test("is in its owner's list, can be ended from another, and nobody else's can", async () => {
    later(120);
    const [here, there] = [await signedIn(firm), await signedIn(firm)];
    const stranger = await signedIn(other);
    const { body } = await here.get("/sessions");
    const [id = ""] = [...body.matchAll(/action="\/sessions\/(session_\w+)\/end"/g)].map(([, found = ""]) => found);
    await stranger.get("/sessions");
    await stranger.submit(`/sessions/${id}/end`, {});
    expect(await isIn(there)).toBe(true);
    await here.get("/sessions");
    expect((await here.submit(`/sessions/${id}/end`, {})).statusCode).toBe(303);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  });

  test("ends everywhere at one press, and another's does not; without the page's token nothing ends", async () => {
    const [here, there] = [await signedIn(firm), await signedIn(firm)];
    const stranger = await signedIn(other);
    expect((await here.post("/sessions/end-all", {})).statusCode).toBe(403);
    await here.get("/sessions");
    expect((await here.submit("/sessions/end-all", {})).headers.location).toBe("/sign-in");
    expect([await isIn(here), await isIn(there), await isIn(stranger)]).toEqual([false, false, true]);
  });

  test("is ended by an administrator, by nobody else in the office, and the journal says why", async () => {
    const [clerk, operator, auditor] = [await signedIn(firm), await signedIn("operator"), await signedIn("auditor")];
    const asked = { login: firm, reason: "设备遗失" };
    await auditor.get("/sessions");
    expect((await auditor.submit("/desk/sessions", asked)).statusCode).toBe(403);
    await operator.get("/desk/sessions");
    expect((await operator.submit("/desk/sessions", { ...asked, login: "nobody" })).statusCode).toBe(404);
    expect(await isIn(clerk)).toBe(true);
    expect((await operator.submit("/desk/sessions", asked)).body).toContain("已结束");
    expect(await isIn(clerk)).toBe(false);
    const { db } = town.world.house;
    const event = await db.journalEvent.findFirstOrThrow({
      where: { type: "sessions-ended" },
      orderBy: { seq: "desc" },
    });
    expect(event).toMatchObject({ actor: "account-operator", payload: { reason: "设备遗失" } });
  });

  test("that is over is taken out by the clock, and so are codes, counts and sign-ins under way", async () => {
    const { db, jobs } = town.world.house;
    const counts = () =>
      Promise.all([db.session.count(), db.identitySignIn.count(), db.signInCode.count(), db.tryCount.count()]);
    await signedIn(firm);
    await town.browser().get("/sign-in/identity");
    expect((await counts()).every((count) => count > 0)).toBe(true);
    later(24 * 60);
    await jobs.find(({ name }) => name === "close-sessions")?.run("2025-11-05T00:10" as Slot);
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });
});

describe("a terminal that everybody uses", () => {
  async function atTerminal(): Promise<Browser> {
    const browser = town.browser();
    await browser.get("/kiosk");
    return browser;
  }

  test("remembers nothing that is typed, stores no page, and goes to its end by itself after a warning", async () => {
    const browser = await atTerminal();
    const form = await browser.get("/sign-in");
    expect(form.body).toContain('autoComplete="off"');
    expect(form.body).not.toMatch(/autoComplete="(?!off")/);
    await signedIn(firm, browser);
    const page = await browser.get("/offers");
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.headers.refresh).toBe("120; url=/kiosk/still-there?from=%2Foffers");
    const warning = await browser.get("/kiosk/still-there?from=%2Foffers");
    expect(warning.body).toContain('href="/offers"');
    expect(warning.headers.refresh).toBe("60; url=/kiosk/end");
    const cookie = browser.cookies.get(COOKIE) ?? "";
    const end = await browser.get("/kiosk/end");
    expect(end.headers["clear-site-data"]).toBe('"cache", "cookies", "storage"');
    expect(end.headers.refresh).toMatch(/^\d; url=\/kiosk$/);
    const next = town.browser();
    next.cookies.set(COOKIE, cookie);
    expect((await next.get("/offers")).statusCode).toBe(303);
  });

  test("ends after three minutes whatever its browser does, and after twenty however busy it is", async () => {
    const [idle, busy] = [await signedIn(firm, await atTerminal()), await signedIn(firm, await atTerminal())];
    for (let minutes = 0; minutes < 20; minutes += 2) {
      expect(await isIn(busy)).toBe(true);
      later(2);
    }
    expect([await isIn(idle), await isIn(busy)]).toEqual([false, false]);
  });

  test("begins anew whenever its first page is opened, and signing out clears it", async () => {
    const browser = await signedIn(firm, await atTerminal());
    await browser.get("/kiosk");
    expect(await isIn(browser)).toBe(false);
    await signedIn(firm, browser);
    await browser.get("/offers");
    expect((await browser.submit("/sign-out", {})).headers.location).toBe("/kiosk/end");
  });

  test("makes the provider ask who it is, even where it remembers the person before", async () => {
    const { headers } = await (await atTerminal()).get("/sign-in/identity");
    expect(new URL(String(headers.location)).searchParams.get("prompt")).toBe("login");
  });

  test("leads nobody elsewhere from its warning, and ends no session but its own", async () => {
    const browser = await signedIn(firm, await atTerminal());
    const { body } = await browser.get("/kiosk/still-there?from=//elsewhere.example");
    expect(body.slice(body.indexOf("<main"))).not.toContain("elsewhere");
    const ordinary = await signedIn(other);
    await ordinary.get("/kiosk/end");
    expect(await isIn(ordinary)).toBe(true);
  });
});
