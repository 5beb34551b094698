import fc from "fast-check";
import { expect, test } from "vitest";
import { widgetSnippet } from "./widget-snippet.ts";

test("the snippet is a frame with an address and a name", () => {
  expect(widgetSnippet("https://a.example/widget/x?lang=zh&large=1", "稳岗返还")).toBe(
    '<iframe src="https://a.example/widget/x?lang=zh&amp;large=1" title="稳岗返还" width="100%" height="360" loading="lazy"></iframe>',
  );
});

test("no title can end the frame's tag or begin another, for it is put into a stranger's page", () => {
  const hostile = fc
    .array(fc.constantFrom('"', ">", "<", "&", "script", " onload=", "'", "x"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(hostile, (title) => {
      const tags = widgetSnippet("https://a.example/widget/x", title).match(/<[^>]*>/g);
      expect(tags).toHaveLength(2);
      expect(tags?.[0]?.match(/"/g)).toHaveLength(10);
    }),
  );
});
