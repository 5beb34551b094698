import { expect, test } from "vitest";
import { aPolicy } from "../testing.ts";
import { countQueries } from "./count-query.ts";
import { emitRules } from "./emit-rules.ts";

const rules = emitRules(
  [1, 2, 3].map((version) => aPolicy({ version })),
  "postgres",
  "2025-11-03",
);

test("policies are counted so many per scan, in their order", () => {
  const queries = countQueries(rules, "firms", 2);
  expect(queries.map(({ sql }) => sql.match(/AS p\d/g))).toEqual([["AS p0", "AS p1"], ["AS p0"]]);
});

test("one sum holds both numbers, also for a nation", () => {
  const [query] = countQueries(rules, "firms", 3);
  const nation = 190_000_000n * 2n ** 32n + 7n;
  const { firms, byPolicy } = query!.read(["200000000", String(nation), "5", null]);
  expect(firms).toBe(200_000_000);
  expect(byPolicy.map(({ policy, ...count }) => [policy.version, count])).toEqual([
    [1, { eligible: 7, undetermined: 190_000_000 }],
    [2, { eligible: 5, undetermined: 0 }],
    [3, { eligible: 0, undetermined: 0 }],
  ]);
});
