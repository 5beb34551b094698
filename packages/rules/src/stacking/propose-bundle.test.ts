import { test as property } from "@fast-check/vitest";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awardKey, type DueAward } from "./due-award.ts";
import type { Question } from "./limit.ts";
import { emptyLedger, type PaidLedger, type PaidLine } from "./paid-ledger.ts";
import { proposeBundle } from "./propose-bundle.ts";
import {
  beside,
  breaks,
  ceiling,
  due,
  largestByTrying,
  lawfully,
  line,
  open,
  paidAs,
  rule,
  yearly,
} from "./testing-stacking.ts";

const ask = (change: Partial<Question>) =>
  proposeBundle({ rules: [], awards: [], ledger: emptyLedger, asOf: "2025-11-03", ...change });
const ledgerOf = (...lines: PaidLine[]): PaidLedger => ({ ...emptyLedger, lines });
const unknown: PaidLedger = { lines: [], isWhole: { firm: false, group: false, objects: false } };
const granted = (bundle: ReturnType<typeof ask>) =>
  Object.fromEntries(bundle.awards.map(({ award, grantedFen }) => [award, grantedFen]));

describe("of what excludes each other", () => {
  const rules = [rule("a", { kind: "exclusive", seats: beside("a", "b"), once: false })];

  test("the larger is proposed, and each choice shows how much less it is", () => {
    const bundle = ask({ rules, awards: [due("a", 100), due("b", 140), due("c", 5)] });
    expect(granted(bundle)).toEqual({ "a|2025": 0n, "b|2025": 140n, "c|2025": 5n });
    expect(bundle.choices.map(({ options }) => options)).toEqual([
      [
        expect.objectContaining({ awards: ["a|2025"], totalFen: 105n, lessFen: 40n, isProposed: false }),
        expect.objectContaining({ awards: ["b|2025"], totalFen: 145n, lessFen: 0n, isProposed: true }),
      ],
    ]);
  });
  test("one that was received shuts the other out, and says why", () => {
    const bundle = ask({ rules, awards: [due("b", 140)], ledger: ledgerOf(line("a", 1)) });
    expect(bundle.awards[0]).toMatchObject({ state: "left-out", cuts: [{ receivedFen: 1n, beside: [] }] });
  });
  test("what it had itself in other years shuts nothing out, unless the text says once", () => {
    const ledger = ledgerOf(line("a", 1));
    expect(ask({ rules, awards: [due("a", 100)], ledger }).totalFen).toBe(100n);
    const once = [rule("a", { kind: "exclusive", seats: beside("a", "b"), once: true })];
    expect(ask({ rules: once, awards: [due("a", 100)], ledger }).totalFen).toBe(0n);
  });
  test("a smaller one waits while the larger is not known", () => {
    const bundle = ask({ rules, awards: [due("a", 100), open("b", 0, 500), due("c", 5)] });
    expect(bundle.awards.map(({ state }) => state)).toEqual(["undetermined", "undetermined", "whole"]);
    expect(bundle.awards[0]).toMatchObject({ doubt: { what: "beside", beside: "b|2025" } });
    expect(bundle.isSettled).toBe(false);
  });
  test("one that can only be smaller keeps nobody waiting", () => {
    expect(ask({ rules, awards: [due("a", 100), open("b", 0, 99)] }).totalFen).toBe(100n);
  });
});

describe("the highest alone", () => {
  const rules = [rule("a", { kind: "highest", seats: beside("a", "b", "c") })];

  test("takes one, without a choice", () => {
    const bundle = ask({ rules, awards: [due("a", 50), due("b", 200), due("c", 100)] });
    expect(granted(bundle)).toEqual({ "a|2025": 0n, "b|2025": 200n, "c|2025": 0n });
    expect(bundle.choices).toEqual([]);
  });
  test("after a lower one was paid, is what that falls short by", () => {
    const bundle = ask({ rules, awards: [due("b", 200)], ledger: ledgerOf(line("a", 50)) });
    expect(bundle.awards[0]).toMatchObject({ state: "reduced", grantedFen: 150n });
  });
});

