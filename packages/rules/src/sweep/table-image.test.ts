import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextChangeOf } from "../counterfactual/next-change.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { aPolicy } from "../testing.ts";
import { FirmTable } from "./firm-table.ts";
import { planSweep } from "./plan.ts";
import { answerIn, verdictsOf } from "./sweep.ts";
import { carryOver, imageOf } from "./table-image.ts";
import { firms, policies } from "./testing.ts";

function tableOf(some: readonly Policy[], profiles: readonly Profile[], asOf: string) {
  const table = new FirmTable(planSweep(some, { asOf }));
  const rows = Int32Array.from(profiles, (profile) => table.add(profile));
  return { table, rows };
}

function answersOf({ table, rows }: Readonly<{ table: FirmTable; rows: Int32Array }>): readonly string[] {
  const verdicts = verdictsOf(table);
  return [...rows].map((row) => verdicts.map((each) => answerIn(each, row)).join(" "));
}

const day = fc.constantFrom("2019-12-31", "2020-01-01", "2020-03-01", "2025-11-03");

describe("a table made out of another", () => {
  test("for the same policies knows all of it, whatever order its firms come in", () => {
    fc.assert(
      fc.property(policies, firms, day, (some, profiles, asOf) => {
        const { table, rows } = tableOf(some, profiles, asOf);
        const backwards = rows.toReversed();
        const carried = carryOver(imageOf(table), backwards, planSweep(some, { asOf }));
        expect(carried.unread).toEqual([]);
        expect(answersOf(carried)).toEqual(answersOf({ table, rows: backwards }));
      }),
      { numRuns: 40 },
    );
  });

  test("for other policies, with its unread columns read, is one that was made of the firms themselves", () => {
    fc.assert(
      fc.property(policies, policies, firms, day, (before, after, profiles, asOf) => {
        const { table, rows } = tableOf(before, profiles, asOf);
        const both = [...before.slice(1), ...after];
        const carried = carryOver(imageOf(table), rows, planSweep(both, { asOf }));
        for (const [place, profile] of profiles.entries()) {
          carried.table.change(carried.rows[place] as number, profile, carried.unread);
        }
        expect(answersOf(carried)).toEqual(answersOf(tableOf(both, profiles, asOf)));
      }),
      { numRuns: 60 },
    );
  });

  test("for another day, with those read again whose change is due, is one that was made on that day", () => {
    fc.assert(
      fc.property(policies, firms, day, day, (some, profiles, one, other) => {
        const [asOf = "", later = ""] = [one, other].sort();
        const { table, rows } = tableOf(some, profiles, asOf);
        const nextChange = nextChangeOf(some);
        const carried = carryOver(imageOf(table), rows, planSweep(some, { asOf: later }));
        const all = carried.table.codings.map((_, column) => column);
        for (const [place, profile] of profiles.entries()) {
          const due = nextChange(profile, asOf);
          const columns = due !== undefined && due <= later ? all : carried.unread;
          carried.table.change(carried.rows[place] as number, profile, columns);
        }
        expect(answersOf(carried)).toEqual(answersOf(tableOf(some, profiles, later)));
      }),
      { numRuns: 60 },
    );
  });

  test("has to read only what the old one was not asked", () => {
    const asking = (fact: string, value: number) =>
      aPolicy({ conditions: { clause: "一", all: [{ fact, operator: "atLeast", value }] } });
    const { table, rows } = tableOf([asking("fin.sales", 1), asking("ent.staff", 2)], [{}], "2020-06-01");
    const plan = planSweep([asking("fin.sales", 2), asking("ent.staff", 2)], { asOf: "2020-06-01" });
    const { unread } = carryOver(imageOf(table), rows, plan);
    expect(unread.map((column) => plan.columns[column]?.inputs)).toEqual([["fin.sales"]]);
  });
});
