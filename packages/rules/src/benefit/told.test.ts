import { describe, expect, test } from "vitest";
import { decide, factsNeededBy } from "../decide.ts";
import type { Json } from "../json.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";

/** What each mechanism tells of the way to its amount, and which facts it looks at. */

const facts: Readonly<Record<string, Json>> = {
  ...aFirm,
  "ent.staff": 60,
  "ent.grade": "A",
  "ent.since": "2020-01-01",
  "fin.sales": 9000,
  "fin.growth": 6,
  "ledger.paid": [
    { family: "small", amount: 150, paidOn: null },
    { family: "giant", amount: 50, paidOn: null },
  ],
};
const titles = { small: 500, giant: 2000 };
const a = { zh: "甲", en: "A" };
const b = { zh: "乙", en: "B" };

async function told(amount: unknown, more: object = {}) {
  const policy = aPolicy({ benefit: { clause: "二", amount, ...more } });
  const { computation } = await decide(policy, profile(facts), { asOf: "2025-11-03" });
  const steps = computation.map(({ label, text, fact }) => `${fact ?? ""}|${label.zh}|${label.en}|${text.zh}`);
  return { steps: steps.filter((step) => step.startsWith("|")), facts: factsNeededBy(policy) };
}

const subject = ["ent.good", "ent.subjectType"];

test.each<[string, unknown, string[], string[]]>([
  ["a number", 1000, [], []],
  ["a formula", "fin.sales * 2", [], ["fin.sales"]],
  [
    "a capped formula",
    { formula: "fin.sales", cap: 500, floor: "ent.staff" },
    ["|下限|At least|60 元", "|上限|At most|500 元"],
    ["ent.staff", "fin.sales"],
  ],
  ["bands", { bands: { of: "ent.staff", table: [{ below: 10, amount: 1 }, { amount: 2 }] } }, [], ["ent.staff"]],
  [
    "brackets",
    { brackets: { of: "fin.sales", table: [{ upTo: 5000, percent: 10 }, { percent: "2.5" }] } },
    ["|按 10% 的部分|The part at 10 %|500 元", "|按 2.5% 的部分|The part at 2.5 %|100 元"],
    ["fin.sales"],
  ],
  ["a fixed rate", { percentage: { of: "fin.sales", percent: 15 } }, ["|比例|Rate|15%"], ["fin.sales"]],
  [
    "a rate by key",
    { percentage: { of: "fin.sales", percent: { by: "ent.grade", table: { A: 30, B: 60 } } } },
    ["|比例|Rate|30%"],
    ["ent.grade", "fin.sales"],
  ],
  [
    "a level difference",
    { levelDifference: { held: "ledger.paid.family", table: titles, paid: "sum(ledger.paid.amount) + ent.staff" } },
    ["|最高等级对应的奖励|Award of the highest level|2,000 元", "|此前已兑付|Paid before|260 元"],
    ["ent.staff", "ledger.paid"],
  ],
  ["the highest title", { highest: { held: "ledger.paid.family", table: titles } }, [], ["ledger.paid"]],
  [
    "a ladder",
    { ladder: { reached: "fin.sales", before: "ent.staff", take: "sum", steps: [{ above: 100, amount: 5 }] } },
    ["|此前最高|Highest before|60 元"],
    ["ent.staff", "fin.sales"],
  ],
  [
    "each record",
    { each: { of: "ledger.paid", as: "one", when: "one.amount > ent.staff", amount: "one.amount + fin.growth" } },
    ["|符合条件的数量|How many count|1"],
    ["ent.staff", "fin.growth", "ledger.paid"],
  ],
  [
    "parts",
    {
      parts: {
        take: "sum",
        of: [
          { name: "one", label: a, when: "ent.staff >= 50", amount: { percentage: { of: "fin.sales", percent: 1 } } },
          { name: "two", label: b, when: "fin.growth > 99", amount: 7 },
        ],
      },
    },
    ["|比例|Rate|1%", "|甲|A|90 元"],
    ["ent.staff", "fin.growth", "fin.sales"],
  ],
  [
    "a grid",
    { grid: { rows: "ent.grade", columns: 'if ent.staff > 5 then "many" else "few"', table: { A: { many: 3 } } } },
    [],
    ["ent.grade", "ent.staff"],
  ],
  [
    "a score",
    {
      score: {
        criteria: [
          { label: a, points: "ent.staff" },
          { label: b, points: "fin.growth" },
        ],
        veto: ['ent.grade = "C"'],
        table: [{ amount: 1 }],
      },
    },
    ["|甲|A|60", "|乙|B|6", "|总分|Total points|66"],
    ["ent.grade", "ent.staff", "fin.growth"],
  ],
  [
    "deductions",
    {
      waterfall: {
        from: "fin.sales",
        less: [
          { label: a, amount: "ent.staff" },
          { label: b, amount: "fin.growth" },
        ],
      },
    },
    ["|甲|A|60 元", "|乙|B|6 元"],
    ["ent.staff", "fin.growth", "fin.sales"],
  ],
  [
    "versions",
    { dated: { on: "ent.since", versions: [{ from: "2019-01-01", amount: "ent.staff" }] } },
    [],
    ["ent.since", "ent.staff"],
  ],
])("%s", async (_, amount, steps, needed) => {
  expect(await told(amount)).toEqual({ steps, facts: [...needed, ...subject].sort() });
});

