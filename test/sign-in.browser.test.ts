import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchBrowser } from "./browser.ts";
import { startDemo, type VisitedDemo } from "./visited-demo.ts";

/** The ways in and out of a demonstration, in a real browser without JavaScript, with a real identity provider. */

const executable = await findChromium();
if (executable === undefined)
  process.stderr.write("SKIPPED: signing in with a browser (no chromium on this machine)\n");

describe.skipIf(executable === undefined)("in a browser without JavaScript", () => {
  let demo: VisitedDemo;
  let browser: Browser;
  let firm: string;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(100), launchBrowser(executable!)]);
    [firm = ""] = [...demo.logins].find(([, who]) => who.includes("有多项补贴待确认")) ?? [];
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  async function visitor(): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: "zh-CN" });
    return context.newPage();
  }
  const heading = (page: Page) => page.locator("h1").first().textContent();

  test("a representative signs in at the provider, lands on the page that was wanted, and signs out at both", async () => {
    const page = await visitor();
    await page.goto(`${demo.url}/offers`);
    await page.getByRole("link", { name: "用统一身份认证登录" }).click();
    expect(new URL(page.url()).origin).not.toBe(demo.url);
    expect(await heading(page)).toContain("全部虚构");
    await page.getByRole("button", { name: firm }).click();
    expect(page.url()).toBe(`${demo.url}/offers`);
    expect(await page.getByRole("checkbox").count()).toBeGreaterThanOrEqual(2);

    await page.getByRole("link", { name: "我的登录" }).click();
    expect(await page.locator("main").textContent()).toContain("统一身份认证");
    await page.getByRole("button", { name: "退出", exact: true }).click();
    // From our page to the provider's, which asks once more.
    await page.getByRole("button", { name: "也从这里退出" }).click();
    expect(page.url()).toBe(`${demo.url}/signed-out`);
    await page.goto(`${demo.url}/offers`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.context().close();
  });

  test("an official comes in by identity to the desk of its office", async () => {
    const page = await visitor();
    await page.goto(`${demo.url}/sign-in/identity`);
    await page.getByRole("button", { name: "财政复核岗 · finance-checker" }).click();
    expect(new URL(page.url()).pathname).toBe("/desk");
    await page.context().close();
  });

  test("whoever cancels at the provider is told so, and has the other ways before it", async () => {
    const page = await visitor();
    await page.goto(`${demo.url}/sign-in/identity`);
    await page.getByRole("button", { name: "取消" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("您取消了统一身份认证");
    expect(await page.getByRole("link", { name: "收验证码登录" }).count()).toBe(1);
    await page.context().close();
  });

  test("a code comes by mail, is typed where it was asked for, and takes the firm in", async () => {
    const page = await visitor();
    await page.goto(`${demo.url}/sign-in`);
    await page.getByRole("link", { name: "收验证码登录" }).click();
    await page.getByLabel("统一社会信用代码").fill(firm);
    await page.getByRole("button", { name: "发送验证码" }).click();
    expect(await heading(page)).toBe("填写验证码");
    let code = "";
    await expect
      .poll(async () => {
        const mails = await (await fetch(`${demo.url}/demo`)).text();
        code = /登录验证码 (\d{6})/.exec(mails)?.[1] ?? "";
        return code;
      })
      .toMatch(/^\d{6}$/);
    await page.getByLabel("6 位验证码").fill(code);
    await page.getByRole("button", { name: "登录" }).click();
    expect(await heading(page)).toMatch(/^有 \d+ 项补贴等您确认$/);
    await page.context().close();
  });

  test("at a terminal the next person finds nothing of the one before", async () => {
    const page = await visitor();
    await page.goto(`${demo.url}/kiosk`);
    await page.getByRole("link", { name: "登录", exact: true }).last().click();
    expect(await page.locator("#login").getAttribute("autocomplete")).toBe("off");
    await page.getByLabel("登录名").fill(firm);
    await page.getByLabel("密码").fill(demo.password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.goto(`${demo.url}/my-data?lang=en`);
    await page.getByRole("button", { name: "Sign out" }).click();
    expect(new URL(page.url()).pathname).toBe("/kiosk/end");
    expect(await page.context().cookies()).toEqual([]);
    await page.goBack();
    // The page of a demonstration lists every firm, so what a stranger is shown there is the measure.
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    const stranger = await visitor();
    await stranger.goto(`${demo.url}/my-data?lang=en`);
    expect(await page.locator("body").textContent()).toBe(await stranger.locator("body").textContent());
    expect(await page.locator("#login").inputValue()).toBe("");
    await stranger.context().close();
    await page.context().close();
  });
});
