import { expect, test } from "vitest";
import { aPolicy } from "../testing.ts";
import { describeFund } from "./describe-fund.ts";

const closes = "2025-11-30";
const said = (change: Readonly<Record<string, unknown>>) => describeFund(aPolicy(change)).map(({ zh }) => zh);

test.each<[string, Record<string, unknown>, RegExp[]]>([
  ["silent", {}, [/先后/, /未规定.*轮候/]],
  ["first come", { fund: { rule: "first-come", whenShort: "turned-away", clause: "二" } }, [/先后/, /不轮候/]],
  [
    "pro rata",
    { fund: { rule: "pro-rata", whenShort: "reduced", closes, clause: "二" } },
    [/同一比例/, /2025-11-30.*一并/, /不再补/],
  ],
  [
    "ranked",
    { fund: { rule: "ranked", by: "ent.staff * 2", whenShort: "waiting-list", closes, clause: "二" } },
    [/ent\.staff \* 2/, /一并/, /公开次序轮候/],
  ],
  [
    "lots",
    { fund: { rule: "lottery", seedSha256: "ab".repeat(32), whenShort: "turned-away", closes, clause: "二" } },
    [/(ab){32}/, /一并/, /不轮候/],
  ],
])("a fund that is %s says so before anyone agrees", (_, change, expected) => {
  const sentences = said(change);
  expect(sentences).toHaveLength(expected.length);
  for (const [nth, words] of expected.entries()) expect(sentences[nth]).toMatch(words);
});

test("the limits of law and promise are said with it", () => {
  const timeLimits = { statutory: { workingDays: 20, clause: "二" }, promised: { workingDays: 5, clause: "二" } };
  expect(said({ timeLimits }).slice(2)).toEqual([
    "法定时限：资金预留后 20 个工作日内到账。",
    "承诺时限：5 个工作日内到账，逾期自动公示。",
  ]);
});

test("where no money of the treasury is paid there is nothing to say", () => {
  const payout = {
    budgetLine: "x-2025",
    period: "once",
    confirmWithinDays: 30,
    payer: { who: { zh: "业主", en: "Owner" } },
  };
  expect(said({ payout })).toEqual([]);
});
