import type { Lang } from "../kit/page-context.ts";
import { type StaticAsset, staticAssets } from "../kit/static-assets.ts";
import { gallery } from "./gallery.ts";

/** As strict as the service's own, so that a page that needs more is found here. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

type Answer = Readonly<{ status: number; contentType: string; body: string }>;

/** Answers `/<page>?lang=en&large=1` and the static files, for a browser whose network is this function. */
export function answer(address: string): Answer {
  const { pathname, searchParams } = new URL(address);
  const asset: StaticAsset | undefined = staticAssets().find(({ path }) => path === pathname);
  if (asset) return { status: 200, contentType: asset.contentType, body: asset.body };
  const page = gallery.find(({ name }) => `/${name}` === pathname);
  if (!page) return { status: 404, contentType: "text/plain", body: "" };
  const lang: Lang = searchParams.get("lang") === "en" ? "en" : "zh";
  const context = { lang, largeText: searchParams.get("large") === "1", path: pathname, csrfToken: "token-1" };
  return { status: 200, contentType: "text/html; charset=utf-8", body: page.render(context) };
}
