import { expect, test } from "vitest";
import { runNode } from "./run/command.ts";
import { raceBugs } from "./simulation/race-bugs.ts";

/** Rounds of many sessions at one moment: one bug is found in the first few, none is found in as many. */
const ROUNDS = 5;

/** The law that such a rush breaks, or `undefined`. */
async function brokenBy(bug: string | undefined): Promise<string | undefined> {
  const planting = bug === undefined ? [] : ["--import", "./test/simulation/plant.ts"];
  const { status, stdout, stderr } = await runNode(
    ["--disable-warning=ExperimentalWarning", ...planting, "test/simulation/rush.ts", String(ROUNDS)],
    { env: { PLANTED_BUG: bug } },
  );
  if (status !== 0) throw new Error(`the rush did not come to its end: ${stderr}`);
  const { outcome, law } = JSON.parse(stdout) as { outcome: "whole" | "broken"; law?: string };
  return outcome === "broken" ? law : undefined;
}

test("without a bug, many sessions at the same moment do everything once", { timeout: 600_000 }, async () => {
  expect(await brokenBy(undefined)).toBeUndefined();
});

test.each(raceBugs)("'$name' is found by many sessions at the same moment", { timeout: 600_000 }, async (bug) => {
  expect(await brokenBy(bug.name)).toMatch(bug.breaks);
});
