// `npx -y pnpm@12 screenshots`: the pictures of the README, from the gallery's invented firms, into docs/images.
import path from "node:path";
import { answer } from "../packages/ui/src/gallery/gallery-server.ts";
import { findChromium, launchBrowser } from "./browser.ts";

const images = path.join(import.meta.dirname, "../docs/images");
/** Page of the gallery, its picture, and how wide the screen is; a phone shows as much as one screen and a half. */
const pictures = [
  { page: "home", file: "home-phone.png", width: 390, height: 1_240 },
  { page: "confirm", file: "confirm-phone.png", width: 390, height: 1_240 },
  { page: "receipt", file: "receipt-phone.png", width: 390, height: 1_240 },
  { page: "desk", file: "desk.png", width: 1_280, height: 900 },
  { page: "funds", file: "funds.png", width: 1_280, height: 900 },
] as const;

const executable = await findChromium();
if (executable === undefined) throw new Error("screenshots: there is no chromium on this machine");
const browser = await launchBrowser(executable);
for (const { page: name, file, width, height } of pictures) {
  const context = await browser.newContext({
    ...{ viewport: { width, height }, locale: "zh-CN", reducedMotion: "reduce" },
    deviceScaleFactor: width < 500 ? 2 : 1,
  });
  await context.route("**/*", (route) => route.fulfill(answer(route.request().url())));
  const page = await context.newPage();
  await page.goto(`http://pages.test/${name}`);
  await page.screenshot({ path: path.join(images, file) });
  await context.close();
}
await browser.close();
