import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findChromium } from "../browser.ts";
import { findPostgres, type PostgresBinaries } from "../postgres-server.ts";

export type Equipment = Readonly<{ postgres: PostgresBinaries | undefined; chromium: string | undefined }>;

/**
 * Finds what the tests need outside npm. Root on Debian gets the missing packages installed;
 * anyone else is told at the end what could not be tried.
 */
export async function prepare(say: (line: string) => void): Promise<Equipment> {
  const found = await look();
  const packages = [
    ...(found.chromium ? [] : ["chromium", "fonts-noto-cjk"]),
    ...(found.postgres ? [] : ["postgresql"]),
  ];
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return found;
  say(`… installing what the tests need: apt-get install ${packages.join(" ")}`);
  aptGet(["update"]);
  aptGet(["install", "-y", "--no-install-recommends", ...packages]);
  return look();
}

async function look(): Promise<Equipment> {
  const [postgres, chromium] = await Promise.all([findPostgres(), findChromium()]);
  return { postgres, chromium };
}

function aptGet(aptArguments: readonly string[]): void {
  spawnSync("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=120", ...aptArguments], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "inherit"], // its errors are worth seeing, its progress is not
  });
}