test("a minimum is told, and what a published table decides on is looked at", async () => {
  const steps = ["|低于此数不支付|Not paid below|100 元"];
  expect((await told("fin.sales", { minimum: 100 })).steps).toEqual(steps);
  const discretion = { clause: "二", table: { bands: { of: "ent.staff", table: [{ amount: 5 }] } } };
  expect((await told("fin.sales", { discretion })).facts).toContain("ent.staff");
});

describe("a formula that gives the wrong kind is refused, with its place", () => {
  test.each<[unknown, string]>([
    [{ bands: { of: "ent.grade", table: [{ amount: 1 }] } }, "benefit.amount.bands.of"],
    [{ brackets: { of: "ent.grade", table: [{ percent: 1 }] } }, "benefit.amount.brackets.of"],
    [{ percentage: { of: "ent.grade", percent: 1 } }, "benefit.amount.percentage.of"],
    [
      { percentage: { of: "fin.sales", percent: { by: "fin.sales", table: { A: 1 } } } },
      "benefit.amount.percentage.percent.by",
    ],
    [{ levelDifference: { held: "ent.staff", table: titles, paid: "0" } }, "benefit.amount.levelDifference.held"],
    [
      { levelDifference: { held: "ledger.paid.family", table: titles, paid: "ent.grade" } },
      "benefit.amount.levelDifference.paid",
    ],
    [{ highest: { held: "ent.staff", table: titles } }, "benefit.amount.highest.held"],
    [
      { ladder: { reached: "ent.grade", before: "0", take: "sum", steps: [{ from: 1, amount: 1 }] } },
      "benefit.amount.ladder.reached",
    ],
    [
      { ladder: { reached: "0", before: "ent.grade", take: "sum", steps: [{ from: 1, amount: 1 }] } },
      "benefit.amount.ladder.before",
    ],
    [{ each: { of: "ent.staff", as: "one", amount: 1 } }, "benefit.amount.each.of"],
    [{ each: { of: "ledger.paid", as: "one", when: "one.amount", amount: 1 } }, "benefit.amount.each.when"],
    [{ each: { of: "ledger.paid", as: "one", amount: "one.family" } }, "benefit.amount.each.amount"],
    [
      { parts: { take: "sum", of: [{ name: "x", label: a, when: "ent.staff", amount: 1 }] } },
      "benefit.amount.parts.of[0].when",
    ],
    [
      { parts: { take: "sum", of: [{ name: "x", label: a, amount: "ent.grade" }] } },
      "benefit.amount.parts.of[0].amount",
    ],
    [{ grid: { rows: "ent.staff", columns: "ent.grade", table: { A: { B: 1 } } } }, "benefit.amount.grid.rows"],
    [{ grid: { rows: "ent.grade", columns: "ent.staff", table: { A: { B: 1 } } } }, "benefit.amount.grid.columns"],
    [
      { score: { criteria: [{ label: a, points: "ent.grade" }], table: [{ amount: 1 }] } },
      "benefit.amount.score.criteria[0].points",
    ],
    [
      { score: { criteria: [{ label: a, points: "1" }], veto: ["1"], table: [{ amount: 1 }] } },
      "benefit.amount.score.veto[0]",
    ],
    [{ waterfall: { from: "ent.grade", less: [{ label: a, amount: "1" }] } }, "benefit.amount.waterfall.from"],
    [
      { waterfall: { from: "1", less: [{ label: a, amount: "ent.grade" }] } },
      "benefit.amount.waterfall.less[0].amount",
    ],
    [{ dated: { on: "ent.staff", versions: [{ from: "2020-01-01", amount: 1 }] } }, "benefit.amount.dated.on"],
    [
      { dated: { on: "ent.since", versions: [{ from: "2020-01-01", amount: "ent.grade" }] } },
      "benefit.amount.dated.versions[0].amount",
    ],
    [{ formula: "ent.grade" }, "benefit.amount.formula"],
    [{ formula: "1", cap: "ent.grade" }, "benefit.amount.cap"],
    [{ formula: "1", floor: "ent.grade" }, "benefit.amount.floor"],
    ["ent.grade", "benefit.amount"],
  ])("%j at %s", (amount, where) => {
    expect(() => aPolicy({ benefit: { clause: "二", amount } })).toThrow(expect.objectContaining({ where }));
  });
});

