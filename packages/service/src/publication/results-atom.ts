import { el, toXml, type Xml } from "../payment/xml.ts";
import { openResult } from "./open-result.ts";
import type { PublishedResult } from "./published-result.ts";

/** Absolute addresses of the feed: itself, the page it tells of, and the older part. */
export type FeedLinks = Readonly<{ self: string; page: string; next?: string | undefined }>;

/** Before anything was published there is nothing that could have changed. */
const NEVER = "1970-01-01T00:00:00.000Z";

/**
 * Results as an Atom feed (RFC 4287), one page of it linked to the next (RFC 5005). An entry's id is made
 * from the row's, so it stays the same whatever the address of the service becomes.
 *
 * @param results newest first
 */
export function resultsAtom(results: readonly PublishedResult[], { self, page, next }: FeedLinks): string {
  const feed = el(
    "feed",
    [
      el("id", "urn:apply-free:results"),
      el("title", "兑现结果公示 Published results"),
      el("updated", results[0]?.publishedAt.toISOString() ?? NEVER),
      el("author", [el("name", "免申即享 apply-free")]),
      link("self", "application/atom+xml", self),
      link("alternate", "text/html", page),
      next === undefined ? undefined : link("next", "application/atom+xml", next),
      ...results.map((result) => entryOf(result, page)),
    ],
    { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN" },
  );
  return toXml(feed);
}

function entryOf(result: PublishedResult, page: string): Xml {
  const open = openResult(result);
  const { policyTitle, beneficiary, code, regionCode, amountYuan, paidOn } = open;
  return el("entry", [
    el("id", `urn:apply-free:result:${open.id}`),
    el("title", `${beneficiary} ${amountYuan} 元 · ${policyTitle}`),
    el("updated", open.publishedAt),
    el("published", open.publishedAt),
    el("category", "", { term: open.policyId, label: policyTitle }),
    link("alternate", "text/html", page),
    el("content", [policyTitle, beneficiary, code, regionCode, `${amountYuan} 元`, paidOn].join("；"), {
      type: "text",
    }),
  ]);
}

function link(rel: string, type: string, href: string): Xml {
  return el("link", "", { rel, type, href });
}
