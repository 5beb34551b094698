import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { root, runNode } from "./run/command.ts";
import { bugs } from "./simulation/bugs.ts";
import { raceBugs } from "./simulation/race-bugs.ts";

/** Short lives over a year's end. As they are they end well: `simulation.prisma.test.ts`. */
const [SEEDS, DAYS] = [[1, 2, 3], 90];

/** The law that such a life breaks, or `undefined`. */
async function brokenBy(bug: string | undefined, seed: number): Promise<string | undefined> {
  const planting = bug === undefined ? [] : ["--import", "./test/simulation/plant.ts"];
  const { status, stdout, stderr } = await runNode(
    ["--disable-warning=ExperimentalWarning", ...planting, "test/simulation/main.ts", String(seed), String(DAYS)],
    { env: { PLANTED_BUG: bug, APPLY_FREE_TEST_SERVER: undefined } },
  );
  if (status !== 0) throw new Error(`the life did not come to its end: ${stderr}`);
  const { outcome, law } = JSON.parse(stdout) as { outcome: "whole" | "broken"; law?: string };
  return outcome === "broken" ? law : undefined;
}

test("there are at least ten of them, each with a name of its own", () => {
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
  expect(bugs.length).toBeGreaterThanOrEqual(10);
});

test.each([...bugs, ...raceBugs])("the place of '$name' stands in its file once", async ({ file, find }) => {
  const source = await readFile(path.join(root, "packages/service/src", file), "utf8");
  expect(source.split(find)).toHaveLength(2);
});

test("without a bug these lives end well", { timeout: 600_000 }, async () => {
  expect(await brokenBy(undefined, SEEDS[0] as number)).toBeUndefined();
});

test("living with them finds every planted bug", { timeout: 1_800_000 }, async () => {
  const waiting = bugs.values();
  const missed: string[] = [];
  const otherwise: string[] = [];
  const worker = async () => {
    for (const { name, breaks } of waiting) {
      let law: string | undefined;
      for (const seed of SEEDS) law ??= await brokenBy(name, seed);
      if (law === undefined) missed.push(name);
      else if (!breaks.test(law)) otherwise.push(`${name}: ${law}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  expect(missed).toEqual([]);
  expect(otherwise, "found by what it breaks, not by an accident").toEqual([]);
});
