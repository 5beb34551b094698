import { expect, test } from "vitest";
import { aFirm, aPolicy } from "../testing.ts";
import { checkCases } from "./check-cases.ts";

const policy = aPolicy({ benefit: { clause: "二", amount: "fin.sales" } });
const base = { asOf: "2025-11-03", facts: { ...aFirm, "fin.sales": "10.5" } };
const run = (...cases: object[]) => checkCases(policy, { ...base, cases });

test("a case passes when all that it speaks of is so", async () => {
  const report = await run(
    { name: "amount", expect: { outcome: "eligible", amount: "10.50", missing: [] } },
    { name: "outcome only", facts: { "ent.good": false }, expect: { outcome: "ineligible" } },
    {
      name: "unknown",
      without: ["fin.sales"],
      expect: { outcome: "eligible", amount: "unknown", missing: ["fin.sales"] },
    },
    { name: "before", asOf: "2019-12-31", expect: { outcome: "ineligible", amount: "none" } },
  );
  expect(report).toEqual({ passed: 4, failed: 0, failures: [] });
});

test("a case that is not so is told with both answers", async () => {
  const { failures } = await run({ name: "one fen off", expect: { outcome: "eligible", amount: "10.51" } });
  expect(failures).toEqual([{ name: "one fen off", expected: "eligible, 1051 fen", actual: "eligible, 1050 fen" }]);
});

test("a case with a typo is refused by its place, not passed", async () => {
  await expect(run({ name: "a", expects: {} })).rejects.toThrow(/^cases\[0\]/);
  await expect(run({ name: "a", facts: { "ent.god": true }, expect: { outcome: "eligible" } })).rejects.toThrow(
    /unknown fact. Did you mean "ent\.good"/,
  );
  await expect(run({ name: "a", without: ["ent.staff"], expect: { outcome: "eligible" } })).rejects.toThrow(
    /not among the common facts/,
  );
});

test("an example beside other benefits is run by the rules that the policy states", async () => {
  const stacking = [{ name: "most", clause: "二", ceiling: { most: 100, with: ["other"], during: "ever" } }];
  const bundles = [
    {
      name: "ceiling",
      due: [{ amount: 80 }],
      received: [{ family: "other", amount: 30 }],
      expect: { "test-policy": 70 },
    },
    { name: "unknown", due: [{ amount: 80 }], received: "unknown", expect: { "test-policy": "undetermined" } },
    { name: "wrong", due: [{ amount: 80 }], expect: { "test-policy": 70 } },
  ];
  const report = await checkCases(aPolicy({ stacking }), { asOf: "2025-11-03", cases: [], bundles });
  expect(report).toMatchObject({ passed: 2, failed: 1 });
  expect(report.failures).toEqual([
    { name: "wrong", expected: "test-policy 7000 fen", actual: "test-policy 8000 fen" },
  ]);
  const twice = [{ name: "twice", due: [{ amount: 1 }, { amount: 2 }], expect: {} }];
  await expect(checkCases(aPolicy({ stacking }), { asOf: "2025-11-03", cases: [], bundles: twice })).rejects.toThrow(
    /twice/,
  );
});
