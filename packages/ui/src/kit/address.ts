/** The same address with another language or text size; the rest of its query stays. */
export function withChoice(path: string, choice: "lang" | "large", value: string): string {
  const { pathname, query } = split(path);
  query.set(choice, value);
  return `${pathname}?${query}`;
}

/** Whether a menu entry leads to the page shown or to the part of the site it lies in. */
export function isWithin(path: string, href: string): boolean {
  const { pathname } = split(path);
  if (href === "/" || href === "/desk" || href === "/audit")
    return pathname === href || (href === "/audit" && pathname.startsWith("/audit/cases"));
  return pathname === href || pathname.startsWith(`${href}/`);
}

function split(path: string): { pathname: string; query: URLSearchParams } {
  // `//host` would lead away from this site.
  const local = /^\/(?![/\\])/.test(path) ? path : "/";
  const [pathname = "/", search = ""] = local.split("?", 2);
  const query = new URLSearchParams(search);
  query.delete("lang");
  query.delete("large");
  return { pathname, query };
}
