import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Lang } from "../kit/page-context.ts";
import { staticAssets } from "../kit/static-assets.ts";
import { gallery } from "./gallery.ts";
import type { GalleryPage } from "./gallery-page.ts";
import { portalPages } from "./portal-pages.ts";

const languages = ["zh", "en"] as const;
const han = /\p{Script=Han}/u;

const rendered = new Map<string, string>();
function htmlOf({ name, render }: GalleryPage, lang: Lang, largeText = false): string {
  const key = `${name} ${lang} ${largeText}`;
  const html = rendered.get(key) ?? render({ lang, largeText, path: `/${name}?q=1`, csrfToken: "token-1" });
  rendered.set(key, html);
  return html;
}

/** What a reader sees, without tags; blocks end a line. */
const textOf = (html: string) =>
  html
    .replace(/<head>.*?<\/head>/s, "")
    .replace(/<\/(?:p|li|dt|dd|h\d|td|th|a|button|label|option|legend|summary)>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

const withoutChinese = (html: string) => html.replace(/<(\w+)\b[^>]*\blang="zh-CN"[^>]*>.*?<\/\1>/gs, "");

// React speaks here about missing keys, unknown attributes and wrong nesting.
const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
afterEach(() => {
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockClear();
});

describe.each(gallery.map((page) => [page.name, page] as const))("%s", (_name, page) => {
  test.each(languages)("is a whole document with one main heading (%s)", (lang) => {
    const html = htmlOf(page, lang);
    expect(html.slice(0, 40)).toContain(`<!doctype html><html lang="${lang === "zh" ? "zh-CN" : "en"}"`);
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html.match(/<main /g)).toHaveLength(1);
    expect(html.match(/<title>[^<]+<\/title>/)).not.toBeNull();
  });

  test.each(languages)("has no inline style, script or handler (%s)", (lang) => {
    const inline = /<[^>]+\sstyle=|<style|<script(?![^>]*\bsrc=)|<[^>]+\son[a-z]+=/;
    expect(inline.exec(htmlOf(page, lang))?.[0]).toBeUndefined();
  });

  test("sends the token with every form that changes something, and never in an address", () => {
    for (const [form] of htmlOf(page, "zh").matchAll(/<form\b.*?<\/form>/gs)) {
      const sendsToken = form.includes('<input type="hidden" name="_csrf" value="token-1"/>');
      expect(sendsToken, form).toBe(/^<form[^>]* method="post"/.test(form));
    }
  });

  test("gives each element its own id, and labels point at one", () => {
    const html = htmlOf(page, "zh");
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const targets = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)];
    for (const id of targets.flatMap(([, list]) => (list ?? "").split(" "))) expect(ids).toContain(id);
  });

  test.each(languages)("leaves no gap where data should be (%s)", (lang) => {
    expect(/.*(?:undefined|null|NaN|\[object|\{\}).*/.exec(textOf(htmlOf(page, lang)))?.[0]).toBeUndefined();
  });

  test("never asks a firm to apply", () => {
    expect(/.*(?<!不用)申请.*/.exec(textOf(htmlOf(page, "zh")))?.[0]).toBeUndefined();
  });

  test("uses full-width punctuation beside Chinese", () => {
    const text = textOf(htmlOf(page, "zh"));
    const wrong = /\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u.exec(text);
    expect(wrong && text.slice(wrong.index - 10, wrong.index + 10)).toBeNull();
  });

  test("is English throughout in English; Chinese in it is marked as Chinese", () => {
    const text = textOf(withoutChinese(htmlOf(page, "en")));
    expect(text.split("\n").filter((line) => han.test(line))).toEqual([]);
  });

  test("is set larger for those who chose large text", () => {
    expect(htmlOf(page, "zh", true).slice(0, 80)).toMatch(/<html [^>]*class="[^"]*\blarge\b/);
  });
});

test("a portal page with everything it loads is at most 15 kB", () => {
  const size = (text: string) => gzipSync(text).length;
  const files = staticAssets().filter(({ path }) => !path.includes("/desk."));
  const shared = files.reduce((sum, { body }) => sum + size(body), 0);
  const ofPortal = gallery.filter((page) => /^<!doctype html><html [^>]*class="portal\b/.test(htmlOf(page, "zh")));
  expect(ofPortal.length).toBeGreaterThan(portalPages.length);
  for (const page of ofPortal) {
    for (const lang of languages) {
      for (const largeText of [false, true]) {
        const weight = size(htmlOf(page, lang, largeText)) + shared;
        expect(weight, `${page.name} ${lang} ${largeText}`).toBeLessThanOrEqual(15_000);
      }
    }
  }
});
