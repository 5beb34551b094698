import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStoreIn } from "../packages/service/src/commands/open-store.env.ts";
import { openBooks } from "../packages/service/src/demo/simulated-bank-books.fs.ts";
import { readConfig } from "../packages/service/src/platform/config.env.ts";
import { applyFree, root, runNode } from "./run/command.ts";
import { lastJson } from "./run/policies.ts";

const DIRECTORIES = 4;
const KILLS_EACH = 5;
/** Stops what hangs; a slow machine may take a while for six runs at a quarter of its speed. */
const DEADLINE_MS = 1_200_000;
/** Another seed kills at other moments: APPLY_FREE_KILL_SEED=7. */
const seed = Number(process.env.APPLY_FREE_KILL_SEED ?? 1);
const demo = [...applyFree, "demo", "--once", "--json", "--firms", "100"];

type Totals = Readonly<Record<string, unknown>>;

let home: string;
let undisturbed: Totals;
/** Days that the story takes, as an undisturbed run names them. */
let days: readonly string[];
/** Milliseconds that one of them takes on this machine today, and the start before the first. */
let pace: Readonly<{ startMs: number; dayMs: number }>;

const environmentOf = (directory: string) => ({ DATABASE_URL: undefined, APPLY_FREE_DATA: directory });

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "apply-free-kill-"));
  const seen: { day: string; at: number }[] = [];
  const began = performance.now();
  await watch(path.join(home, "paced"), (day) => void seen.push({ day, at: performance.now() }));
  const ended = performance.now();
  days = seen.slice(1).map(({ day }) => day);
  const started = seen[1]?.at ?? ended;
  pace = { startMs: started - began, dayMs: (ended - started) / days.length };
  undisturbed = await finish(path.join(home, "paced"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs the loop to its end and says what it came to. */
async function finish(directory: string): Promise<Totals> {
  const { status, stdout, stderr } = await runNode(demo, { env: environmentOf(directory), deadlineSeconds: 300 });
  expect(`${status} ${status === 0 ? "" : stderr}`).toBe("0 ");
  const { elapsedMs: _, ...totals } = lastJson(stdout) as Totals;
  return totals;
}

/** Runs the loop, tells of its start and of each simulated day as it begins, and says whether it was killed. */
async function watch(directory: string, onDay: (day: string, child: ChildProcess) => void): Promise<boolean> {
  const env = { ...process.env, ...environmentOf(directory) };
  const child = spawn(process.execPath, demo, { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
  const killed = new Promise<boolean>((resolve) => child.once("close", (_, signal) => resolve(signal === "SIGKILL")));
  onDay("", child);
  let text = "";
  child.stderr.on("data", (chunk) => {
    text += String(chunk);
    for (const [, day = ""] of text.matchAll(/^(\d{4}-\d{2}-\d{2}) …\n/gm)) onDay(day, child);
    text = text.slice(text.lastIndexOf("\n") + 1);
  });
  return killed;
}

/** Ends the loop as a power cut would, somewhere in the start or in the first day from `target` on; says when. */
async function killIn(target: string, share: number, directory: string): Promise<string> {
  let day = target;
  let delayMs = share * (target === "" ? pace.startMs : pace.dayMs);
  while (!(await killAfter(day, delayMs, directory))) {
    day = ""; // It came to its end first; what is left to disturb is its next start, and sooner.
    delayMs /= 2;
  }
  return `${day || "start"} +${Math.round(delayMs)} ms`;
}

function killAfter(target: string, delayMs: number, directory: string): Promise<boolean> {
  let isTimed = false;
  return watch(directory, (day, child) => {
    if (isTimed || day < target) return;
    isTimed = true;
    void sleep(delayMs).then(() => child.kill("SIGKILL"));
  });
}

/** A number from 0 to 1 that a seed and a place decide (the mixing function of SplitMix32). */
function chance(place: number): number {
  let mixed = (seed * 1_000 + place) * 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const directories = Array.from({ length: DIRECTORIES }, (_, directory) => directory);

describe.concurrent.each(directories)("directory %i", (directory) => {
  test(
    `killed at ${KILLS_EACH} random moments (seed ${seed}), the loop ends with the same totals and pays nobody twice`,
    async () => {
      const place = path.join(home, `killed-${directory}`);
      const dice = (nth: number) => chance(directory * 100 + nth);
      // Once while it starts, then ever later in the story.
      const targets = Array.from(
        { length: KILLS_EACH - 1 },
        (_, nth) => days[Math.floor(dice(nth) * days.length)] ?? "",
      );
      const killed: string[] = [];
      for (const [nth, target] of ["", ...targets.sort()].entries()) {
        killed.push(await killIn(target, dice(50 + nth), place));
      }
      process.stdout.write(`directory ${directory}, seed ${seed}, killed at ${killed.join(", ")}\n`);
      expect(await finish(place)).toEqual(undisturbed);
      const { kept, settled, debitedTwice } = await books(place);
      expect(debitedTwice).toEqual([]);
      expect(kept).toEqual(settled.map(({ endToEndId }) => endToEndId));
      expect(new Set(settled.map(({ entitlementId }) => entitlementId)).size).toBe(settled.length);
      expect(settled.length).toBe(undisturbed.paid);
    },
    DEADLINE_MS,
  );
});

/** What the bank's own books say was paid for good, and what ours say. */
async function books(directory: string) {
  const place = path.join(directory, "demo-once");
  const [exchange = ""] = (await readdir(place)).filter((name) => name.startsWith("bank-"));
  const bank = openBooks(path.join(place, exchange, "bank.sqlite"));
  const bookings = [...bank.bookings()];
  bank.close();
  const store = await openStoreIn(readConfig({}), place);
  const settled = await store.prisma.payment.findMany({
    where: { status: "settled" },
    select: { endToEndId: true, entitlementId: true },
  });
  await store.close();
  return {
    kept: bookings.flatMap(([id, { debits, returns }]) => (debits > returns ? [id] : [])).sort(),
    settled: settled.sort((one, other) => (one.endToEndId < other.endToEndId ? -1 : 1)),
    debitedTwice: bookings.filter(([, { debits }]) => debits > 1),
  };
}
