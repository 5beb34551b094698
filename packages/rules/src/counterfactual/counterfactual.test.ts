import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import { earliestChange } from "./earliest-change.ts";
import { nearestChange } from "./nearest-change.ts";

const asOf = "2025-11-03";
const leaf = (name: string, fact: string, operator: string, value: unknown) => ({
  name,
  clause: "一",
  fact,
  operator,
  value,
});

async function changesFor(conditions: object, facts: Readonly<Record<string, Json>>) {
  const policy = aPolicy({ conditions });
  return nearestChange(policy, await decide(policy, profile({ ...aFirm, ...facts }), { asOf }));
}

test("the change is told in the unit of the fact, with the gap", async () => {
  const staff = await changesFor(leaf("staff", "ent.staff", "atLeast", 5), { "ent.staff": 3 });
  expect(staff?.map(({ sentence }) => sentence)).toEqual([
    { zh: "人数 3 人，需为 5 人（差 2 人）", en: "Staff: 3 people, would have to be 5 people (2 people short)" },
  ]);
  const growth = await changesFor(leaf("growth", "fin.growth", "atLeast", 3), { "fin.growth": "2.4" });
  expect(growth?.[0]?.sentence.zh).toBe("增幅 2.4%，需为 3%（差 0.6 个百分点）");
});

test("a limit that is not included is passed by the smallest step of the fact", async () => {
  const to = async (fact: string, operator: string, value: unknown, actual: Json) => {
    return (await changesFor(leaf("x", fact, operator, value), { [fact]: actual }))?.[0]?.to;
  };
  expect(await to("ent.staff", "greaterThan", 5, 5)).toBe("6");
  expect(await to("fin.sales", "lessThan", 100, 100)).toBe("99.99");
  expect(await to("ent.since", "lessThan", "2020-01-01", "2020-01-01")).toBe("2019-12-31");
});

test("of alternatives the one with fewer changes is told; of joint requirements all", async () => {
  const alternatives = {
    any: [
      { all: [leaf("a", "ent.staff", "atLeast", 5), leaf("b", "fin.sales", "atLeast", 5)] },
      leaf("c", "fin.growth", "atLeast", 5),
    ],
  };
  const facts = { "ent.staff": 0, "fin.sales": 0, "fin.growth": 0 };
  expect((await changesFor(alternatives, facts))?.map(({ name }) => name)).toEqual(["c"]);
  const joint = { all: alternatives.any };
  expect((await changesFor(joint, facts))?.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("an eligible firm needs no change", async () => {
  expect(await changesFor(leaf("staff", "ent.staff", "atLeast", 5), { "ent.staff": 5 })).toBeUndefined();
});

const limits = fc.constantFrom("atLeast", "atMost", "greaterThan", "lessThan", "equal");
const numberLeaf = fc.tuple(fc.constantFrom("ent.staff", "fin.sales"), limits, fc.integer({ min: 1, max: 9 }));
const facts = fc.record({ "ent.staff": fc.integer({ min: 0, max: 12 }), "fin.sales": fc.integer({ min: 0, max: 12 }) });

test.prop([numberLeaf, numberLeaf, fc.constantFrom("any", "not"), facts], { numRuns: 1000 })(
  "with the changes made, the firm is eligible",
  async ([fact, operator, value], [otherFact, otherOperator, otherValue], kind, known) => {
    const first = leaf("first", fact, operator, value);
    const second = leaf("second", otherFact, otherOperator, otherValue);
    const policy = aPolicy({ conditions: kind === "any" ? { any: [first, second] } : { not: first } });
    const changes = nearestChange(policy, await decide(policy, profile({ ...aFirm, ...known }), { asOf }));
    if (!changes) return;
    const changed = Object.fromEntries(changes.map(({ fact: id, to }) => [id, to]));
    expect((await decide(policy, profile({ ...aFirm, ...known, ...changed }), { asOf })).outcome).toBe("eligible");
  },
);

test("where only time is missing, the first day of the other answer is found", async () => {
  const derived = {
    "age.months": { type: "integer", label: { zh: "满月", en: "Months" }, formula: "full months(ent.since, asOf)" },
  };
  const policy = aPolicy({ derived, conditions: leaf("age", "age.months", "atLeast", 12) });
  const firm = profile({ ...aFirm, "ent.since": "2024-12-15" });
  expect(await earliestChange(policy, firm, { asOf })).toEqual({ on: "2025-12-15", outcome: "eligible" });
  expect(await earliestChange(policy, firm, { asOf, withinDays: 30 })).toBeUndefined();
});

test("a derived share is told in the delivered facts behind it, exactly", async () => {
  const derived = {
    "rd.share": {
      type: "percent",
      label: { zh: "研发投入占比", en: "Research share" },
      formula: "sum(ledger.paid.amount) / 31000000 * 100 + fin.sales / 31000000 * 100",
    },
  };
  const policy = aPolicy({ derived, conditions: leaf("share", "rd.share", "atLeast", 3) });
  const facts = { ...aFirm, "ledger.paid": [], "fin.sales": "744000" };
  const [change] = nearestChange(policy, await decide(policy, profile(facts), { asOf })) ?? [];
  expect(change?.sentence.zh).toBe("研发投入占比 2.4%，需为 3%（差 0.6 个百分点）");
  expect(change?.equivalents).toEqual([
    {
      fact: "fin.sales",
      to: "930000",
      sentence: { zh: "相当于销售收入增加 186,000 元", en: "that is CNY 186,000 more of: Sales" },
    },
  ]);
  const enough = await decide(policy, profile({ ...facts, "fin.sales": "930000" }), { asOf });
  expect(enough.outcome).toBe("eligible");
});

test("what does not follow in a straight line is not translated", async () => {
  const derived = {
    "per.head": { type: "decimal", label: { zh: "人均", en: "Per head" }, formula: "fin.sales / ent.staff" },
  };
  const policy = aPolicy({ derived, conditions: leaf("head", "per.head", "atLeast", 100) });
  const facts = { ...aFirm, "fin.sales": "990", "ent.staff": 10 };
  const [change] = nearestChange(policy, await decide(policy, profile(facts), { asOf })) ?? [];
  // More sales would do, told to the fen; fewer staff bends the line.
  expect(change?.equivalents.map(({ fact, to }) => [fact, to])).toEqual([["fin.sales", "1000"]]);
});
