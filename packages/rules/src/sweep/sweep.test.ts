import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { decide } from "../decide.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";
import { aPolicy, profile } from "../testing.ts";
import { BLOCK_ROWS } from "./block.ts";
import { FirmTable } from "./firm-table.ts";
import { planSweep } from "./plan.ts";
import { simdEngine } from "./simd-engine.ts";
import { answerIn, partsOf, Sweeper, sweep, verdictsOf } from "./sweep.ts";
import { firms, local, policies } from "./testing.ts";
import { wordEngine } from "./word-engine.ts";

const asOf = "2025-11-03";

async function decided(several: readonly Policy[], profiles: readonly Profile[]) {
  return Promise.all(
    several.map((policy) => Promise.all(profiles.map(async (each) => (await decide(policy, each, { asOf })).outcome))),
  );
}

function swept(several: readonly Policy[], profiles: readonly Profile[]) {
  const table = new FirmTable(planSweep(several, { asOf }));
  for (const each of profiles) table.add(each);
  return verdictsOf(table).map((verdicts) => profiles.map((_, row) => answerIn(verdicts, row)));
}

describe("a sweep", () => {
  test.prop([policies, firms], { numRuns: 1200 })(
    "answers as the single decision does, for random policies, facts and gaps",
    async (several, profiles) => {
      expect(swept(several, profiles)).toEqual(await decided(several, profiles));
    },
  );

  test.prop([policies, firms], { numRuns: 300 })(
    "answers as WebAssembly what it answers as JavaScript, in full blocks and in the last one",
    (several, profiles) => {
      const table = new FirmTable(planSweep(several, { asOf }));
      const codes = profiles.map((each) => table.codesOf(each));
      const rows = BLOCK_ROWS + 37;
      const columns = table.codings.map((_, column) =>
        Uint16Array.from({ length: rows }, (_, row) => codes[(row * 7 + (row >> 5)) % codes.length]?.[column] ?? 0),
      );
      table.addCodes(columns, rows);
      expect(sweep(table, simdEngine)).toEqual(sweep(table, wordEngine));
      expect(verdictsOf(table, simdEngine)).toEqual(verdictsOf(table, wordEngine));
    },
  );

  test.prop([local, firms], { numRuns: 200 })(
    "answers the same when firms are kept together by place and whole blocks are left out",
    (several, profiles) => {
      const plan = planSweep(several, { asOf });
      const [plain, kept] = [new FirmTable(plan), new FirmTable(plan, { expectedFirms: 1_000_000 })];
      const count = BLOCK_ROWS + 100;
      const rows = [plain, kept].map((table) => {
        const codes = profiles.map((each) => table.codesOf(each));
        const columns = table.codings.map((_, column) =>
          Uint16Array.from({ length: count }, (_, place) => codes[place % codes.length]?.[column] ?? 0),
        );
        return table.addCodes(columns, count);
      });
      for (const engine of [wordEngine, simdEngine]) {
        expect(sweep(kept, engine)).toEqual(sweep(plain, wordEngine));
        const [expected, found] = [verdictsOf(plain, wordEngine), verdictsOf(kept, engine)];
        for (const [policy, verdicts] of found.entries()) {
          const answers = (of: typeof verdicts, at: number) =>
            [0, 1, 2, 3, 4, 5, BLOCK_ROWS + 7].map((place) => answerIn(of, rows[at]?.[place] ?? 0));
          expect(answers(verdicts, 1)).toEqual(answers(expected[policy] as typeof verdicts, 0));
        }
      }
    },
  );

  test("keeps firms together by place when there are many, and asks of a block only what its place leaves open", () => {
    const regional = (value: string) =>
      aPolicy({ conditions: { clause: "一", fact: "ent.region", operator: "startsWith", value } });
    const table = new FirmTable(planSweep([regional("3301"), regional("3302")], { asOf }), {
      expectedFirms: 1_000_000,
    });
    const inRegion = (region: string) => profile({ "ent.subjectType": "企业", "ent.region": region });
    const [first, second] = [table.add(inRegion("330101")), table.add(inRegion("330201"))];
    expect([first, second, table.add(inRegion("330102"))]).toEqual([0, BLOCK_ROWS, 1]);
    expect(partsOf(table).map(({ open }) => open)).toEqual([Uint8Array.of(1, 0), Uint8Array.of(0, 1)]);
    // A firm that moves takes what it may fit with it.
    table.change(1, inRegion("330201"), table.plan.columns.keys());
    expect(partsOf(table)[0]?.open).toEqual(Uint8Array.of(1, 1));
    expect(sweep(table).byPolicy).toMatchObject([{ eligible: 1 }, { eligible: 2 }]);
  });

  test("counts what it answers, over several blocks", () => {
    const several = [staff("atLeast", 3), staff("notEqual", 2)];
    const table = new FirmTable(planSweep(several, { asOf }));
    const firms = BLOCK_ROWS + 5;
    for (let place = 0; place < firms; place += 1) table.add(place % 4 === 0 ? anyone : staffed(place % 4));
    const quarter = Math.ceil(firms / 4);
    const { byPolicy } = sweep(table);
    expect(byPolicy.map(({ undetermined }) => undetermined)).toEqual([quarter, quarter]);
    expect(byPolicy.map(({ eligible }) => eligible)).toEqual([1024 + 1, 2 * 1024 + 2]);
    const [verdicts] = verdictsOf(table);
    expect([0, 3, BLOCK_ROWS, BLOCK_ROWS + 3].map((row) => verdicts && answerIn(verdicts, row))).toEqual([
      "undetermined",
      "eligible",
      "undetermined",
      "eligible",
    ]);
  });

  test("goes on when firms come after it", () => {
    const table = new FirmTable(planSweep([staff("atLeast", 3)], { asOf }));
    table.add(staffed(3));
    expect(sweep(table)).toMatchObject({ firms: 1, byPolicy: [{ eligible: 1, undetermined: 0 }] });
    table.add(staffed(4));
    table.add(anyone);
    expect(sweep(table)).toMatchObject({ firms: 3, byPolicy: [{ eligible: 2, undetermined: 1 }] });
  });

  test("learns codes that come after it was compiled", () => {
    const table = new FirmTable(planSweep([staff("atLeast", 3)], { asOf }));
    const sweeper = new Sweeper(table);
    table.add(staffed(3));
    expect(sweeper.count().byPolicy).toMatchObject([{ eligible: 1, undetermined: 0 }]);
    table.add({
      ...anyone,
      "ent.staff": { state: "answers", answers: [{ operator: "atLeast", value: 5, answer: true }] },
    });
    table.add({
      ...anyone,
      "ent.staff": { state: "answers", answers: [{ operator: "atLeast", value: 1, answer: true }] },
    });
    expect(sweeper.count().byPolicy).toMatchObject([{ eligible: 2, undetermined: 1 }]);
  });

  test("keeps what was read when what departments confirmed needs another bit", () => {
    const table = new FirmTable(planSweep([staff("atLeast", 1), staff("atLeast", 3), staff("atLeast", 5)], { asOf }));
    const rows = BLOCK_ROWS + 1;
    for (let place = 0; place < rows; place += 1) table.add(staffed(3));
    const before = table.layout.planes;
    const answers: [operator: "atLeast" | "atMost", value: number][] = [
      ["atMost", 2],
      ["atMost", 4],
      ["atLeast", 2],
      ["atLeast", 4],
    ];
    for (const [operator, value] of answers) {
      table.add({ ...anyone, "ent.staff": { state: "answers", answers: [{ operator, value, answer: true }] } });
    }
    expect(sweep(table).byPolicy).toMatchObject([
      { eligible: rows + 2, undetermined: 2 },
      { eligible: rows + 1, undetermined: 2 },
      { eligible: 0, undetermined: 2 },
    ]);
    expect(table.layout.planes).toBeGreaterThan(before);
  });
});

const anyone = profile({ "ent.subjectType": "企业" });
const staffed = (value: number) => profile({ "ent.subjectType": "企业", "ent.staff": value });

function staff(operator: string, value: number) {
  return aPolicy({ conditions: { clause: "一", fact: "ent.staff", operator, value } });
}
