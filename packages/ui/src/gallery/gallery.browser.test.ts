import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchBrowser } from "../../../../test/browser.ts";
import { gallery } from "./gallery.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { answer, contentSecurityPolicy } from "./gallery-server.ts";
import { portalPages } from "./portal-pages.ts";

const executable = await findChromium();
if (executable === undefined) process.stderr.write("SKIPPED: pages in a browser (no chromium on this machine)\n");

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/**
 * At 320 px the layout is that of 390 px, only tighter, and no style sheet tells the two apart (a test of theirs holds
 * it): only rules that look at where things lie can answer otherwise there.
 */
const rulesOfPlace = {
  type: "rule" as const,
  values: ["target-size", "scrollable-region-focusable", "color-contrast"],
};
const widths = [320, 390, 1440];
const readers = ["", "?lang=en", "?large=1", "?lang=en&large=1"];
/** Pages by three widths, two languages and two text sizes, on a machine that does other things too. */
const NO_HURRY_MS = 1_800_000;
/** With APPLY_FREE_PAGES naming some pages, only these are checked: for who works on one of them. */
const wanted = new RegExp(process.env.APPLY_FREE_PAGES ?? "");

describe.skipIf(executable === undefined)("in a browser", () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(executable!);
    page = await pageIn(browser);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  });
  afterAll(() => browser?.close());

  test.each(gallery.map(({ name }) => name))(
    "%s loads under the content security policy without complaint",
    async (name) => {
      complaints = [];
      await page.goto(`http://pages.test/${name}`);
      expect(complaints).toEqual([]);
    },
  );

  describe("every page, every detail open, in both languages and text sizes", () => {
    let tabs: readonly Tab[];
    beforeAll(async () => {
      tabs = await Promise.all([openTab(browser, "portal"), openTab(browser, "desk")]);
    });

    test("is checked by something that finds what is wrong", async () => {
      const bad = '<img src="/x.png"><p class="bad-width">x</p><button></button>';
      const [tab] = tabs;
      await tab!.page.setViewportSize({ width: 320, height: 800 });
      const wrong = renderedIn("")(gallery[0]!).replace("</main>", `${bad}</main>`);
      await show(tab!.page, wrong);
      const found = (await violations(tab!.page)).map((each) => each.split(":")[0]);
      expect(found).toEqual(expect.arrayContaining(["image-alt", "button-name"]));
      await tab!.page.evaluate(() => {
        document.querySelector<HTMLElement>(".bad-width")!.style.width = "500px";
      });
      expect(await tooWide(tab!.page)).not.toEqual([]);
    });

    // One tab for each style sheet, each filled with one page after the other: nothing is loaded twice.
    test.each(widths)(
      "breaks no rule of accessibility and no width at %i px",
      async (width) => {
        const found = await Promise.all(tabs.map((tab) => findingsAt(tab, width)));
        expect(found.flat()).toEqual([]);
      },
      NO_HURRY_MS,
    );
  });

  test("on the portal whatever is pressed is at least 44 px high, except links within sentences", async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    for (const { name } of portalPages) {
      await page.goto(`http://pages.test/${name}`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, summary, nav a, .button, .choice, select, input[type=text]")]
          .filter((element) => element.getBoundingClientRect().height < 43.5)
          .map((element) => `${element.tagName} ${element.textContent}`),
      );
      expect(small, name).toEqual([]);
    }
  });

  test.each(readers)(
    "on a phone the menu of a firm is one line, in Chinese whole without moving it (%s)",
    async (reader) => {
      await page.setViewportSize({ width: 390, height: 800 });
      await page.goto(`http://pages.test/home${reader}`);
      const [tops, isWhole] = await page.evaluate(() => {
        const list = document.querySelector(".menu ul")!;
        const links = [...list.querySelectorAll("a")];
        return [links.map((link) => link.getBoundingClientRect().top), list.scrollWidth <= list.clientWidth] as const;
      });
      expect(tops.length).toBeGreaterThan(4);
      expect(new Set(tops).size).toBe(1);
      if (reader === "") expect(isWhole).toBe(true);
    },
  );

  test("every figure of a fund is reached by Tab, shows that it has the focus, and is opened by Enter", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto("http://pages.test/funds");
    const figures = await page.locator("main section:first-of-type dl a").count();
    const reached = new Set<string>();
    const wanted = "/desk/funds/refund-2025?account=paid";
    for (let press = 0; press < 60 && reached.size < figures; press += 1) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element?.matches("main section:first-of-type dl a")) return undefined;
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        return { href: element.getAttribute("href") ?? "", isShown: outlineStyle !== "none" || boxShadow !== "none" };
      });
      if (focused === undefined) continue;
      expect(focused.isShown, focused.href).toBe(true);
      reached.add(focused.href);
    }
    expect([reached.size, reached.has(wanted)]).toEqual([figures, true]);
    await page.locator(`a[href="${wanted}"]`).focus();
    const asked = page.waitForRequest((request) => request.url().endsWith(wanted));
    await page.keyboard.press("Enter");
    expect((await asked).method()).toBe("GET");
    await page.waitForLoadState();
    complaints = [];
  });

  test("the bar with the total never covers what has the focus", async () => {
    await page.setViewportSize({ width: 390, height: 700 });
    await page.goto("http://pages.test/confirm");
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press("Tab");
      const covered = await page.evaluate(() => {
        const focused = document.activeElement;
        const bar = document.querySelector(".total");
        if (!focused || !bar || bar.contains(focused) || focused === document.body) return undefined;
        const box = focused.getBoundingClientRect();
        const over = bar.getBoundingClientRect();
        return box.bottom > over.top + 1 && box.top < Math.min(over.bottom - 1, innerHeight)
          ? focused.outerHTML.slice(0, 80)
          : undefined;
      });
      expect(covered).toBeUndefined();
    }
  });

  test("unticking a benefit takes its amount off the total", async () => {
    await page.goto("http://pages.test/confirm");
    const total = () => page.locator(".total p").first().textContent();
    expect(await total()).toBe("已选 3 项合计 1,020,840.00 元");
    await page.getByRole("checkbox", { name: "智能制造称号级差奖励" }).press("Space");
    expect(await total()).toBe("已选 2 项合计 20,840.00 元");
  });

  test("an error takes the focus without JavaScript, and the total then says that it is for all", async () => {
    const plain = await pageIn(browser, { javaScriptEnabled: false });
    await plain.goto("http://pages.test/confirm-nothing-chosen");
    expect(await plain.locator(".problem:focus").count()).toBe(1);
    expect(await plain.locator(".total p").first().textContent()).toBe("全部 3 项合计 1,020,840.00 元");
    await plain.context().close();
  });

  test.each(["receipt", "receipt-longest"])(
    "a %s prints on exactly one A4 page, in both languages and text sizes",
    async (name) => {
      for (const reader of readers) {
        await page.goto(`http://pages.test/${name}${reader}`);
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
        expect(pdf.match(/\/Type\s*\/Page\b/g), reader).toHaveLength(1);
        const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
        // A4 in points, to the pixel to which the browser rounds it.
        expect([Math.round(Number(width)), Math.round(Number(height))], reader).toEqual([595, 842]);
      }
    },
  );
});

