import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import { aPolicy, profile } from "../testing.ts";
import { BLOCK_ROWS } from "./block.ts";
import { ChangeIndex } from "./firm-change.ts";
import { FirmTable } from "./firm-table.ts";
import { planSweep } from "./plan.ts";
import { answerIn, verdictsOf } from "./sweep.ts";
import { firms, policies, someProfile } from "./testing.ts";

const asOf = "2025-11-03";

describe("a changed fact", () => {
  test.prop([policies, firms, someProfile, fc.nat({ max: 5 })], { numRuns: 1_000 })(
    "yields exactly the verdicts that are other than before",
    async (several, profiles, changed, at) => {
      const table = new FirmTable(planSweep(several, { asOf }));
      for (const each of profiles) table.add(each);
      const row = at % profiles.length;
      const old = profiles[row] ?? {};
      const facts = Object.keys({ ...old, ...changed });
      const yielded = new ChangeIndex(table).change(row, changed, facts);
      const [before, after] = await Promise.all(
        [old, changed].map((one) => Promise.all(several.map((policy) => decide(policy, one, { asOf })))),
      );
      const expected = several.flatMap(({ id }, place) => {
        const [was, is] = [before?.[place]?.outcome, after?.[place]?.outcome];
        return was === is ? [] : [{ policy: id, before: was, after: is }];
      });
      expect(yielded).toEqual(expected);
      const answers = verdictsOf(table).map((verdicts) => answerIn(verdicts, row));
      expect(answers).toEqual(after?.map(({ outcome }) => outcome));
    },
  );

  const policy = aPolicy({ conditions: { clause: "一", fact: "ent.staff", operator: "atLeast", value: 3 } });
  const staffed = (value: number) => profile({ "ent.subjectType": "企业", "ent.staff": value });

  test("is found in a block that was filled long ago, and leaves its neighbours alone", () => {
    const table = new FirmTable(planSweep([policy], { asOf }));
    for (let row = 0; row < BLOCK_ROWS + 1; row += 1) table.add(staffed(4));
    const index = new ChangeIndex(table);
    expect(index.change(7, staffed(2), ["ent.staff"])).toEqual([
      { policy: policy.id, before: "eligible", after: "ineligible" },
    ]);
    expect(index.change(7, staffed(1), ["ent.staff"])).toEqual([]);
    expect([6, 7, 8, BLOCK_ROWS].map((row) => index.outcomeOf(0, row))).toEqual([
      "eligible",
      "ineligible",
      "eligible",
      "eligible",
    ]);
  });

  test("that no policy asks about changes nothing, and a firm that is not there is an error", () => {
    const table = new FirmTable(planSweep([policy], { asOf }));
    table.add(staffed(4));
    const index = new ChangeIndex(table);
    expect(index.change(0, { ...staffed(4), ...profile({ "ent.name": "甲" }) }, ["ent.name"])).toEqual([]);
    expect(() => index.change(1, staffed(4), ["ent.staff"])).toThrow("no firm in row 1");
  });
});