describe("what another level paid", () => {
  const rules = [rule("b", { kind: "levelDifference", own: ["b"], seats: [["a"]] })];

  test("is made up to the policy's own standard", () => {
    expect(ask({ rules, awards: [due("b", 200)], ledger: ledgerOf(line("a", 50)) }).totalFen).toBe(150n);
    expect(ask({ rules, awards: [due("b", 200)], ledger: ledgerOf(line("a", 250)) }).totalFen).toBe(0n);
  });
  test("counts on the same day too", () => {
    expect(granted(ask({ rules, awards: [due("a", 50), due("b", 200)] }))).toEqual({ "a|2025": 50n, "b|2025": 150n });
  });
  test("is deducted in part where the text says so, and the firm never gets the broken fen", () => {
    const half = [rule("b", { kind: "deduct", own: ["b"], seats: [["a"]], percent: 50n })];
    expect(ask({ rules: half, awards: [due("b", 200)], ledger: ledgerOf(line("a", 51)) }).totalFen).toBe(174n);
  });
  test("that is not known leaves it undetermined", () => {
    const bundle = ask({ rules, awards: [due("b", 200)], ledger: unknown });
    expect(bundle.awards[0]).toMatchObject({ state: "undetermined", grantedFen: 0n, doubt: { what: "history" } });
  });
  test("and known receipts alone exceed, is nothing whatever else there was", () => {
    const ledger = { ...unknown, lines: [line("a", 200)] };
    expect(ask({ rules, awards: [due("b", 200)], ledger }).awards[0]).toMatchObject({ state: "left-out" });
  });
});

describe("a ceiling", () => {
  test("of a year counts that year's awards, paid or due, and says how much was received", () => {
    const rules = [ceiling("a", 100, { during: { kind: "calendarYear" } }, "b")];
    const ledger = ledgerOf(line("b", 30, { year: 2025 }), line("b", 1000, { year: 2024 }));
    const bundle = ask({ rules, awards: [due("a", 50), due("b", 50, "2025")], ledger });
    expect(granted(bundle)).toEqual({ "a|2025": 50n, "b|2025": 20n });
    expect(bundle.awards[1]?.cuts).toMatchObject([{ year: 2025, receivedFen: 30n, beside: ["a|2025"] }]);
  });
  test("of rolling years no longer counts the very day so many years ago", () => {
    const rules = [ceiling("a", 100, { during: { kind: "rollingYears", years: 3 } })];
    const on = (paidOn: string) => ask({ rules, awards: [due("a", 50)], ledger: ledgerOf(line("a", 100, { paidOn })) });
    expect(on("2022-11-03").totalFen).toBe(50n);
    expect(on("2022-11-04").totalFen).toBe(0n);
  });
  test("of some years leaves what has no day undetermined", () => {
    const rules = [ceiling("a", 100, { during: { kind: "rollingYears", years: 3 } })];
    const undated = { names: ["a"], fen: 1n, of: "firm" } as const;
    expect(ask({ rules, awards: [due("a", 50)], ledger: ledgerOf(undated) }).isSettled).toBe(false);
  });
  test("for a group of companies counts what its members received, one for the firm does not", () => {
    const ledger = ledgerOf(line("a", 80, { of: "group" }));
    expect(ask({ rules: [ceiling("a", 100, { per: "group" })], awards: [due("a", 50)], ledger }).totalFen).toBe(20n);
    expect(ask({ rules: [ceiling("a", 100, {})], awards: [due("a", 50)], ledger }).totalFen).toBe(50n);
  });
  test("takes nothing from who is sure while another amount is not known", () => {
    const rules = [ceiling("a", 100, {}, "b")];
    expect(ask({ rules, awards: [due("a", 80), open("b", 0, 80)] }).totalFen).toBe(80n);
  });
});

describe("for persons, loans and projects", () => {
  const person = (id: string) => ({ kind: "person", id }) as const;
  const twoPeople: DueAward = {
    ...due("a", 300),
    shares: [
      { objects: [person("p1")], fen: 100n },
      { objects: [person("p2")], fen: 200n },
    ],
  };
  const rules = [rule("a", { kind: "exclusive", seats: beside("a", "b"), once: true }, { per: "person" })];

  test("only the part for the person who was granted before is left out, whoever the employer was", () => {
    const ledger = ledgerOf(line("b", 10, { objects: [person("p1")], of: "other" }));
    const bundle = ask({ rules, awards: [twoPeople], ledger });
    expect(bundle.awards[0]).toMatchObject({ state: "reduced", grantedFen: 200n, cuts: [{ object: "p1" }] });
  });
  test("an award that does not say for whom it is, is undetermined", () => {
    expect(ask({ rules, awards: [due("a", 300)] }).awards[0]).toMatchObject({ doubt: { what: "object" } });
  });
  test("a receipt that does not say for whom it was leaves it undetermined", () => {
    expect(ask({ rules, awards: [twoPeople], ledger: ledgerOf(line("b", 10)) }).isSettled).toBe(false);
  });
  test("a ceiling for each loan counts each by itself", () => {
    const loans = [ceiling("a", 120, { per: "person" })];
    expect(ask({ rules: loans, awards: [twoPeople] }).totalFen).toBe(220n);
  });
});

