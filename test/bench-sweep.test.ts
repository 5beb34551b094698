import { describe, expect, test } from "vitest";
import { plot } from "./bench/plot.ts";
import { between, readable, table } from "./bench/readme-table.ts";
import { tableOf } from "./bench/sweep.ts";
import { askOneByOne, interpreter } from "./bench/sweep-check.ts";
import type { RowPeer, Verdict } from "./bench/sweep-peers.ts";
import { runSweep } from "./bench/sweep-run.ts";
import { Chance, inventPolicies } from "./bench/sweep-world.ts";

const policies = inventPolicies(3, new Chance(7));

test("all engines give every firm of a small run the same answers", async () => {
  const { contenders, growth, notes } = await runSweep({
    firms: 300,
    policies: 12,
    sample: 60,
    inDatabases: 200,
    isSmall: true,
  });
  const names = contenders.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "functions by hand, three answers",
      "functions by hand, two answers",
      "json-logic-engine, compiled",
      "json-rules-engine",
      "DuckDB, all threads",
      "PostgreSQL embedded (PGlite)",
    ]),
  );
  expect(contenders.every(({ p50 }) => p50 > 0)).toBe(true);
  expect(notes.length).toBeGreaterThan(0);
  const drawn = plot(growth);
  expect(drawn.match(/<circle /g)?.length).toBe(
    growth.flatMap(({ lines }) => lines.flatMap(({ points }) => points)).length,
  );
  expect(tableOf(contenders).split("\n")).toHaveLength(contenders.length + 2);
});

describe("a peer that answers otherwise stops the run", () => {
  const says = (verdict: Verdict, answers: 2 | 3): RowPeer => ({
    name: "other",
    answers,
    prepare: async () => ({ take: () => ({}), decide: () => () => verdict }),
  });
  const ask = (peer: RowPeer, swept: Verdict) =>
    askOneByOne(
      peer,
      policies,
      [{}],
      policies.map(() => [swept]),
      "2025-11-03",
    );

  test("on any answer, if it knows three", async () => {
    await expect(ask(says("eligible", 3), "undetermined")).rejects.toThrow(
      "other and the sweep differ on firm 0, policy 0",
    );
  });

  test("on what is decided, if it knows two", async () => {
    expect(await ask(says("eligible", 2), "undetermined")).toHaveLength(1);
    await expect(ask(says("eligible", 2), "ineligible")).rejects.toThrow("differ on firm 0");
  });

  test("and the interpreter agrees with itself", async () => {
    expect(await ask(interpreter, "undetermined")).toHaveLength(1);
  });
});

describe("what the benchmark writes", () => {
  test("cost in proportion is the dashed line, in both axes by powers of ten", () => {
    const points = [
      [10, 1],
      [1000, 100],
    ] as const;
    const drawn = plot([{ title: "a & b", x: "firms", y: "ms", lines: [{ name: "x<y", points }] }]);
    const [, line] = drawn.match(/<path d="(M[^"]+)" fill="none"/) ?? [];
    expect(drawn).toContain(`<path d="${line}" stroke="#999"`);
    expect(drawn).toContain("a &amp; b");
    expect(drawn).toContain("x&lt;y");
    expect(() => plot([{ title: "", x: "", y: "", lines: [{ name: "", points: [[0, 1]] }] }])).toThrow(/no place/);
  });

  test("a text takes the place between two marks, and nothing else changes", () => {
    const page = "before\n<!-- t -->\nold\n<!-- /t -->\nafter\n";
    expect(between(page, "t", "new")).toBe("before\n<!-- t -->\nnew\n<!-- /t -->\nafter\n");
    expect(between(between(page, "t", "new"), "t", "new")).toBe(between(page, "t", "new"));
    expect(() => between("nothing", "t", "new")).toThrow(/no place/);
  });

  test("numbers are read with three digits, and stand to the right", () => {
    expect([1_234_567_890, 12_345_678, 12_345, 1234, 12.345, 0.01234].map(readable)).toEqual([
      "1.23 G",
      "12.3 M",
      "12.3 k",
      "1234",
      "12.3",
      "0.0123",
    ]);
    expect(table(["a", "b"], [["x", "1"]])).toBe("| a | b |\n| --- | ---: |\n| x | 1 |");
  });
});
