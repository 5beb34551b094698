import { describe, expect, test } from "vitest";
import { decide } from "../decide.ts";
import type { Json } from "../json.ts";
import { aFirm, aPolicy, profile } from "../testing.ts";

type Facts = Readonly<Record<string, Json>>;

/** What a benefit comes to: 元, `from–to`, `unknown` or `none`, and after a bar what is missing. */
async function granted(benefit: Readonly<Record<string, unknown>>, facts: Facts = {}): Promise<string> {
  const policy = aPolicy({ benefit: { clause: "二", ...benefit } });
  const { amount, missing } = await decide(policy, profile({ ...aFirm, ...facts }), { asOf: "2025-11-03" });
  const yuan = (fen: string) => String(Number(fen) / 100);
  const said =
    amount.kind === "exact"
      ? yuan(amount.fen)
      : amount.kind === "range"
        ? `${yuan(amount.minFen)}–${yuan(amount.maxFen)}`
        : amount.kind;
  return missing.length === 0 ? said : `${said} | ${missing.join(" ")}`;
}

const paid = (...amounts: number[]) => amounts.map((amount) => ({ family: "a", amount, paidOn: null }));

describe("brackets", () => {
  const benefit = {
    amount: { brackets: { of: "fin.sales", table: [{ upTo: 5_000_000, percent: 10 }, { percent: 5 }] } },
  };
  test.each<[number, string]>([
    [5_000_000, "500000"],
    [5_000_000.01, "500000"],
    [5_000_001, "500000.05"],
    [15_000_000, "1000000"],
    [0, "0"],
  ])("tax each part of %i at its own rate: %s", async (sales, expected) => {
    expect(await granted(benefit, { "fin.sales": sales })).toBe(expected);
  });
  test("of an unknown base say nothing of the amount but that it is missing", async () => {
    expect(await granted({ amount: { ...benefit.amount, cap: 3_000_000 } })).toBe("0–3000000 | fin.sales");
  });
  test.each([
    [[{ percent: 10 }, { percent: 5 }]],
    [
      [
        { upTo: 5, percent: 10 },
        { upTo: 5, percent: 5 },
      ],
    ],
  ])("that cannot all be reached are refused: %j", async (table) => {
    await expect(granted({ amount: { brackets: { of: "fin.sales", table } } })).rejects.toThrow(/brackets\.table\[/);
  });
});

describe("a ladder", () => {
  const steps = [
    { above: 20, amount: 10 },
    { above: 60, amount: 20 },
    { from: 100, amount: 40 },
  ];
  const ladder = (take: string) => ({ amount: { ladder: { reached: "fin.sales", before: "ent.staff", steps, take } } });
  test.each<[number, number, string, string]>([
    [19, 70, "20", "30"],
    [19, 20, "0", "0"],
    [20, 21, "10", "10"],
    [21, 60, "0", "0"],
    [21, 61, "20", "20"],
    [99, 100, "40", "40"],
    [100, 500, "0", "0"],
  ])("from %i to %i earns the highest new step, %s, or all of them, %s", async (before, reached, highest, sum) => {
    const facts = { "ent.staff": before, "fin.sales": reached };
    expect(await granted(ladder("highest"), facts)).toBe(highest);
    expect(await granted(ladder("sum"), facts)).toBe(sum);
  });
  test("whose history is unknown lies between nothing and the step", async () => {
    expect(await granted(ladder("highest"), { "fin.sales": 70 })).toBe("0–20 | ent.staff");
  });
});

describe("the highest of some titles", () => {
  const benefit = { amount: { highest: { held: "ledger.paid.family", table: { small: 500, giant: 2000 } } } };
  const titles = (...names: string[]) => ({
    "ledger.paid": names.map((family) => ({ family, amount: 0, paidOn: null })),
  });
  test.each<[string[], string]>([
    [["small", "giant"], "2000"],
    [["small"], "500"],
    [["other"], "0"],
    [[], "0"],
  ])("%j earns %s, once", async (names, expected) => {
    expect(await granted(benefit, titles(...names))).toBe(expected);
  });
  test("not known yet lies between nothing and the best", async () => {
    expect(await granted(benefit)).toBe("0–2000 | ledger.paid");
  });
});

describe("an amount for each record", () => {
  const each = {
    of: "ledger.paid",
    as: "loan",
    when: "loan.amount > 100",
    amount: { percentage: { of: "loan.amount", percent: 10 }, cap: 30 },
  };
  test("counts those that meet their own conditions, each within its own cap", async () => {
    expect(await granted({ amount: { each } }, { "ledger.paid": paid(100, 200, 1000) })).toBe("50");
  });
  test("and the firm within another", async () => {
    expect(await granted({ amount: { each, cap: 45 } }, { "ledger.paid": paid(200, 1000) })).toBe("45");
  });
  test("takes the highest when only a few count", async () => {
    expect(await granted({ amount: { each: { ...each, most: 1 } } }, { "ledger.paid": paid(200, 1000, 150) })).toBe(
      "30",
    );
  });
  test("a field that is missing leaves a range, and names the record", async () => {
    const records = [
      { family: "a", amount: 200, paidOn: null },
      { family: "b", paidOn: null },
    ];
    expect(await granted({ amount: { each } }, { "ledger.paid": records })).toBe("20–50 | ledger.paid[1].amount");
    expect(await granted({ amount: { each: { ...each, most: 1 } } }, { "ledger.paid": records })).toBe(
      "20–30 | ledger.paid[1].amount",
    );
  });
  test("of a list nobody delivered has no upper end", async () => {
    expect(await granted({ amount: { each } })).toBe("unknown | ledger.paid");
  });
  test("no record is no money", async () => {
    expect(await granted({ amount: { each } }, { "ledger.paid": [] })).toBe("0");
  });
});

describe("parts of a document", () => {
  const of = [
    { name: "entry", label: { zh: "甲", en: "A" }, when: "ent.staff >= 10", amount: 100 },
    {
      name: "growth",
      label: { zh: "乙", en: "B" },
      clause: "二",
      when: "fin.growth > 5",
      amount: { percentage: { of: "fin.sales", percent: 1 }, cap: 50 },
    },
  ];
  const facts = { "ent.staff": 10, "fin.growth": 6, "fin.sales": 9000 };
  test.each<[string, Facts, string]>([
    ["sum", {}, "150"],
    ["highest", {}, "100"],
    ["first", {}, "100"],
    ["first", { "ent.staff": 9 }, "50"],
    ["sum", { "ent.staff": 9, "fin.growth": 5 }, "0"],
  ])("taken by %s with %j come to %s", async (take, over, expected) => {
    expect(await granted({ amount: { parts: { take, of } } }, { ...facts, ...over })).toBe(expected);
  });
  test("a part of which it is open whether it applies leaves both possibilities", async () => {
    expect(await granted({ amount: { parts: { take: "sum", of } } }, { "ent.staff": 10, "fin.sales": 9000 })).toBe(
      "100–150 | fin.growth",
    );
    // Whether it applies or not, the highest part is the other one.
    expect(await granted({ amount: { parts: { take: "highest", of } } }, { "ent.staff": 10, "fin.sales": 9000 })).toBe(
      "100",
    );
  });
  test("with one name twice, or a clause that is not there, are refused", async () => {
    const twice = { amount: { parts: { take: "sum", of: [of[0], of[0]] } } };
    await expect(granted(twice)).rejects.toThrow(/"entry" is there twice/);
    const lost = { amount: { parts: { take: "sum", of: [{ ...of[0], clause: "九" }] } } };
    await expect(granted(lost)).rejects.toThrow(/no clause "九"/);
  });
});

describe("a grid", () => {
  const grid = {
    rows: "ent.grade",
    columns: 'if ent.staff >= 100 then "many" else "few"',
    table: { A: { many: 200, few: 100 }, B: { many: 50 } },
  };
  test.each<[Facts, string]>([
    [{ "ent.grade": "A", "ent.staff": 100 }, "200"],
    [{ "ent.grade": "A", "ent.staff": 99 }, "100"],
    [{ "ent.grade": "B", "ent.staff": 100 }, "50"],
    [{ "ent.grade": "B", "ent.staff": 99 }, "0"],
    [{ "ent.grade": "A" }, "100–200 | ent.staff"],
    [{ "ent.staff": 100 }, "0–200 | ent.grade"],
  ])("with %j chooses %s", async (facts, expected) => {
    expect(await granted({ amount: { grid: { ...grid, otherwise: 0 } } }, facts)).toBe(expected);
  });
  test("where the text gives no number, none is made up", async () => {
    expect(await granted({ amount: { grid } }, { "ent.grade": "B", "ent.staff": 9 })).toBe("unknown");
  });
});

describe("a score", () => {
  const score = {
    criteria: [
      { label: { zh: "人数", en: "Staff" }, points: "min(ent.staff, 50)" },
      { label: { zh: "增幅", en: "Growth" }, points: "fin.growth * 2" },
    ],
    veto: ['ent.grade = "C"'],
    table: [{ below: 60, amount: 0 }, { below: 80, amount: 1000 }, { amount: 5000 }],
  };
  test.each<[Facts, string]>([
    [{ "ent.staff": 40, "fin.growth": 10, "ent.grade": "A" }, "1000"],
    [{ "ent.staff": 90, "fin.growth": 15, "ent.grade": "A" }, "5000"],
    [{ "ent.staff": 90, "fin.growth": 15, "ent.grade": "C" }, "0"],
    [{ "ent.staff": 40, "fin.growth": "9.99", "ent.grade": "A" }, "0"],
    [{ "ent.staff": 40, "fin.growth": 10 }, "0–1000 | ent.grade"],
  ])("of %j comes to %s", async (facts, expected) => {
    expect(await granted({ amount: { score } }, facts)).toBe(expected);
  });
});

describe("deductions one after the other", () => {
  const waterfall = {
    from: "fin.sales",
    less: [
      { label: { zh: "已领", en: "Received" }, amount: "sum(ledger.paid.amount)" },
      { label: { zh: "自付", en: "Own part" }, amount: "100" },
    ],
  };
  test.each<[number, number[], string]>([
    [1000, [200, 300], "400"],
    [1000, [950], "0"],
    [1000, [2000], "0"],
  ])("from %i less %j leave %s, never less than nothing", async (sales, before, expected) => {
    expect(await granted({ amount: { waterfall } }, { "fin.sales": sales, "ledger.paid": paid(...before) })).toBe(
      expected,
    );
  });
});

describe("versions by a record's own day", () => {
  const dated = {
    on: "ent.since",
    versions: [
      { from: "2020-01-01", to: "2023-10-07", amount: 15 },
      { from: "2023-10-08", amount: { percentage: { of: "fin.sales", percent: 10 } } },
    ],
  };
  test.each<[string, string]>([
    ["2023-10-07", "15"],
    ["2023-10-08", "100"],
    ["2019-12-31", "unknown"],
  ])("choose for %s: %s", async (since, expected) => {
    expect(await granted({ amount: { dated } }, { "ent.since": since, "fin.sales": 1000 })).toBe(expected);
  });
  test("that overlap are refused", async () => {
    const versions = [
      { from: "2020-01-01", amount: 1 },
      { from: "2023-01-01", amount: 2 },
    ];
    await expect(granted({ amount: { dated: { on: "ent.since", versions } } })).rejects.toThrow(
      /versions\[1\].*begin after/,
    );
  });
});

describe("limits", () => {
  test("a formula may have a cap and a floor too", async () => {
    const amount = { formula: "0.05 * fin.sales + 0.8 * ent.staff", cap: 100, floor: 10 };
    expect(await granted({ amount }, { "fin.sales": 100, "ent.staff": 10 })).toBe("13");
    expect(await granted({ amount }, { "fin.sales": 0, "ent.staff": 0 })).toBe("10");
    expect(await granted({ amount }, { "fin.sales": 9000, "ent.staff": 0 })).toBe("100");
  });

  test.each<[number, string]>([
    [99, "0"],
    [100, "100"],
    [101, "101"],
  ])("a minimum of 100 pays %i as %s", async (sales, expected) => {
    expect(await granted({ amount: "fin.sales", minimum: 100 }, { "fin.sales": sales })).toBe(expected);
  });
  test("the most that a text allows is a range, unless a published table decides within it", async () => {
    const benefit = { amount: { percentage: { of: "fin.sales", percent: 15 }, cap: 1000 } };
    const sales = { "fin.sales": 4000 };
    expect(await granted({ ...benefit, discretion: { clause: "二" } }, sales)).toBe("0–600");
    const table = { bands: { of: "fin.sales", table: [{ below: 5000, amount: 500 }, { amount: 9999 }] } };
    expect(await granted({ ...benefit, discretion: { clause: "二", table } }, sales)).toBe("500");
    expect(await granted({ ...benefit, discretion: { clause: "二", table } }, { "fin.sales": 9000 })).toBe("1000");
  });
});

describe("a benefit without an amount", () => {
  test("says what it is", async () => {
    expect(await granted({ kind: "qualification", inKind: { zh: "资格", en: "Status" } })).toBe("none");
  });
  test.each<[Readonly<Record<string, unknown>>, RegExp]>([
    [{}, /needs an amount, or inKind/],
    [{ kind: "qualification", amount: 5 }, /a qualification has no amount/],
    [{ inKind: { zh: "甲", en: "A" }, minimum: 5 }, /need an amount/],
    [{ kind: "gift", amount: 5 }, /benefit\.kind/],
  ])("has to be whole: %j", async (benefit, message) => {
    await expect(granted(benefit)).rejects.toThrow(message);
  });
});
