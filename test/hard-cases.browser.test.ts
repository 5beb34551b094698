import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "../packages/service/src/demo/demo-people.ts";
import type { Day } from "../packages/service/src/kernel/day.ts";
import { receiveDelivery } from "../packages/service/src/screening/receive-delivery.ts";
import { loginOf, openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";
import { findChromium, launchBrowser } from "./browser.ts";
import { freePort } from "./visited-demo.ts";

/**
 * What does not go straight, walked on a phone in a real browser without JavaScript, one firm to a story:
 * a benefit left out, an amount that moves, a wrong fact, a cap, a paper, a late chance, a bad rating.
 */

const executable = await findChromium();
if (executable === undefined) process.stderr.write("SKIPPED: hard cases in a browser (no chromium on this machine)\n");

const REFUND = "henan-o01-unemployment-insurance-refund";
const REFUND_TITLE = "失业保险稳岗返还";
/** A real browser keeps no cookie that has expired by its own clock. */
const wallClock = { now: () => new Date() };
const phone = { viewport: { width: 390, height: 844 } };
/** Pages answer within milliseconds; what has not come by then will not come. */
const MOST_PATIENCE_MS = 5_000;
const confirmButton = { name: "确认领取" };

describe.skipIf(executable === undefined)("in a browser without JavaScript", () => {
  let town: Town;
  let browser: Browser;
  let url: string;
  let withThree: string;
  let withTwo: readonly string[];
  let withOne: readonly string[];
  let fallingShort: readonly string[];
  const complaints: string[] = [];
  const db = () => town.world.house.db;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    [town, browser] = await Promise.all([openTown(120, { publicUrl: url, wallClock }), launchBrowser(executable!)]);
    await town.app.listen({ port, host: "127.0.0.1" });
    [withThree = ""] = await town.firmsWithOffers(3);
    withTwo = (await town.firmsWithOffers(2)).filter((code) => code !== withThree);
    const several = [withThree, ...withTwo];
    const refunds = await db().entitlement.findMany({
      where: { policyId: REFUND, status: "offered" },
      orderBy: { firmCode: "asc" },
    });
    withOne = refunds.map(({ firmCode }) => firmCode).filter((code) => !several.includes(code));
    const refused = await db().decision.findMany({
      where: { policyId: REFUND, outcome: "ineligible" },
      orderBy: { firmCode: "asc" },
    });
    const layoffs = new Set(["hr.staffYearEnd", "ui.layoffRate", "ui.insuredHeadcount"]);
    fallingShort = refused
      .filter(({ trace }) => failedFacts(trace).every((fact) => layoffs.has(fact)))
      .map(({ firmCode }) => firmCode);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await town?.close();
  });

  test("of three benefits two are confirmed in one act and one is declined, each for itself", async () => {
    const page = await signedIn(loginOf(withThree));
    await page.goto(`${url}/offers`);
    const boxes = page.getByRole("checkbox");
    expect(await boxes.count()).toBe(3);
    await boxes.last().uncheck();
    const left = await boxes.last().getAttribute("value");
    await page.getByRole("button", confirmButton).click();
    expect(await page.locator("[aria-labelledby=contents] .rows > li").count()).toBe(2);
    await page.goto(`${url}/offers`);
    expect(await boxes.evaluateAll((all) => all.map((each) => each.getAttribute("value")))).toEqual([left]);
    await page.getByRole("link", { name: "暂不领取" }).click();
    await page.getByLabel("现在不需要").check();
    await page.getByRole("button", { name: "确定暂不领取" }).click();
    expect(await heading(page)).toBe("已记下：暂不领取");
    const rows = await db().entitlement.findMany({ where: { firmCode: withThree } });
    expect(rows.map(({ status }) => status).sort()).toEqual(["confirmed", "confirmed", "declined"]);
    await page.context().close();
  });

  test("an amount that a correction moved between two clicks is shown again with both, and agreed to by the next click", async () => {
    const [firm = ""] = withOne;
    const page = await signedIn(loginOf(firm));
    await page.goto(`${url}/offers`);
    const [before = ""] = await page.locator(".offer .yuan").allTextContents();
    const another = await page.context().newPage();
    await dispute(another, "ui.paidLastYear.employer", "100000.00", "少计了下半年");
    await correct("officer-tax", firm, "100000.00", "已补记");
    await page.getByRole("button", confirmButton).click();
    const told = (await page.getByRole("alert").textContent()) ?? "";
    const [after = ""] = await page.locator(".offer .yuan").allTextContents();
    expect(told).toContain("金额有更新，请重新核对");
    expect(after).not.toBe(before);
    expect(told).toContain(`${before} → ${after}`);
    expect(await db().consent.count({ where: { firmCode: firm } })).toBe(0);
    await fits(page);
    await page.getByRole("button", confirmButton).click();
    expect(await heading(page)).toBe("已确认领取");
    expect(await page.locator(".sum .yuan").textContent()).toBe(after);
    await page.context().close();
  });

  test("a wrong fact is disputed, corrected by its department, and the benefit offered to the firm", async () => {
    const [firm = ""] = fallingShort;
    const page = await signedIn(loginOf(firm));
    expect(await heading(page)).toBe("目前没有待确认的补贴");
    await dispute(page, "ui.layoffRate", "1", "退休人员不应计入");
    expect(await page.locator("[aria-labelledby=disputes]").textContent()).toContain("等部门答复");
    await correct("officer-hr", firm, "1", "退休人员已剔除");
    await page.goto(`${url}/my-data`);
    expect(await page.locator("[aria-labelledby=disputes]").textContent()).toContain("答复：退休人员已剔除");
    await page.goto(url);
    await page.getByRole("link", { name: "去核对并确认" }).click();
    await page.getByRole("button", confirmButton).click();
    expect(await heading(page)).toBe("已确认领取");
    await page.context().close();
  });

  test("a delegate beyond the cap is refused on the page, told who can, and nothing is lost", async () => {
    const [, firm = ""] = withOne;
    const boss = await signedIn(loginOf(firm));
    const key = await delegate(boss, "0.01");
    const page = await signedIn(key.login, key.password);
    await page.goto(`${url}/offers`);
    await page.getByRole("button", confirmButton).click();
    const told = (await page.getByRole("alert").textContent()) ?? "";
    expect(told).toContain("超过您的授权上限");
    expect(told).toContain("法定代表人");
    await fits(page);
    expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(1);
    expect(await db().consent.count({ where: { firmCode: firm } })).toBe(0);
    await page.context().close();
    await boss.context().close();
  });

  test("two colleagues with the same page open confirm once; the later one is led to the first one's receipt", async () => {
    const [, , firm = ""] = withOne;
    const boss = await signedIn(loginOf(firm));
    const key = await delegate(boss, "99999999.00");
    const colleague = await signedIn(key.login, key.password);
    await Promise.all([boss, colleague].map((page) => page.goto(`${url}/offers`)));
    await Promise.all([boss, colleague].map((page) => page.getByRole("button", confirmButton).click()));
    await Promise.all([boss, colleague].map((page) => page.waitForURL(/\/receipts\//)));
    expect(boss.url()).toBe(colleague.url());
    expect(await db().consent.count({ where: { firmCode: firm } })).toBe(1);
    await boss.context().close();
    await colleague.context().close();
  });

  test("a form of a session that is over, or of the one before, confirms nothing and says how to go on; then it works", async () => {
    const [, , , firm = ""] = withOne;
    const page = await signedIn(loginOf(firm));
    await page.goto(`${url}/offers`);
    const stale = await page.context().newPage();
    await stale.goto(`${url}/offers`);
    await page.context().clearCookies();
    await page.getByRole("button", confirmButton).click();
    expect(await heading(page)).toBe("您的登录已经结束");
    await page.getByRole("link", { name: "回到首页" }).click();
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await signIn(page, loginOf(firm), DEMO_PASSWORD);
    await stale.getByRole("button", confirmButton).click();
    expect(await heading(stale)).toBe("页面已经过期");
    expect(await stale.locator("main").textContent()).toContain("请返回后再提交一次，什么都没有丢");
    await fits(stale);
    expect(await db().consent.count({ where: { firmCode: firm } })).toBe(0);
    await stale.goto(`${url}/offers`);
    await stale.getByRole("button", confirmButton).click();
    expect(await heading(stale)).toBe("已确认领取");
    await page.context().close();
  });

  test("a window clerk confirms what is ticked on the paper, and the firm's receipt says where", async () => {
    const [firm = ""] = withTwo;
    const clerk = await signedIn("clerk");
    await clerk.goto(`${url}/desk/counter`);
    await clerk.getByLabel("统一社会信用代码").fill(firm);
    await clerk.getByLabel("办理人姓名").fill("王某某");
    await clerk.getByLabel("确认书编号").fill("QRS-2025-0117");
    await clerk.getByRole("button", { name: "打开" }).click();
    await fits(clerk);
    // Nothing is ticked beforehand: the paper says what was.
    expect(await clerk.getByRole("checkbox", { checked: true }).count()).toBe(0);
    await clerk.getByRole("checkbox").first().check();
    await clerk.getByLabel("我已核对办理人和确认书").check();
    await clerk.getByRole("button", { name: "按确认书确认" }).click();
    const [, receiptNo = ""] = /回执号 (\S+?)。/.exec((await clerk.getByRole("status").textContent()) ?? "") ?? [];
    await clerk.context().close();
    const page = await signedIn(loginOf(firm));
    await page.goto(`${url}/receipts/${receiptNo}`);
    expect(await page.locator("main").textContent()).toContain("政务大厅窗口");
    await page.goto(`${url}/offers`);
    expect(await page.getByRole("checkbox").count()).toBe(1);
    await page.context().close();
  });

  test("a bad rating opens a task with a clock; answered in time, it is closed, counted so, and the firm reads the answer", async () => {
    const [, , firm = ""] = withOne;
    const page = await signedIn(loginOf(firm));
    await page.locator("[aria-labelledby=under-way] .rows a").first().click();
    await page.locator("a[href$='/rate']").first().click();
    await page.getByLabel("不满意", { exact: true }).check();
    await page.getByLabel("为什么（可不填）").fill("电话没有人接");
    await page.getByRole("button", { name: "提交评价" }).click();
    await page.goto(`${url}/tickets`);
    expect(await page.locator("main").textContent()).toContain("待答复");
    await fits(page);
    const desk = await signedIn("operator");
    await desk.goto(`${url}/desk/grievances`);
    expect(await desk.locator("main").textContent()).toContain("按期整改 0 件");
    await desk.locator("table.data tbody a").first().click();
    expect(await desk.locator("main").textContent()).toContain("电话没有人接");
    await desk.getByLabel("给提出人的答复").fill("已增加值班");
    await desk.getByRole("button", { name: "属实，已改正" }).click();
    await desk.goto(`${url}/desk/grievances`);
    expect(await desk.locator("main").textContent()).toContain("按期整改 1 件");
    await desk.context().close();
    await page.goto(`${url}/tickets`);
    expect(await page.locator("main").textContent()).toContain("已增加值班");
    await page.context().close();
  });

  test("a firm that fell short qualifies by a new delivery, is told, and gets from the message to its receipt in three taps", async () => {
    const [, firm = ""] = fallingShort;
    const before = await signedIn(loginOf(firm));
    expect(await before.locator("[aria-labelledby=not-granted]").textContent()).toContain(REFUND_TITLE);
    await before.context().close();
    const bytes = new TextEncoder().encode(`统一社会信用代码,裁员率（%）\n${firm},1\n`);
    const file = { sourceId: "human-resources", fileName: "later.csv", bytes, asOf: "2025-11-02" as Day };
    const deps = { ...town.world.house, sources: town.world.sources };
    const received = await receiveDelivery(deps, { ...file, isPartial: true, importedBy: "account-operator" });
    expect(received.outcome).toBe("imported");
    // Through the next night, in which everybody is matched, to the hour at which firms are told.
    for (let moment = 0; moment < 6; moment += 1) await town.next();
    const page = await signedIn(loginOf(firm));
    await page.goto(`${url}/messages`);
    let taps = 0;
    const tap = async (target: ReturnType<Page["locator"]>) => {
      taps += 1;
      await target.click();
    };
    await tap(page.locator("a.unread").first());
    expect(await page.locator("main").textContent()).toContain(REFUND_TITLE);
    await tap(page.locator("main a.button[href='/offers']"));
    await tap(page.getByRole("button", confirmButton));
    expect([await heading(page), taps]).toEqual(["已确认领取", 3]);
    await page.context().close();
  });

  test("by keyboard alone a firm signs in, leaves a benefit out and confirms the other", async () => {
    const [, firm = ""] = withTwo;
    const page = await newPage();
    await page.goto(`${url}/sign-in`);
    await tabTo(page, "#login");
    await page.keyboard.type(loginOf(firm));
    await tabTo(page, "#password");
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/`);
    await tabTo(page, "a[href='/offers']");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/offers$/);
    await tabTo(page, "input[type=checkbox]");
    await page.keyboard.press("Space");
    await tabTo(page, "form[action='/confirm'] button.main");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/receipts\//);
    expect(await heading(page)).toBe("已确认领取");
    expect(await page.locator("[aria-labelledby=contents] .rows > li").count()).toBe(1);
    await page.context().close();
  });

  test("no page complained: no error, no breach of the content security policy", () => {
    expect(complaints).toEqual([]);
  });

  async function newPage(): Promise<Page> {
    const context = await browser.newContext({ ...phone, javaScriptEnabled: false, locale: "zh-CN" });
    context.on("console", (message) => {
      // Refusals are told as a page and seen by the test; the console notes their status on its own account.
      const refused = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !refused) complaints.push(message.text());
    });
    context.setDefaultTimeout(MOST_PATIENCE_MS);
    return context.newPage();
  }

  /** Signed in from a machine of its own: from one machine only so many may try in a minute. */
  async function signedIn(login: string, password = DEMO_PASSWORD): Promise<Page> {
    const machine = town.browser();
    await machine.signIn(login, password);
    const page = await newPage();
    await page.context().addCookies([...machine.cookies].map(([name, value]) => ({ name, value, url })));
    await page.goto(url);
    return page;
  }

  async function signIn(page: Page, login: string, password: string): Promise<void> {
    await page.goto(`${url}/sign-in`);
    await page.getByLabel("登录名").fill(login);
    await page.getByLabel("密码").fill(password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    // A click does not wait for its answer, and going on at once would take it back.
    await page.waitForURL(({ pathname }) => pathname !== "/sign-in");
    await fits(page);
  }

  async function dispute(page: Page, fact: string, claim: string, grounds: string): Promise<void> {
    await page.goto(`${url}/my-data`);
    await page.locator(`a[href*='/my-data/dispute?fact=${fact}']`).first().click();
    await page.getByLabel("您认为应当是").fill(claim);
    await page.getByLabel("为什么").fill(grounds);
    await page.getByRole("button", { name: "提出异议" }).click();
    await page.waitForURL(/\/my-data$/);
    await fits(page);
  }

  /** The department corrects the only open dispute of a firm; what follows from it has then happened. */
  async function correct(officer: string, firmCode: string, value: string, answer: string): Promise<void> {
    const { id } = await db().dispute.findFirstOrThrow({ where: { firmCode, status: "open" } });
    const desk = await signedIn(officer);
    await desk.goto(`${url}/desk/disputes`);
    await desk.locator(`a[href='/desk/disputes/${id}']`).click();
    await desk.getByLabel("更正为").fill(value);
    await desk.locator("#answer-correct").fill(answer);
    await desk.getByRole("button", { name: "更正并答复" }).click();
    await town.world.house.pump();
    await desk.context().close();
  }

  async function delegate(boss: Page, capYuan: string): Promise<Readonly<{ login: string; password: string }>> {
    await boss.goto(`${url}/delegates`);
    await boss.getByLabel("经办人姓名").fill("王会计");
    await boss.getByLabel("一次确认最多多少元").fill(capYuan);
    await boss.getByLabel("到期日").fill("2025-12-31");
    await boss.getByRole("button", { name: "授权", exact: true }).click();
    const [login = "", password = ""] = await boss.locator("[aria-labelledby=key] code").allTextContents();
    return { login, password };
  }
});

async function heading(page: Page): Promise<string> {
  return (await page.locator("h1").textContent()) ?? "";
}

/** Nothing sticks out to the right. */
async function fits(page: Page): Promise<void> {
  const [scrollWidth, clientWidth] = await page.evaluate(() => {
    const { scrollWidth: content, clientWidth: screen } = document.documentElement;
    return [content, screen];
  });
  expect([page.url(), scrollWidth]).toEqual([page.url(), clientWidth]);
}

/** Presses Tab until the focus is on what is wanted, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

type Traced = Readonly<{ result?: string; fact?: string; children?: readonly Traced[] }>;

/** The facts by which a decision failed. */
function failedFacts(trace: unknown): string[] {
  const { result, fact, children = [] } = trace as Traced;
  if (children.length > 0) return result === "true" ? [] : children.flatMap(failedFacts);
  return result === "false" && fact !== undefined ? [fact] : [];
}
