import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { PublishedResult } from "./published-result.ts";
import { resultsAtom } from "./results-atom.ts";

const result: PublishedResult = {
  id: "result_A",
  policyId: "henan-o01",
  policyTitle: "稳岗返还",
  maskedName: "郑州****有限公司",
  maskedCode: "91410100********1K",
  regionCode: "410105",
  amountFen: fen(1_260_000n),
  paidOn: "2025-11-06" as Day,
  publishedAt: new Date("2025-11-11T01:00:00Z"),
};
const links = { self: "https://a.example/results.atom?policy=x&q=y", page: "https://a.example/results" };
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  isArray: (name) => ["entry", "link"].includes(name),
});
const parsed = (xml: string) => parser.parse(xml).feed;

describe("the feed of results", () => {
  test("carries what RFC 4287 demands of a feed and of each entry", () => {
    const feed = parsed(resultsAtom([result], { ...links, next: "https://a.example/results.atom?cursor=1" }));
    expect(Object.keys(feed)).toEqual(expect.arrayContaining(["id", "title", "updated", "author"]));
    expect(feed.link.map((link: Record<string, string>) => link["@rel"])).toEqual(["self", "alternate", "next"]);
    expect(feed.link[0]["@href"].replaceAll("&amp;", "&")).toBe(links.self);
    expect(feed.updated).toBe("2025-11-11T01:00:00.000Z");
    expect(feed.entry).toMatchObject([
      {
        id: "urn:apply-free:result:result_A",
        title: "郑州****有限公司 12600.00 元 · 稳岗返还",
        updated: "2025-11-11T01:00:00.000Z",
      },
    ]);
  });

  test("an entry keeps its id and its time wherever the service moves and whatever comes after it", () => {
    const [one] = parsed(resultsAtom([result], links)).entry;
    const later = { ...result, id: "result_B", publishedAt: new Date("2025-12-01T00:00:00Z") };
    const moved = { self: "https://b.example/results.atom", page: "https://b.example/results" };
    const [, other] = parsed(resultsAtom([later, result], moved)).entry;
    expect([other.id, other.updated, other.content]).toEqual([one.id, one.updated, one.content]);
  });

  test("before anything is published it is a feed without entries", () => {
    const feed = parsed(resultsAtom([], links));
    expect([feed.entry, feed.updated]).toEqual([undefined, "1970-01-01T00:00:00.000Z"]);
  });

  test("is well-formed whatever a title or a name contains", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const xml = resultsAtom([{ ...result, policyTitle: text, maskedName: text }], links);
        const control = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
        return XMLValidator.validate(xml) === true && !control.test(xml) && parsed(xml).entry.length === 1;
      }),
    );
    const hostile = resultsAtom([{ ...result, maskedName: "</title><script>alert(1)</script>" }], links);
    expect(hostile).not.toContain("<script>");
  });
});
