import { expect, test } from "vitest";
import { emptyLedger } from "../stacking/paid-ledger.ts";
import { proposeBundle } from "../stacking/propose-bundle.ts";
import { beside, ceiling, due, line, rule, yearly } from "../stacking/testing-stacking.ts";
import { explainBundle } from "./explain-bundle.ts";

const titleOf = (policy: string) => ({ zh: `政策${policy}`, en: `Policy ${policy}` });

test("a bundle says what each gives, which clause takes what, and what other choices would come to", () => {
  const bundle = proposeBundle({
    rules: [rule("a", { kind: "exclusive", seats: beside("a", "b"), once: false }), ceiling("b", 200_000, yearly, "c")],
    awards: [due("a", 100_000), due("b", 150_000), due("c", 80_000)],
    ledger: { ...emptyLedger, lines: [line("c", 20_000)] },
    asOf: "2025-11-03",
  });
  expect(explainBundle(bundle, titleOf, "zh").split("\n")).toEqual([
    "合计 1,800.00 元",
    "政策a：1,000.00 元",
    "政策b：不发放（单独计算为 1,500.00 元）",
    "  某规定（政策a 一）：只能享受其中一项；同时计入“政策a”",
    "政策c：800.00 元",
    "- 选择“政策a”：合计 1,800.00 元（建议方案；某规定（政策a 一））",
    "- 选择“政策b”：合计 1,800.00 元，比建议方案少 0.00 元",
  ]);
  expect(explainBundle(bundle, titleOf, "en")).toContain(
    "With “Policy b”: CNY 1,800.00 in all, CNY 0.00 less than proposed",
  );
});

test("a ceiling says what it is, for whom and when, and what was received", () => {
  const bundle = proposeBundle({
    rules: [ceiling("a", 100_000, { during: { kind: "rollingYears", years: 3 } })],
    awards: [due("a", 90_000)],
    ledger: { ...emptyLedger, lines: [line("a", 50_000)] },
    asOf: "2025-11-03",
  });
  expect(explainBundle(bundle, titleOf, "zh")).toContain("每户近 3 年最高 1,000.00 元；此前已得 500.00 元");
  expect(explainBundle(bundle, titleOf, "en")).toContain(
    "at most CNY 1,000.00 in 3 years for a firm; CNY 500.00 received before",
  );
});

test("what is not known is said, with the rule that needs it", () => {
  const bundle = proposeBundle({
    rules: [rule("b", { kind: "levelDifference", own: ["b"], seats: [["a"]] })],
    awards: [due("b", 90_000)],
    ledger: { lines: [], isWhole: { firm: false, group: false, objects: false } },
    asOf: "2025-11-03",
  });
  expect(explainBundle(bundle, titleOf, "zh")).toContain("某规定（政策b 一）：此前领取情况尚不清楚");
  expect(explainBundle(bundle, titleOf, "en")).toContain("what was received before is not known");
});
