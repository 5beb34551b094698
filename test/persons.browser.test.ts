import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PASSWORD } from "../packages/service/src/demo/demo-people.ts";
import { samplePersons } from "../packages/service/src/demo/sample-persons.ts";
import { openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";
import { findChromium, launchBrowser } from "./browser.ts";
import { freePort } from "./visited-demo.ts";

/**
 * Benefits of natural persons, walked on a phone in a real browser without JavaScript: a person for herself, a mother
 * for her son, somebody whose business neither is. The tests are one story and stand in its order.
 */

const executable = await findChromium();
if (executable === undefined) process.stderr.write("SKIPPED: persons in a browser (no chromium on this machine)\n");

const { cared, mother, child, stranger } = samplePersons;
/** Moments of the simulated clock within which the money is there. */
const MOST_MOMENTS = 40;

describe.skipIf(executable === undefined)("in a browser without JavaScript", () => {
  let town: Town;
  let browser: Browser;
  let url: string;
  let person: Page;
  let receiptOfChild: string;
  const complaints: string[] = [];
  const texts: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const visited = { publicUrl: url, wallClock: { now: () => new Date() } };
    [town, browser] = await Promise.all([openTown(120, visited, true), launchBrowser(executable!)]);
    await town.app.listen({ port, host: "127.0.0.1" });
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await town?.close();
  });

  test("a person signs in with her identity number, sees why and how much, and confirms with one button", async () => {
    person = await signedIn(cared.identityNo);
    expect(await heading(person)).toBe("有 1 项补贴等您确认");
    await person.getByRole("link", { name: "去核对并确认" }).click();
    expect(await person.locator(".offer .yuan").allTextContents()).toEqual(["720.00 元"]);
    await person.getByText("为什么我能领？").click();
    const why = await read(person);
    expect(why).toMatch(/重度残疾人护理补贴 是数据来自.*残疾人联合会.*依据：一（二）/s);
    expect(why).not.toMatch(/数据来自[^，]*[a-z]/);
    await person.getByRole("button", { name: "确认领取" }).click();
    expect(await heading(person)).toBe("已确认领取");
  });

  test("her receipt is one A4 page, and names her and no number of hers", async () => {
    const text = await read(person);
    expect(text).toContain(cared.name);
    expect(text).not.toMatch(/P[0-9A-F]{24}|企业|信用代码/);
    const pdf = (await person.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  test("a guardian is set down at the window and checked by somebody else before anything is hers to do", async () => {
    const clerk = await signedIn("clerk");
    await clerk.goto(`${url}/desk/guardianships`);
    await clerk.getByLabel("被监护人公民身份号码").fill(child.identityNo);
    await clerk.getByLabel("监护人公民身份号码", { exact: true }).fill(mother.identityNo);
    await clerk.getByLabel("文书编号").fill("JH-2025-0001");
    await clerk.getByLabel("一次确认最多多少元").fill("2000.00");
    await clerk.getByLabel("到期日").fill("2026-06-30");
    await clerk.getByRole("button", { name: "登记" }).click();
    expect(await clerk.getByRole("status").textContent()).toContain("等待核对");
    expect(await clerk.getByRole("button", { name: "已看过文书" }).count()).toBe(0);
    await fits(clerk);
    const operator = await signedIn("operator");
    await operator.goto(`${url}/desk/guardianships`);
    await operator.getByRole("button", { name: "已看过文书" }).click();
    expect(await operator.getByRole("status").textContent()).toContain("可以代办");
    await read(operator);
  });

  test("the guardian acts for her son, within her bounds, and turns back to her own affairs", async () => {
    const page = await signedIn(mother.identityNo);
    expect(await heading(page)).toBe("目前没有待确认的补贴");
    await fits(page);
    await page.getByRole("button", { name: new RegExp(`代为办理.*${child.name}`) }).click();
    expect(await page.locator(".who").textContent()).toContain(`${mother.name}（监护人）`);
    await page.getByRole("link", { name: "去核对并确认" }).click();
    expect(await page.locator("[aria-labelledby=bounds]").textContent()).toContain("2,000.00");
    await fits(page);
    await page.getByRole("button", { name: "确认领取" }).click();
    expect(await page.locator(".sum .yuan").textContent()).toBe("1,440.00 元");
    receiptOfChild = page.url();
    await fits(page);
    await page.getByRole("button", { name: "回到我自己的" }).click();
    expect(await page.locator(".who").textContent()).not.toContain("监护人");
    await page.goto(receiptOfChild);
    expect(await heading(page)).toBe("没有找到这个页面");
  });

  test("to somebody else the child's receipt does not exist, signed in or not", async () => {
    const page = await signedIn(stranger.identityNo);
    await page.goto(receiptOfChild);
    expect(await heading(page)).toBe("没有找到这个页面");
    expect(await read(page)).not.toContain(child.name);
    const passerBy = await newPage();
    await passerBy.goto(receiptOfChild);
    expect(await heading(passerBy)).toBe("登录");
  });

  test("both are paid, she confirms the arrival, and the public list names neither", async () => {
    for (let moment = 0; moment < MOST_MOMENTS; moment += 1) {
      await person.goto(url);
      if ((await person.locator("[aria-labelledby=paid] .rows a").count()) > 0) break;
      await town.next();
    }
    await person.locator("[aria-labelledby=paid] .rows a").click();
    await person.getByRole("button", { name: "到账确认" }).click();
    expect(await person.getByRole("status").textContent()).toContain("已记下到账确认");
    await read(person);
    for (let moment = 0; moment < MOST_MOMENTS; moment += 1) {
      await person.goto(`${url}/results`);
      if ((await read(person)).includes("残疾人两项补贴")) break;
      await town.next();
    }
    const list = await read(person);
    expect(list).toContain("****");
    for (const { name } of [cared, child, mother]) expect(list).not.toContain(name);
  });

  test("no page held an identity number or a whole account number, and none complained", () => {
    expect(texts.length).toBeGreaterThan(5);
    for (const { identityNo, account, phone } of Object.values(samplePersons)) {
      for (const secret of [identityNo, account.accountNo, phone]) {
        expect(texts.filter((text) => text.includes(secret))).toEqual([]);
      }
    }
    expect(complaints).toEqual([]);
  });

  async function newPage(): Promise<Page> {
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ viewport, javaScriptEnabled: false, locale: "zh-CN" });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      // Refusals are told as a page and seen by the test; the console notes their status on its own account.
      const refused = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !refused) complaints.push(`${page.url()} ${message.text()}`);
    });
    return page;
  }

  async function signedIn(login: string): Promise<Page> {
    const page = await newPage();
    await page.goto(`${url}/sign-in`);
    await page.getByLabel("登录名").fill(login);
    await page.getByLabel("密码").fill(DEMO_PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    // A click does not wait for its answer, and going on at once would take it back.
    await page.waitForURL(({ pathname }) => pathname !== "/sign-in");
    return page;
  }

  /** What the page says, its source included; kept for the last test. */
  async function read(page: Page): Promise<string> {
    await fits(page);
    texts.push(await page.content());
    return (await page.locator("main").textContent()) ?? "";
  }

  async function fits(page: Page): Promise<void> {
    const [content, screen] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return [scrollWidth, clientWidth];
    });
    expect([page.url(), content]).toEqual([page.url(), screen]);
  }
});

async function heading(page: Page): Promise<string> {
  return (await page.locator("h1").textContent()) ?? "";
}
