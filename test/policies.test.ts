import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type Amount,
  checkCases,
  type Decision,
  decide,
  modeOf,
  profileOf,
  reviewPolicy,
  rulesInForce,
} from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import { parseCases } from "../packages/rules/src/cases/check-cases.ts";
import { type LoadedPolicy, loadPolicies } from "../packages/service/src/policies/policy-source.fs.ts";

/** What is true of every policy of this project, whoever wrote it. */

const rules = path.join(import.meta.dirname, "../rules");
const loaded = await loadPolicies(rules, path.join(rules, "vocabulary"));
const each = loaded.map((one) => ({ id: one.policy.id, one }));
const casesOf = ({ source }: LoadedPolicy) => parseCases(source.cases);

describe("the policies together", () => {
  test("carry out the documents O01 to O27, none left out", () => {
    const numbers = loaded.map(({ source }) => /^o(\d\d)[a-z]?-/.exec(path.basename(source.directory))?.[1]);
    const all = Array.from({ length: 27 }, (_, place) => String(place + 1).padStart(2, "0"));
    expect([...new Set(numbers)].sort()).toEqual(all);
  });

  test("have 250 worked cases or more", () => {
    expect(loaded.flatMap((one) => casesOf(one).cases).length).toBeGreaterThanOrEqual(250);
  });

  test("read no ledger of payments that the finance bureau does not deliver", async () => {
    const delivered = await readFile(path.join(rules, "sources/finance.yaml"), "utf8");
    const read = loaded.flatMap(({ source: { document } }) => familiesIn(JSON.stringify(document)));
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((family) => !delivered.includes(`: ${family}\n`))).toEqual([]);
  });

  test("say nothing of each other that cannot hold together", () => {
    expect(rulesInForce(loaded.map(({ policy }) => policy)).length).toBeGreaterThanOrEqual(3);
  });

  test("look at people's own data as such: what is said of a person is in the strictest class", () => {
    const ofPersons = loaded.filter(({ policy }) => policy.subjectTypes.includes("自然人"));
    expect(ofPersons.length).toBeGreaterThan(0);
    for (const { policy } of ofPersons) {
      const open = policy.facts.filter((id) => policy.vocabulary.facts.get(id)?.privacy !== "personal");
      expect(open.filter((id) => !["ent.subjectType", "ent.regionCode"].includes(id))).toEqual([]);
    }
  });

  test("have an id each", () => {
    expect(new Set(loaded.map(({ policy }) => policy.id)).size).toBe(loaded.length);
  });
});

describe.each(each)("$id", ({ one }) => {
  const { policy, source } = one;

  test("lies where its id says", () => {
    const place = path.basename(path.dirname(source.directory));
    expect(policy.id).toBe(`${place}-${path.basename(source.directory)}`);
  });

  test("says that its clauses are a summary, and of each what it is about", () => {
    expect(source.clauses).toContain("以下为条款要点，非原文");
    expect([...policy.clauses.values()].filter(({ tags }) => tags.length === 0)).toEqual([]);
  });

  test("agrees with its worked cases, ten or more, each with a name of its own", async () => {
    const { cases } = casesOf(one);
    expect((await checkCases(policy, source.cases)).failures).toEqual([]);
    expect(cases.length).toBeGreaterThanOrEqual(10);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test("has a case for yes, one for no, and one that waits for a fact by name", () => {
    const { cases } = casesOf(one);
    const outcomes = new Set(cases.map(({ expect: { outcome } }) => outcome));
    expect([...outcomes].sort()).toEqual(["eligible", "ineligible", "undetermined"]);
    expect(cases.some(({ expect: { missing = [] } }) => missing.length > 0)).toBe(true);
  });

  test("has no error that a review finds, and is not paid by itself where the text is silent", () => {
    const { findings } = reviewPolicy(policy, source.cases);
    expect(findings.filter(({ level }) => level === "error")).toEqual([]);
    if (!policy.validity || !policy.benefit.term) expect(modeOf(policy).mode).toBe("manual");
  });

  test("never answers the opposite because a fact is missing", async () => {
    const { asOf, facts: common, cases } = casesOf(one);
    for (const { name, asOf: own, facts, without } of cases) {
      const known = Object.entries({ ...common, ...facts }).filter(([id]) => id in facts || !without.includes(id));
      const day = own ?? asOf;
      const whole = await decide(policy, profileOf(Object.fromEntries(known), policy.vocabulary), { asOf: day });
      for (const [id] of known.filter(([fact]) => policy.facts.includes(fact))) {
        const rest = known.filter(([other]) => other !== id);
        const less = await decide(policy, profileOf(Object.fromEntries(rest), policy.vocabulary), { asOf: day });
        expect(contradiction(less, whole), `${name}, without ${id}`).toBeUndefined();
      }
    }
  });
});

describe("the test itself", () => {
  const no: Answer = { outcome: "ineligible", amount: { kind: "none" } };
  const yes = (amount: Amount): Answer => ({ outcome: "eligible", amount });
  const fen = (amount: string): Amount => ({ kind: "exact", fen: amount });

  test("sees an answer that a missing fact turned round, and an amount that it moved", () => {
    expect(contradiction(no, yes(fen("100")))).toBeDefined();
    expect(contradiction(yes(fen("100")), no)).toBeDefined();
    expect(contradiction(yes(fen("101")), yes(fen("100")))).toBeDefined();
    expect(contradiction(yes({ kind: "range", minFen: "0", maxFen: "99" }), yes(fen("100")))).toBeDefined();
  });

  test("lets pass what is open, and what stays within what was open", () => {
    expect(contradiction({ ...no, outcome: "undetermined" }, yes(fen("100")))).toBeUndefined();
    expect(contradiction(yes({ kind: "range", minFen: "0", maxFen: "100" }), yes(fen("100")))).toBeUndefined();
    expect(contradiction(yes({ kind: "unknown" }), yes(fen("100")))).toBeUndefined();
  });

  test("sees a ledger in a formula", () => {
    expect(familiesIn(JSON.stringify({ formula: 'sum(ledger.paid[family = "a-b"].amount)' }))).toEqual(["a-b"]);
  });
});

/** Families of awards that formulas look up, in a policy written as JSON. */
function familiesIn(document: string): string[] {
  return [...document.matchAll(/family = \\"([a-z0-9-]+)\\"/g)].map(([, family = ""]) => family);
}

type Answer = Pick<Decision, "outcome" | "amount">;

/** How an answer with fewer facts denies one with more. */
function contradiction(less: Answer, more: Answer): string | undefined {
  if (less.outcome !== "undetermined" && less.outcome !== more.outcome) return `${less.outcome}, not ${more.outcome}`;
  if (less.outcome !== "eligible" || more.outcome !== "eligible") return undefined;
  const [wide, narrow] = [span(less.amount), span(more.amount)];
  if (!wide || !narrow || (wide.min <= narrow.min && narrow.max <= wide.max)) return undefined;
  return `${wide.min} to ${wide.max} fen, not ${narrow.min} to ${narrow.max}`;
}

function span(amount: Amount): { min: bigint; max: bigint } | undefined {
  switch (amount.kind) {
    case "exact":
      return { min: BigInt(amount.fen), max: BigInt(amount.fen) };
    case "range":
      return { min: BigInt(amount.minFen), max: BigInt(amount.maxFen) };
    default:
      return undefined;
  }
}
