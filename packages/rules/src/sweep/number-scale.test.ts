import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Json } from "../json.ts";
import { aPolicy } from "../testing.ts";
import { addColumns, type FactColumn, scalesOf } from "./add-columns.ts";
import type { Coding } from "./coding.ts";
import { FirmTable } from "./firm-table.ts";
import { ScaleReader } from "./number-scale.ts";
import { planSweep } from "./plan.ts";

const asOf = "2025-11-03";
const ask = (fact: string, value: Json) => ({ fact, operator: "atLeast", value });

function tableFor(...requirements: readonly Json[]): FirmTable {
  return new FirmTable(planSweep([aPolicy({ conditions: { clause: "一", all: requirements } })], { asOf }));
}

function codingOf(table: FirmTable, id: string): Coding {
  const coding = table.codings.find(({ column }) => column.fact?.id === id);
  if (!coding) throw new Error(`no column of ${id}`);
  return coding;
}

const limits = ["-2", "0", "0.1", "0.3", 3, "1000000", "9007199254740992", "9007199254740993"];
const near = fc.constantFrom(...limits.map(Number)).chain((limit) =>
  fc.integer({ min: -3, max: 3 }).map((steps) => {
    const size = Math.abs(limit) || 1;
    return limit + steps * 2 ** (Math.floor(Math.log2(size)) - 52);
  }),
);
const special = fc.constantFrom(0, -0, 1e21, -1e21, 1e-6, 1e-7, -1e-6, Number.NaN, Number.POSITIVE_INFINITY, 5e-324);
const doubles = fc.array(fc.oneof(fc.double(), near, special, fc.integer()), { minLength: 1, maxLength: 40 });

describe("many doubles at once", () => {
  const table = tableFor(...limits.map((value) => ask("fin.growth", value)), ask("ent.staff", 5), ask("ent.staff", 20));

  test.prop([doubles, fc.constantFrom("fin.growth", "ent.staff"), fc.nat({ max: 3 })], { numRuns: 2000 })(
    "have the code that each has by itself, and who has none keeps what it had",
    (values, id, from) => {
      const { values: classes, codeOfJson } = codingOf(table, id);
      const coding = codingOf(table, id);
      const known = Uint8Array.from(values, (_, at) => (at % 4 === 3 ? 0 : 1));
      const into = new Uint16Array(Math.max(0, values.length - from)).fill(77);
      classes?.doubles?.read(into, Float64Array.from(values), known, from);
      const expected = values.map((value, at) => (known[at] === 1 ? codeOfJson.call(coding, value) : 77));
      expect([...into]).toEqual(expected.slice(from));
    },
  );

  test.prop([doubles, fc.constantFrom("fin.growth", "ent.staff")], { numRuns: 2000 })(
    "become places among some of them, each with the code of all that have its place",
    (values, id) => {
      const coding = codingOf(table, id);
      const scale = coding.values?.scale;
      if (!scale) throw new Error("a number has a scale");
      const reader = new ScaleReader(scale);
      const places = new Uint16Array(values.length);
      const isEach = reader.read(places, Float64Array.from(values));
      const written = values.map((value) => value < 1e21 && value > -1e21 && (value === 0 || Math.abs(value) >= 1e-6));
      const isOne = values.map((value, at) => written[at] === true && (id === "fin.growth" || Number.isInteger(value)));
      expect(isEach).toBe(!isOne.includes(false));
      for (const [at, value] of values.entries()) {
        const entry = reader.entries[(places[at] as number) - 1];
        expect(isOne[at] === true).toBe(places[at] !== 0);
        if (entry !== undefined) expect(coding.codeOfJson(entry)).toBe(coding.codeOfJson(value));
      }
    },
  );
});

describe("a class is enough of a fact", () => {
  test("where it is only compared with numbers of the text", () => {
    const derived = {
      "own.perHead": { type: "decimal", label: { zh: "人均", en: "Per head" }, formula: "fin.sales / ent.staff" },
    };
    const all = [ask("fin.growth", 3), ask("fin.sales", 10), ask("own.perHead", 2)];
    const plan = planSweep([aPolicy({ conditions: { clause: "一", all }, derived })], { asOf });
    expect([...scalesOf(new FirmTable(plan)).keys()]).toEqual(["fin.growth"]);
  });

  test("nowhere, when a policy is decided firm by firm", () => {
    const policies = [3, 4].map((value) => aPolicy({ conditions: { clause: "一", ...ask("fin.growth", value) } }));
    const plan = planSweep(policies, { asOf, mostQuestions: 1 });
    expect(plan.alone).toHaveLength(1);
    expect(scalesOf(new FirmTable(plan)).size).toBe(0);
  });
});

test("a value that is none of the fact by which firms are kept together is told of once", () => {
  const regional = (value: string) =>
    aPolicy({ conditions: { clause: "一", fact: "ent.region", operator: "startsWith", value } });
  const plan = planSweep([regional("3301"), regional("3302")], { asOf });
  const table = new FirmTable(plan, { expectedFirms: 1_000_000 });
  expect(table.zone).toBeDefined();
  const regions: FactColumn = { kind: "values", values: ["330101", 7, "330201", undefined] };
  const misfits: unknown[] = [];
  addColumns(table, 4, new Map([["ent.region", regions]]), (misfit) => misfits.push(misfit));
  expect(misfits).toEqual([{ fact: "ent.region", row: 1, value: 7 }]);
});