describe("a table that cannot work is refused, with its place", () => {
  const table = [
    { below: 5, amount: 1 },
    { below: 5, amount: 2 },
  ];
  test.each<[object, RegExp]>([
    [{ amount: { bands: { of: "ent.staff", table } } }, /bands\.table\[1\]: must have a higher limit/],
    [
      { amount: { bands: { of: "ent.staff", table: [{ amount: 1 }, { amount: 2 }] } } },
      /bands\.table\[0\]: has no upper limit/,
    ],
    [{ amount: { bands: { of: "ent.staff", table: [{ below: 5, upTo: 5, amount: 1 }] } } }, /has both below and upTo/],
    [{ amount: { bands: { of: "ent.staff", table: [] } } }, /bands\.table/],
    [{ amount: { score: { criteria: [{ label: a, points: "1" }], table } } }, /score\.table\[1\]/],
    [{ amount: { grid: { rows: "ent.grade", columns: "ent.grade", table: {} } } }, /grid\.table: is empty/],
    [{ amount: { percentage: { of: "1", percent: { by: "ent.grade", table: {} } } } }, /percent\.table: is empty/],
    [
      { amount: { percentage: { of: "1", percent: { by: "ent.grade", table: { D: 1 } } } } },
      /percent\.table: "D" is no code of ent\.grade/,
    ],
    [
      { amount: { ladder: { reached: "1", before: "0", take: "sum", steps: [{ amount: 1 }] } } },
      /needs one of above and from/,
    ],
    [
      { amount: { ladder: { reached: "1", before: "0", take: "sum", steps: [{ above: 1, from: 1, amount: 1 }] } } },
      /needs one of above and from/,
    ],
    [{ amount: { each: { of: "ledger.paid", as: "Not one", amount: 1 } } }, /each\.as: must be one word such as hire/],
    [
      { amount: { parts: { take: "sum", of: [{ name: "Not one", label: a, amount: 1 }] } } },
      /name: must be one word such as firstEntry/,
    ],
    [{ amount: {} }, /benefit\.amount: has no way to compute it/],
    [{ amount: { bandz: {} } }, /benefit\.amount: unknown mechanism "bandz"\. Did you mean "bands"\?/],
    [{ amount: { bands: {}, each: {} } }, /has both "bands" and "each"; one mechanism at a time/],
    [{ amount: 1, instalments: [{ year: 1, percent: 50 }] }, /benefit\.instalments/],
    [{ amount: 1, split: [{ payer: "a" }, { payer: "b", rest: true }] }, /needs one of percent and rest/],
    [{ amount: 1, discretion: { clause: "九" } }, /benefit\.discretion\.clause: source\.md has no clause "九"/],
    [{ amount: 1, discretion: { clause: "二", table: "ent.grade" } }, /benefit\.discretion\.table/],
    [{ clause: "九", amount: 1 }, /benefit\.clause: source\.md has no clause "九"/],
  ])("%j", (benefit, message) => {
    expect(() => aPolicy({ benefit: { clause: "二", ...benefit } })).toThrow(message);
  });
});

test("numbers of tables are known to the review, those of formulas are not", () => {
  const benefit = {
    clause: "二",
    amount: { percentage: { of: "fin.sales * 7", percent: "0.25" }, cap: 500, floor: "5 + 5" },
    minimum: 20,
  };
  expect(aPolicy({ benefit }).benefit.numbers).toEqual(["0.25", "500", "20"]);
});
