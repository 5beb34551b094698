import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** The chromium of this machine, whole path; `undefined` where there is none. */
export async function findChromium(): Promise<string | undefined> {
  const directories = (process.env.PATH ?? "").split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  const candidates = directories.flatMap((directory) => names.map((name) => path.join(directory, name)));
  for (const candidate of [...candidates, ...elsewhere]) {
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return undefined;
}

/** A headless browser that talks to the pages under test and to nobody else. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
