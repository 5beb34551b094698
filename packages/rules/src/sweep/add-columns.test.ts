import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { aPolicy } from "../testing.ts";
import { addColumns, type FactColumn, type Misfit, profileOfRow } from "./add-columns.ts";
import { BLOCK_ROWS } from "./block.ts";
import { FirmTable } from "./firm-table.ts";
import { planSweep } from "./plan.ts";
import { sweep } from "./sweep.ts";
import { firms, policies } from "./testing.ts";

const asOf = "2025-11-03";

const known = (profile: Profile, id: string): Json | undefined => {
  const state = profile[id];
  return state?.state === "known" ? state.value : undefined;
};

/** The same firms as one column per fact, of a kind that chance picks where the values allow it. */
function columnsOf(profiles: readonly Profile[], isNarrow: boolean): Map<string, FactColumn> {
  const ids = new Set(profiles.flatMap((profile) => Object.keys(profile)));
  return new Map(
    [...ids].map((id) => [
      id,
      columnOf(
        profiles.map((profile) => known(profile, id)),
        isNarrow,
      ),
    ]),
  );
}

function columnOf(values: readonly (Json | undefined)[], isNarrow: boolean): FactColumn {
  if (!isNarrow) return { kind: "values", values };
  if (values.every((value) => value === undefined || typeof value === "number")) {
    const known = Uint8Array.from(values, (value) => (value === undefined ? 0 : 1));
    return { kind: "doubles", values: Float64Array.from(values, (value) => Number(value ?? 0)), known };
  }
  const entries = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  const places = Uint16Array.from(values, (value) =>
    entries.findIndex((entry) => JSON.stringify(entry) === JSON.stringify(value)),
  );
  return { kind: "dictionary", places, entries };
}

describe("firms added as columns", () => {
  test.prop([policies, firms, fc.boolean()], { numRuns: 500 })(
    "have the codes that each firm has when it is added by itself",
    (several, profiles, isNarrow) => {
      const plan = planSweep(several, { asOf });
      const whole = new FirmTable(plan);
      addColumns(whole, profiles.length, columnsOf(profiles, isNarrow));
      const onlyKnown = profiles.map((profile) =>
        Object.fromEntries(Object.entries(profile).filter(([, { state }]) => state === "known")),
      );
      const single = new FirmTable(plan);
      for (const profile of onlyKnown) single.add(profile);
      const answers = (table: FirmTable) =>
        profiles.map((_, row) =>
          table.codings.map(({ column, codesAnswering }, place) => [
            column.key,
            table.codings[place]?.column.questions.map((_, question) =>
              (["true", "false", "unknown", "void"] as const).find(
                (answer) => codesAnswering.call(table.codings[place], question, [answer])[table.codeAt(row, place)],
              ),
            ),
          ]),
        );
      expect(answers(whole)).toEqual(answers(single));
    },
  );

  test("go on over blocks, whatever their number", () => {
    const policy = aPolicy({ conditions: { clause: "一", fact: "ent.staff", operator: "atLeast", value: 3 } });
    const table = new FirmTable(planSweep([policy], { asOf }));
    const subject: FactColumn = {
      kind: "dictionary",
      places: new Uint8Array(BLOCK_ROWS),
      entries: ["企业"],
    };
    const staff = (count: number): FactColumn => ({
      kind: "doubles",
      values: Float64Array.from({ length: count }, (_, place) => place % 4),
    });
    for (const count of [1000, BLOCK_ROWS, 7, 3000]) {
      addColumns(
        table,
        count,
        new Map([
          ["ent.subjectType", subject],
          ["ent.staff", staff(count)],
        ]),
      );
    }
    const rows = BLOCK_ROWS + 4007;
    expect(sweep(table)).toMatchObject({
      firms: rows,
      byPolicy: [{ eligible: 250 + 1024 + 1 + 750, undetermined: 0 }],
    });
  });

  test("take what is no value of its fact as unknown, and say so", () => {
    const policy = aPolicy({ conditions: { clause: "一", fact: "ent.staff", operator: "atLeast", value: 3 } });
    const table = new FirmTable(planSweep([policy], { asOf }));
    const columns = new Map<string, FactColumn>([
      ["ent.subjectType", { kind: "values", values: ["企业", "企业", "企业"] }],
      ["ent.staff", { kind: "values", values: [undefined, "many", 3] }],
    ]);
    const misfits: Misfit[] = [];
    addColumns(table, 3, columns, (misfit) => misfits.push(misfit));
    expect(misfits).toEqual([{ fact: "ent.staff", row: 1, value: "many" }]);
    expect(sweep(table)).toMatchObject({ byPolicy: [{ eligible: 1, undetermined: 2 }] });
    expect(profileOfRow(columns, 0)).toEqual({ "ent.subjectType": { state: "known", value: "企业" } });
  });
});
