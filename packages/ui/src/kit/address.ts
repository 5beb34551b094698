/** The same address with another language or text size; the rest of its query stays. */
export function withChoice(path: string, choice: "lang" | "large", value: string): string {
  const { pathname, query } = split(path);
  query.set(choice, value);
  return `${pathname}?${query}`;
}

/** Whether a menu entry leads to the page shown or to the part of the site it lies in. */
export function isWithin(path: string, href: string): boolean {
  const { pathname } = split(path);
  const starts = [...(isEntryAlone(href) ? [] : [href]), ...(alsoWithin[href] ?? [])];
  return pathname === href || starts.some((start) => pathname === start || pathname.startsWith(`${start}/`));
}

/** Entries whose address begins those of others. */
const isEntryAlone = (href: string) => href === "/" || href === "/desk" || href === "/audit";

/** Pages that lie in the part of an entry under another address. */
const alsoWithin: Readonly<Record<string, readonly string[]>> = {
  "/audit": ["/audit/cases", "/audit/facts"],
  "/desk/deliveries": [
    "/desk/quarantine",
    "/desk/data-demand",
    "/desk/register",
    "/desk/names",
    "/desk/disputes",
    "/desk/reassessments",
  ],
};

function split(path: string): { pathname: string; query: URLSearchParams } {
  // `//host` would lead away from this site.
  const local = /^\/(?![/\\])/.test(path) ? path : "/";
  const [pathname = "/", search = ""] = local.split("?", 2);
  const query = new URLSearchParams(search);
  query.delete("lang");
  query.delete("large");
  return { pathname, query };
}