async function pageIn(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "zh-CN", ...options });
  await context.route("**/*", async (route) => {
    await route.fulfill({
      ...answer(route.request().url()),
      headers: { "content-security-policy": contentSecurityPolicy },
    });
  });
  return context.newPage();
}

type Surface = "portal" | "desk";
type Tab = Readonly<{ page: Page; pages: readonly GalleryPage[] }>;

const renderedIn =
  (reader: string) =>
  ({ name }: GalleryPage): string =>
    answer(`http://pages.test/${name}${reader}`).body;

/** A tab with the style sheet of a surface and the checker in it, for all pages of that surface. */
async function openTab(browser: Browser, surface: Surface): Promise<Tab> {
  const isOfSurface = new RegExp(`^<!doctype html><html [^>]*class="${surface}\\b`);
  const pages = gallery.filter((each) => isOfSurface.test(renderedIn("")(each)));
  const page = await pageIn(browser);
  await page.goto(`http://pages.test/${pages[0]?.name}`);
  await page.evaluate(axeSource);
  return { page, pages: pages.filter(({ name }) => wanted.test(name)) };
}

async function findingsAt({ page, pages }: Tab, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  const findings: string[] = [];
  for (const each of pages) {
    for (const reader of readers) {
      await show(page, renderedIn(reader)(each));
      const found = [...(await violations(page, width === 320 ? rulesOfPlace : rules)), ...(await tooWide(page))];
      // Large text is a quarter larger already: 200 % is of the text as it is for everybody.
      if (width === 320 && !reader.includes("large")) found.push(...(await tooWideAtTwiceTheSize(page)));
      findings.push(...found.map((what) => `${each.name}${reader} at ${width} px: ${what}`));
    }
  }
  return findings;
}

/** Puts a page of the same surface in the place of the one before it, every detail open. */
async function show(page: Page, html: string): Promise<void> {
  await page.evaluate((text) => {
    const next = new DOMParser().parseFromString(text, "text/html");
    const { documentElement: root } = document;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    for (const details of document.querySelectorAll("details")) details.open = true;
    scrollTo(0, 0);
  }, html);
}

async function tooWideAtTwiceTheSize(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const { style } = document.documentElement;
    style.fontSize = `${2 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)}px`;
  });
  return (await tooWide(page)).map((what) => `at twice the text size ${what}`);
}

async function violations(page: Page, runOnly: axe.RunOptions["runOnly"] = rules): Promise<string[]> {
  const { violations: found } = await page.evaluate(async (wantedRules) => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    // No style sheet speaks of the orientation (see the test of the style sheets), so that none has to be read for it.
    return engine.run(document, { runOnly: wantedRules, resultTypes: ["violations"], preload: false });
  }, runOnly);
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** What sticks out to the right of the screen. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 120))
      .slice(0, 5);
  });
}
