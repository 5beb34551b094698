import { createHash } from "node:crypto";
import { confirmScript } from "./style/confirm-script.ts";
import { deskCss } from "./style/desk-css.ts";
import { iconSvg } from "./style/icon-svg.ts";
import { portalCss } from "./style/portal-css.ts";
import { printCss } from "./style/print-css.ts";
import { tokensCss } from "./style/tokens-css.ts";

/** A file that pages refer to. Its name contains its digest, so it may be cached for ever. */
export type StaticAsset = Readonly<{
  /** `/static/portal.3f2a9c1b.css` */
  path: string;
  contentType: string;
  body: string;
}>;

const css = "text/css; charset=utf-8";

const assets = {
  "portal.css": asset("portal", "css", css, [tokensCss, portalCss, printCss].join("\n")),
  "desk.css": asset("desk", "css", css, [tokensCss, deskCss, printCss].join("\n")),
  "confirm.js": asset("confirm", "js", "text/javascript; charset=utf-8", confirmScript),
  "icon.svg": asset("icon", "svg", "image/svg+xml", iconSvg),
} as const;

/** Everything that the service must serve besides pages. */
export function staticAssets(): readonly StaticAsset[] {
  return Object.values(assets);
}

export function assetPath(name: keyof typeof assets): string {
  return assets[name].path;
}

function asset(name: string, extension: string, contentType: string, body: string): StaticAsset {
  const digest = createHash("sha256").update(body).digest("hex").slice(0, 12);
  return { path: `/static/${name}.${digest}.${extension}`, contentType, body };
}
