import { expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { codeDoubt } from "./code-doubt.ts";
import { vocabulary } from "./testing.fs.ts";

const region = vocabulary.facts.get("ent.regionCode");
const doubt = (code: string, day = "2025-10-31") => codeDoubt(region, code, day as Day)?.en;

test("a place of today is none to doubt, and a place that the list does not speak of neither", () => {
  expect(["410105", "410783", "410100", "370202", "410302"].map((code) => doubt(code))).toEqual([
    ...[undefined, undefined, undefined, undefined, undefined],
  ]);
});

test("a code that statistics made up for a zone is none of the places", () => {
  expect(doubt("410172")).toBe("There is no code “410172”.");
});

test("a county that became a city: the old code until its last day, the new one from the day after", () => {
  expect(doubt("410728")).toBe("Code “410728” stood until 2019-08-15, now “410783”.");
  expect(doubt("410728", "2019-08-15")).toBeUndefined();
  expect(doubt("410783", "2019-08-15")).toBe("Code “410783” stands from 2019-08-16 on.");
  expect(doubt("410783", "2019-08-16")).toBeUndefined();
});

test("a code of a fact without such a list is never doubted", () => {
  expect(codeDoubt(vocabulary.facts.get("ent.industry"), "99", "2025-10-31" as Day)).toBeUndefined();
  expect(codeDoubt(region, null, "2025-10-31" as Day)).toBeUndefined();
});