test("what was agreed to before is not granted again, and counts", () => {
  const ledger = ledgerOf(line("a", 60, { award: "a|2025", year: 2025 }));
  const bundle = ask({ rules: [ceiling("a", 100, {}, "b")], awards: [due("a", 90), due("b", 90)], ledger });
  expect(bundle.awards.map(({ state, grantedFen }) => [state, grantedFen])).toEqual([
    ["had", 0n],
    ["reduced", 40n],
  ]);
});

property.prop([lawfully], { numRuns: 400 })("a bundle is lawful, and no lawful bundle is larger", (question) => {
  const bundle = proposeBundle(question);
  const found = new Map(bundle.awards.map(({ award, grantedFen }) => [award, grantedFen]));
  expect(bundle.isSettled).toBe(true);
  expect(breaks(question, found)).toBe(false);
  expect(bundle.totalFen).toBe(largestByTrying(question));
});

test("what others deduct is not forgone to enlarge them, or it could be claimed the next day", () => {
  const rules = [rule("c", { kind: "levelDifference", own: ["c"], seats: [["d"]] })];
  const bundle = ask({ rules, awards: [due("c", 10, "2024"), due("c", 10, "2025"), due("d", 10)] });
  expect(granted(bundle)).toEqual({ "c|2024": 0n, "c|2025": 0n, "d|2025": 10n });
});

test("but which of two that exclude each other is taken stays free, whatever is deducted for it", () => {
  const rules = [
    rule("d", { kind: "exclusive", seats: beside("d", "x"), once: false }),
    rule("c", { kind: "levelDifference", own: ["c"], seats: [["d"]] }),
  ];
  expect(ask({ rules, awards: [due("c", 100), due("d", 100), due("x", 90)] }).totalFen).toBe(190n);
});

property.prop([lawfully, fc.infiniteStream(fc.nat())], { numRuns: 200 })(
  "the order of the input is irrelevant",
  (question, dice) => {
    const shuffled = <Item>(items: readonly Item[]) =>
      items
        .map((item) => ({ item, at: Number(dice.next().value) }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    const { awards, rules, ledger } = question;
    const other = {
      ...question,
      awards: shuffled(awards),
      rules: shuffled(rules),
      ledger: { ...ledger, lines: shuffled(ledger.lines) },
    };
    expect(proposeBundle(other).awards.map(({ award, grantedFen }) => [award, grantedFen])).toEqual(
      proposeBundle(question).awards.map(({ award, grantedFen }) => [award, grantedFen]),
    );
  },
);

property.prop([lawfully], { numRuns: 400 })("paying the bundle and asking again adds nothing", (question) => {
  const bundle = proposeBundle(question);
  const lines = [...question.ledger.lines, ...bundle.awards.flatMap((award) => paidAs(award, question))];
  expect(proposeBundle({ ...question, ledger: { ...question.ledger, lines } }).totalFen).toBe(0n);
});

property.prop([lawfully, fc.constantFrom("firm", "group", "objects")], { numRuns: 200 })(
  "knowing less never pays an award more, and what is cut names the rule",
  (question, kind) => {
    const known = new Map(proposeBundle(question).awards.map(({ award, grantedFen }) => [award, grantedFen]));
    const less = { ...question.ledger, isWhole: { ...question.ledger.isWhole, [kind]: false } };
    const bundle = proposeBundle({ ...question, ledger: less });
    for (const { award, state, cuts, grantedFen } of bundle.awards) {
      if (state === "reduced" || state === "left-out") expect(cuts.length).toBeGreaterThan(0);
      if (question.rules.every(({ kind: each }) => each === "ceiling")) continue;
      if (bundle.isSettled) expect(grantedFen).toBe(known.get(award));
    }
  },
);

test("two awards with one key are a mistake of the caller", () => {
  expect(() => ask({ awards: [due("a", 1), due("a", 2)] })).toThrow(awardKey(due("a", 1)));
});

test("awards of two years meet in a rule about all time, not in one about a year", () => {
  const awards = [due("a", 80, "2024"), due("a", 80, "2025")];
  expect(ask({ rules: [ceiling("a", 100, {})], awards }).totalFen).toBe(100n);
  expect(ask({ rules: [ceiling("a", 100, yearly)], awards }).totalFen).toBe(160n);
});
