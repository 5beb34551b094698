import { expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";
import { decideWith, movesWithTime, nearMissOf } from "./near-miss.ts";
import { nearestChange } from "./nearest-change.ts";

const asOf = "2025-11-03";
const leaf = (name: string, fact: string, operator: string, value: unknown) => ({
  name,
  clause: "一",
  fact,
  operator,
  value,
});
const staff = leaf("staff", "ent.staff", "atLeast", 5);

async function nearTo(conditions: object, facts: Readonly<Record<string, Json>>) {
  const policy = aPolicy({ conditions });
  return nearMissOf(policy, await decide(policy, profile({ ...aFirm, ...facts }), { asOf }));
}

test("a firm that is one fact away is near; one that is two away, or there, is not", async () => {
  const both = { all: [staff, leaf("sales", "fin.sales", "atLeast", 100)] };
  expect(await nearTo(both, { "ent.staff": 4, "fin.sales": "100" })).toEqual({ kind: "change", fact: "ent.staff" });
  expect(await nearTo(both, { "ent.staff": 4, "fin.sales": "99" })).toBeUndefined();
  expect(await nearTo(both, { "ent.staff": 5, "fin.sales": "100" })).toBeUndefined();
});

test("one fact that nobody has delivered is near as well", async () => {
  expect(await nearTo(staff, {})).toEqual({ kind: "missing", fact: "ent.staff" });
});

test("a policy for another place or kind is not nearly the firm's", async () => {
  expect(await nearTo(leaf("grade", "ent.grade", "equal", "A"), { "ent.grade": "B" })).toBeUndefined();
});

test("what it would give is the policy's own answer with the change made", async () => {
  const policy = aPolicy({ conditions: staff });
  const firm = profile({ ...aFirm, "ent.staff": 4 });
  const changes = nearestChange(policy, await decide(policy, firm, { asOf })) ?? [];
  const made = await decide(policy, profile({ ...aFirm, "ent.staff": 5 }), { asOf });
  expect(made.outcome).toBe("eligible");
  expect(await decideWith(policy, firm, changes, asOf)).toMatchObject({ outcome: "eligible", amount: made.amount });
});

test("only what is reckoned from the day of the decision moves with time", () => {
  const derived = {
    "age.months": { type: "integer", label: { zh: "满月", en: "Months" }, formula: "full months(ent.since, asOf)" },
  };
  const policy = aPolicy({ derived, conditions: leaf("age", "age.months", "atLeast", 12) });
  expect(movesWithTime(policy, "age.months")).toBe(true);
  expect(movesWithTime(policy, "ent.staff")).toBe(false);
});
