import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchBrowser } from "./browser.ts";
import { startDemo, type VisitedDemo } from "./visited-demo.ts";

/**
 * Two days of a benefit, walked by people in a real browser without JavaScript: two firms on a phone,
 * finance, an auditor and a passer-by. The tests are one story and stand in its order.
 *
 * With APPLY_FREE_SCREENSHOTS naming a directory the pictures of the README are written there.
 */

const executable = await findChromium();
if (executable === undefined) process.stderr.write("SKIPPED: the portal in a browser (no chromium on this machine)\n");

const pictures = process.env.APPLY_FREE_SCREENSHOTS;
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const desktop = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 };
/** Moments of the simulated clock within which everything asked for has happened. */
const MOST_MOMENTS = 40;

describe.skipIf(executable === undefined)("in a browser without JavaScript", () => {
  let demo: VisitedDemo;
  let browser: Browser;
  let shots: string;
  let firm: Page;
  let renamed: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    shots = pictures === undefined ? await mkdtemp(path.join(tmpdir(), "apply-free-shots-")) : path.resolve(pictures);
    [demo, browser] = await Promise.all([startDemo(pictures === undefined ? 100 : 500), launchBrowser(executable!)]);
    firm = await signedIn(loginOf("有多项补贴待确认"), phone);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
    if (pictures === undefined && shots) await rm(shots, { recursive: true, force: true });
  });

  test("a firm signs in with the printed account and sees why and how much, once asked with a single button", async () => {
    expect(await heading(firm)).toMatch(/^有 \d+ 项补贴等您确认$/);
    await firm.getByRole("link", { name: "去核对并确认" }).click();
    await picture(firm, "confirm-phone");
    const amounts = await firm.locator(".offer .yuan").allTextContents();
    expect(amounts.length).toBeGreaterThanOrEqual(2);
    expect(fenOf(await firm.locator(".total output").textContent())).toBe(
      amounts.reduce((sum, each) => sum + fenOf(each), 0n),
    );
    await firm.getByText("为什么我能领？").first().click();
    const [why = ""] = await firm.locator(".offer details[open]").allTextContents();
    expect(why).toMatch(/符合.*数据来自.*依据：/s);
    expect(why).toContain("金额怎么算：");
    expect(why).not.toMatch(/不符合|数据缺/);
    await fits(firm);
  });

  test("choosing nothing is told in words, and nothing is confirmed", async () => {
    for (const box of await firm.getByRole("checkbox").all()) await box.uncheck();
    await firm.getByRole("button", { name: "确认领取" }).click();
    expect(await firm.getByRole("alert").textContent()).toContain("请至少选择一项");
    expect(await firm.getByRole("checkbox").count()).toBeGreaterThanOrEqual(2);
    await fits(firm);
  });

  test("several benefits are confirmed in one act; pressing twice, going back and a forgotten tab repeat nothing", async () => {
    const forgotten = await firm.context().newPage();
    await forgotten.goto(`${demo.url}/offers`);
    await firm.goto(`${demo.url}/offers`);
    const count = await firm.getByRole("checkbox").count();
    await firm.getByRole("button", { name: "确认领取" }).dblclick();
    await settlesAt(firm, /\/receipts\//);
    expect(await heading(firm)).toBe("已确认领取");
    expect(await firm.locator("[aria-labelledby=contents] .rows > li").count()).toBe(count);
    await picture(firm, "receipt-phone");
    const receipt = new URL(firm.url()).pathname;

    await firm.goBack();
    expect(await heading(firm)).toBe("目前没有待确认的补贴");
    await forgotten.getByRole("button", { name: "确认领取" }).click();
    expect(new URL(forgotten.url()).pathname).toBe(receipt);
    // Closed in the middle of loading, the page sometimes never says that it is gone.
    await forgotten.waitForLoadState();
    await forgotten.close();

    await firm.goto(demo.url);
    expect(await firm.locator("[aria-labelledby=under-way] .rows > li").count()).toBe(count);
    await fits(firm);
  });

  test("another firm declines, keeps the right to change its mind, and leaves it", async () => {
    const other = await signedIn(loginOf("有一项补贴待确认"), phone);
    await other.goto(`${demo.url}/offers`);
    await other.getByRole("link", { name: "暂不领取" }).click();
    await fits(other);
    await other.getByLabel("现在不需要").check();
    await other.getByRole("button", { name: "确定暂不领取" }).click();
    expect(await heading(other)).toBe("已记下：暂不领取");
    await fits(other);
    await other.locator("[aria-labelledby=contents] a").click();
    expect(await other.getByRole("button", { name: "改变主意，重新打开" }).count()).toBe(1);
    await other.context().close();
  });

  test("a firm whose account stands under another name confirms as well; its bank will tell", async () => {
    renamed = await signedIn(loginOf("会被银行退回"), phone);
    await renamed.goto(`${demo.url}/offers`);
    await renamed.getByRole("button", { name: "确认领取" }).click();
    expect(await heading(renamed)).toBe("已确认领取");
  });

  test("a batch is approved by a second official, and not by its maker", async () => {
    const checker = await signedIn("checker", desktop);
    await untilSeen(checker, "/desk", "[aria-labelledby=tasks] a");
    await checker.locator("[aria-labelledby=tasks] a").first().click();
    const batch = checker.url();
    const maker = await signedIn("maker", desktop);
    await maker.goto(batch);
    expect(await maker.locator("main").textContent()).toContain("不能由您复核");
    expect(await maker.getByRole("button", { name: "复核通过并送银行" }).count()).toBe(0);
    await maker.context().close();
    await checker.getByRole("button", { name: "复核通过并送银行" }).dblclick();
    await settlesAt(checker, /done=approved/);
    expect(await checker.getByRole("status").textContent()).toContain("已复核");
    await checker.context().close();
  });

  test("the clock is moved until the money is there, and the firm confirms its arrival once", async () => {
    await untilSeen(firm, "/", "[aria-labelledby=paid] .rows a");
    await firm.locator("[aria-labelledby=paid] .rows a").first().click();
    await fits(firm);
    await firm.getByRole("button", { name: "到账确认" }).dblclick();
    await settlesAt(firm, /done=received/);
    expect(await firm.getByRole("status").textContent()).toContain("已记下到账确认");
    expect(await firm.locator("main .tag").first().textContent()).toBe("已到账");
    expect(await firm.getByRole("button", { name: "到账确认" }).count()).toBe(0);
    await fits(firm);
  });

  test("money that comes back is explained, the name corrected, and the same amount paid once more", async () => {
    await untilSeen(renamed, "/", "[aria-labelledby=under-way] .tag.bad");
    await renamed.locator("[aria-labelledby=under-way] .rows a").first().click();
    expect(await renamed.locator(".held-up").textContent()).toContain("银行退回：户名不一致。请改账户，不影响资格。");
    await fits(renamed);
    const ownName = await renamed.getByLabel("户名").inputValue();
    const present = (await renamed.getByText("现在的账户：").textContent()) ?? "";
    await renamed.getByLabel("户名").fill(present.split(" ").at(-1) ?? "");
    await renamed.getByRole("button", { name: "保存账户并重新拨付" }).click();
    expect(await renamed.getByRole("alert").textContent()).toContain("这正是银行退回的账户");
    await renamed.getByLabel("户名").fill(ownName);
    await renamed.getByRole("button", { name: "保存账户并重新拨付" }).dblclick();
    await settlesAt(renamed, /done=account-changed/);
    await fits(renamed);
    await untilSeen(renamed, "/", "[aria-labelledby=paid] .rows a");
    await renamed.context().close();
  });

  test("anyone may read the public list, and nobody in it is named in full", async () => {
    const passerBy = await pageIn(phone);
    await untilSeen(passerBy, "/results", "table.data tbody tr");
    const text = (await passerBy.locator("main").textContent()) ?? "";
    const [login, name] = [
      loginOf("有多项补贴待确认"),
      (demo.logins.get(loginOf("有多项补贴待确认")) ?? "").replace(/（.*/, ""),
    ];
    expect(text).toMatch(/\*\*\*\*/);
    for (const personal of [login, name, "会计", "示例第"]) expect(text).not.toContain(personal);
    await fits(passerBy);
    await passerBy.context().close();
  });

  test("an auditor finds the whole chain of the case on one page, and decides it again", async () => {
    const auditor = await signedIn("auditor", desktop);
    await auditor.goto(`${demo.url}/audit?q=${loginOf("有多项补贴待确认")}`);
    await auditor.locator("tr", { hasText: "已到账" }).first().getByRole("link").first().click();
    const links = await auditor.locator(".chain > li > h3").allTextContents();
    const names = [
      "到账确认",
      "公示",
      "支付（第 1 次）",
      "确认",
      "通知",
      "要约",
      "决定",
      "条件结果",
      "事实快照",
      "规则版本",
      "条款原文",
    ];
    expect(links.map((link, place) => link.startsWith(names[place] ?? "?"))).toEqual(names.map(() => true));
    expect(await auditor.locator(".chain > li.none").count()).toBe(0);
    expect(await auditor.locator(".chain > li", { hasText: "页面显示金额" }).count()).toBe(1);
    await auditor.getByRole("button", { name: "重算这项决定" }).click();
    expect(await auditor.getByRole("status").textContent()).toContain("重算一致");
    await fits(auditor);
    await auditor.setViewportSize(phone.viewport);
    await fits(auditor);

    await auditor.goto(`${demo.url}/audit?q=${loginOf("会被银行退回")}`);
    await auditor.locator("tr", { hasText: "已拨付" }).first().getByRole("link").first().click();
    const payments = await auditor.locator(".chain > li > h3", { hasText: "支付" }).allTextContents();
    expect(payments).toEqual(["支付（第 2 次） 已入账", "支付（第 1 次） 银行退回"]);
    expect(await auditor.locator(".chain").textContent()).toContain("BE01 户名不一致");
    await auditor.context().close();
  });

  test("an official sees on the desk how far everything is", async () => {
    const checker = await signedIn("checker", desktop);
    expect(await heading(checker)).toBe("总览");
    // A picture of a house at work: with a batch to approve.
    if (pictures !== undefined) await untilSeen(checker, "/desk", "[aria-labelledby=tasks] a");
    await picture(checker, "desk");
    await checker.setViewportSize(phone.viewport);
    await fits(checker);
  });

  test("no page complained: no error, no breach of the content security policy", () => {
    expect(complaints).toEqual([]);
  });

  function loginOf(who: string): string {
    const [login] = [...demo.logins].find(([, printed]) => printed.includes(who)) ?? [];
    if (login === undefined) throw new Error(`the demo printed nobody with “${who}”`);
    return login;
  }

  async function pageIn(screen: typeof phone): Promise<Page> {
    const context = await browser.newContext({ ...screen, javaScriptEnabled: false, locale: "zh-CN" });
    const page = await context.newPage();
    page.on("console", (message) => {
      // Refusals are told as a page and seen by the test; the console notes their status on its own account.
      const refused = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !refused) complaints.push(`${page.url()} ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()} ${error.message}`));
    return page;
  }

  async function signedIn(login: string, screen: typeof phone): Promise<Page> {
    const page = await pageIn(screen);
    await page.goto(`${demo.url}/sign-in`);
    await page.getByLabel("登录名").fill(login);
    await page.getByLabel("密码").fill(demo.password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    // A click does not wait for its answer, and going on at once would take it back.
    await page.waitForURL(({ pathname }) => pathname !== "/sign-in");
    await fits(page);
    return page;
  }

  /** Moves the simulated clock from the demo's page until a page shows what is waited for. */
  async function untilSeen(page: Page, address: string, selector: string): Promise<void> {
    for (let moments = 0; moments < MOST_MOMENTS; moments += 1) {
      await page.goto(demo.url + address);
      if ((await page.locator(selector).count()) > 0) return;
      await page.goto(`${demo.url}/demo`);
      await page.getByRole("button", { name: "到下一件事" }).click();
    }
    throw new Error(`${selector} did not come up on ${address} within ${MOST_MOMENTS} moments`);
  }

  async function picture(page: Page, name: string): Promise<void> {
    await fits(page);
    await page.screenshot({ path: path.join(shots, `${name}.png`) });
  }
});

/** After a double click: its second answer takes the place of the first, which waiting for one navigation calls a failure. */
async function settlesAt(page: Page, address: RegExp): Promise<void> {
  await expect.poll(() => page.url(), { timeout: 60_000 }).toMatch(address);
}

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

/** `200,000.00 元` → 20000000n */
function fenOf(text: string | null): bigint {
  return BigInt((text ?? "").replace(/[^\d]/g, ""));
}
