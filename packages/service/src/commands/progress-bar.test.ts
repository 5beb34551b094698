import { expect, test } from "vitest";
import { progressBar } from "./progress-bar.ts";

function shown(all: number, ...steps: number[]): string[] {
  const lines: string[] = [];
  const bar = progressBar("facts", (line) => lines.push(line));
  for (const done of steps) bar(done, all);
  return lines;
}

test("a bar shows how far large work is, one line in five percent, to the end", () => {
  const lines = shown(200_000, ...Array.from({ length: 200 }, (_, place) => (place + 1) * 1000));
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe("[                              ]   0 %  1,000 of 200,000 facts");
  expect(lines[10]).toBe("[###############               ]  50 %  100,000 of 200,000 facts");
  expect(lines.at(-1)).toBe("[##############################] 100 %  200,000 of 200,000 facts");
});

test("small work needs none", () => {
  expect(shown(49_999, 1, 49_999)).toEqual([]);
  expect(shown(0, 0)).toEqual([]);
});
