import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { gallery } from "../gallery/gallery.ts";
import { staticAssets } from "./static-assets.ts";

test("a file is named by its content, so that it may be cached for ever", () => {
  for (const { path, body } of staticAssets()) {
    expect(path).toContain(createHash("sha256").update(body).digest("hex").slice(0, 12));
  }
});

test("pages refer to nothing that is not served, and to no other site", () => {
  const served = new Set(staticAssets().map(({ path }) => path));
  for (const { name, render } of gallery) {
    const html = render({ lang: "zh", largeText: false, path: "/" });
    const references = [...html.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]+)"/g)].map(([, to]) => to);
    expect(
      references.filter((to) => !served.has(to ?? "")),
      name,
    ).toEqual([]);
    // A way out to the provider that somebody signed in with is followed by people, and fetches nothing.
    const itself = html.replace(/<a [^>]*href="https:\/\/identity\.example[^>]*>/, "");
    expect(itself, name).not.toMatch(/(?:src|href)="https?:/);
  }
});

test("no stylesheet turns or moves a page by how the screen is held", () => {
  for (const { body, path } of staticAssets()) expect(/orientation/.test(body), path).toBe(false);
});

test("between 320 and 390 px no style sheet changes anything, so that what is shown at one holds for the other", () => {
  const sheets = staticAssets().filter(({ path }) => path.endsWith(".css"));
  let limits = 0;
  for (const { body, path } of sheets) {
    const limitsEm = [
      ...String(body).matchAll(/@(?:media|container)[^{]*?(?:min-|max-)?width\s*[:<>=]+\s*([\d.]+)(\w+)/g),
    ];
    limits += limitsEm.length;
    for (const [query, limit, unit] of limitsEm) {
      expect([path, query, unit]).toEqual([path, query, "em"]);
      expect(Number(limit) * 16 < 320 || Number(limit) * 16 >= 391, query).toBe(true);
    }
  }
  expect(limits).toBeGreaterThan(3);
});

test("a stylesheet fetches nothing and the script is closed over itself", () => {
  for (const { body, contentType } of staticAssets()) {
    if (contentType.startsWith("text/")) expect(body).not.toMatch(/url\(|@import|https?:|eval\(|innerHTML/);
  }
});
