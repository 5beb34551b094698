import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fundFlat, matchAt, publishFlat } from "../packages/service/src/testing-flat-policy.prisma.ts";
import { loginOf, openTown, type Town } from "../packages/service/src/testing-town.prisma.ts";
import { findChromium, launchBrowser } from "./browser.ts";
import { freePort } from "./visited-demo.ts";

/** Two benefits of which a firm may have one: what it picks in a real browser, with JavaScript and without. */

const executable = await findChromium();
if (executable === undefined) process.stderr.write("SKIPPED: choices in a browser (no chromium on this machine)\n");

const SMALLER = "1,000.00 元";
const LARGER = "1,500.00 元";

describe.skipIf(executable === undefined)("of two benefits that exclude each other", () => {
  let town: Town;
  let browser: Browser;
  let url: string;
  let firms: readonly string[];
  const complaints: string[] = [];
  const db = () => town.world.house.db;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const visited = { publicUrl: url, wallClock: { now: () => new Date() } };
    [town, browser] = await Promise.all([openTown(120, visited), launchBrowser(executable!)]);
    await fundFlat(town, "test-choice");
    const exclusive = { name: "either", clause: "二", exclusive: { with: ["test-larger"], during: "calendarYear" } };
    await publishFlat(town, { id: "test-smaller", amount: 1000, stacking: [exclusive], budgetLine: "test-choice" });
    await publishFlat(town, { id: "test-larger", amount: 1500, stacking: [], budgetLine: "test-choice" });
    await matchAt(town, 1);
    await town.app.listen({ port, host: "127.0.0.1" });
    const offered = await db().entitlement.findMany({ where: { policyId: "test-smaller", status: "offered" } });
    const payable = await db().bankAccount.findMany({ where: { status: "active" }, select: { firmCode: true } });
    const known = new Set(payable.map(({ firmCode }) => firmCode));
    firms = offered
      .map(({ firmCode }) => firmCode)
      .filter((code) => known.has(code))
      .sort();
    expect(firms.length).toBeGreaterThan(3);
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await town?.close();
  });

  test("the larger is picked beforehand, the page says what the other comes to less, and one button takes it", async () => {
    const page = await signedIn(firms[0]!, false);
    expect(await picked(page)).toEqual(["test-larger"]);
    expect(await page.locator(".one-of").textContent()).toContain("比建议方案少 500.00 元");
    await fits(page);
    await page.getByRole("button", { name: "确认领取" }).click();
    expect(await page.locator("[aria-labelledby=contents]").textContent()).toContain(LARGER);
    expect(await statusesOf(firms[0]!)).toEqual({ "test-larger": "confirmed", "test-smaller": "withdrawn" });
  });

  test("the smaller is taken on purpose, without JavaScript, and the larger then goes", async () => {
    const page = await signedIn(firms[1]!, false);
    await page.getByRole("radio", { name: "test-smaller" }).check();
    expect(await picked(page)).toEqual(["test-smaller"]);
    await page.getByRole("button", { name: "确认领取" }).click();
    const receipt = (await page.locator("[aria-labelledby=contents]").textContent()) ?? "";
    expect([receipt.includes(SMALLER), receipt.includes(LARGER)]).toEqual([true, false]);
    expect(await statusesOf(firms[1]!)).toEqual({ "test-larger": "withdrawn", "test-smaller": "confirmed" });
  });

  test("with JavaScript the total follows the pick, and none of them can be picked too", async () => {
    const page = await signedIn(firms[2]!, true);
    const total = async () => fenOf(await page.locator(".total output").textContent());
    const before = await total();
    await page.getByRole("radio", { name: "test-smaller" }).check();
    expect(before - (await total())).toBe(50_000n);
    await page.getByRole("radio", { name: "这几项先都不领" }).check();
    expect(before - (await total())).toBe(150_000n);
    for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
    await page.getByRole("button", { name: "确认领取" }).click();
    expect(await page.getByRole("alert").textContent()).toContain("请至少选择一项");
    expect(await page.getByRole("radio", { name: "这几项先都不领" }).isChecked()).toBe(true);
  });

  test("a firm that has put the larger off changes to it before the deadline", async () => {
    const page = await signedIn(firms[3]!, false);
    await page.getByRole("link", { name: "暂不领取 test-larger" }).click();
    for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
    await page.getByRole("checkbox", { name: "test-larger" }).check();
    await page.getByLabel("现在不需要").check();
    await page.getByRole("button", { name: "确定暂不领取" }).click();
    await page.locator("[aria-labelledby=contents] a").click();
    await page.getByRole("button", { name: "改变主意，重新打开" }).click();
    await page.goto(`${url}/offers`);
    expect(await picked(page)).toEqual(["test-larger"]);
    await page.getByRole("button", { name: "确认领取" }).click();
    expect(await statusesOf(firms[3]!)).toEqual({ "test-larger": "confirmed", "test-smaller": "withdrawn" });
  });

  test("no page complained: no error, no breach of the content security policy", () => {
    expect(complaints).toEqual([]);
  });

  async function signedIn(firm: string, javaScriptEnabled: boolean): Promise<Page> {
    const machine = town.browser();
    await machine.signIn(loginOf(firm));
    const viewport = { width: 390, height: 844 };
    const context = await browser.newContext({ viewport, javaScriptEnabled, locale: "zh-CN" });
    context.setDefaultTimeout(120_000);
    context.on("console", (message) => {
      const refused = /^Failed to load resource: .* status of 4\d\d/.test(message.text());
      if (["error", "warning"].includes(message.type()) && !refused) complaints.push(message.text());
    });
    await context.addCookies([...machine.cookies].map(([name, value]) => ({ name, value, url })));
    const page = await context.newPage();
    await page.goto(`${url}/offers`);
    return page;
  }

  /** Policies of the radios that are picked. */
  async function picked(page: Page): Promise<string[]> {
    const ids = await page.locator("input[type=radio]:checked").evaluateAll((all) => {
      return all.map((radio) => (radio as HTMLInputElement).value);
    });
    const rows = await db().entitlement.findMany({ where: { id: { in: ids } }, select: { policyId: true } });
    return rows.map(({ policyId }) => policyId);
  }

  async function statusesOf(firmCode: string): Promise<Record<string, string>> {
    await town.world.house.pump();
    const rows = await db().entitlement.findMany({ where: { firmCode, policyId: { startsWith: "test-" } } });
    return Object.fromEntries(rows.map(({ policyId, status }) => [policyId, status]));
  }
});

async function fits(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  expect(content).toBe(screen);
}

/** `1,500.00 元` → 150000n */
function fenOf(text: string | null): bigint {
  return BigInt((text ?? "").replace(/[^\d]/g, ""));
}
