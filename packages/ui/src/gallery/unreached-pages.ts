import { unreachedPage } from "../desk/unreached-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { nearRows, unreachedCounts, unreachedRows } from "./sample-nearly.ts";

const unreached = {
  counts: unreachedCounts,
  policies: [{ id: "o07a", title: { zh: "智能制造称号奖励", en: "Award for titles of intelligent manufacturing" } }],
  csvHref: "/desk/unreached.csv?group=unreached",
  mayCall: true,
};

export const unreachedPages: readonly GalleryPage[] = [
  shownTo("author", "unreached", (context) =>
    unreachedPage({ context, ...unreached, group: "unreached", rows: unreachedRows }),
  ),
  shownTo("auditor", "unreached-nearly", (context) =>
    unreachedPage({ context, ...unreached, group: "nearly", rows: nearRows, mayCall: false, policy: "o07a" }),
  ),
  shownTo("author", "unreached-none", (context) =>
    unreachedPage({ context, ...unreached, group: "unconfirmed", rows: [], asked: true }),
  ),
];
