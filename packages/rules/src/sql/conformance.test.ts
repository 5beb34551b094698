import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { FactsInView } from "../facts-in-view.ts";
import { conformanceCases } from "./conformance.ts";
import { emitRules } from "./emit-rules.ts";
import { conformanceText, makeConformance } from "./testing-conformance.ts";

const file = path.join(import.meta.dirname, "../../conformance/sql.json");
const cases = conformanceCases(
  JSON.parse(await readFile(file, "utf8").catch(() => conformanceText(makeConformance()))),
);

describe("the conformance file", () => {
  test("is what its generator makes", async () => {
    await expect(conformanceText(makeConformance())).toMatchFileSnapshot(file);
  });

  test("has all three answers, and enough of each", () => {
    const all = cases.expected.join("");
    expect(all.length).toBe(cases.policies.length * cases.profiles.length);
    expect(all.length).toBeGreaterThan(100_000);
    for (const letter of "TFU") expect(all.split(letter).length).toBeGreaterThan(20_000);
  });

  test("is answered by the engine that decides exactly so", async () => {
    const letters = { true: "T", false: "F", unknown: "U" };
    for (const [index, policy] of cases.policies.entries()) {
      // Each requirement meets every seventh firm, and the next one meets their neighbours.
      const isMet = (_: unknown, row: number) => row % 7 === index % 7;
      const views = cases.profiles
        .filter(isMet)
        .map((profile) => new FactsInView(policy, profile, cases.asOf).asValues());
      const said = (await Promise.all(views.map(policy.judge))).map(({ result }) => letters[result]);
      expect(said, policy.id).toEqual([...(cases.expected[index] ?? "")].filter(isMet));
    }
  });

  test.each(["postgres", "duckdb", "clickhouse"] as const)("needs no derived column in %s", (dialect) => {
    expect(emitRules(cases.policies, dialect, cases.asOf).derived).toEqual([]);
  });
});
