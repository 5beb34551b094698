import { parseVocabulary } from "@apply-free/rules";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import type { CompiledPolicy } from "./compiled-policies.ts";
import { type Coverage, dataDemand } from "./data-demand.ts";

const label = { zh: "某", en: "X" };
const fact = (maxAgeDays: number) => ({ type: "integer", label, source: "tax", maxAgeDays, privacy: "public" });
const vocabulary = parseVocabulary([
  { sources: { tax: { zh: "税务局", en: "Tax" } }, facts: { "a.one": fact(100), "b.two": fact(30) } },
]);
const policy = (id: string, ...needs: string[]) =>
  ({ policy: { id, title: label }, vocabulary, needs }) as unknown as CompiledPolicy;
const today = "2025-11-03" as Day;
const covered = (known: number, fresh: number, newest: string): Coverage => ({ known, fresh, newest: newest as Day });

function lights(one?: Coverage, two?: Coverage) {
  const coverage = new Map([...(one ? [["a.one", one] as const] : []), ...(two ? [["b.two", two] as const] : [])]);
  const { facts, policies } = dataDemand([policy("p", "a.one", "b.two"), policy("q", "b.two")], coverage, 100, today);
  return {
    facts: facts.map(({ light }) => light),
    policies: policies.map(({ light, because }) => [light, ...because]),
  };
}

describe("the data demand of policies", () => {
  const good = covered(100, 95, "2025-10-31");
  test("is met where nearly all firms have a fresh value", () => {
    expect(lights(good, good)).toEqual({ facts: ["green", "green"], policies: [["green"], ["green"]] });
  });
  test("leaves out what is read across a group: it is delivered for each member, and asked for there", () => {
    const fields = { sum: { type: "money", label } };
    const list = { ...fact(30), type: "list", fields };
    const sources = { tax: label };
    const facts = { "a.paid": list, "b.paid": { ...list, acrossGroup: "a.paid" } };
    const across = { ...policy("p", "a.paid", "b.paid"), vocabulary: parseVocabulary([{ sources, facts }]) };
    expect(dataDemand([across], new Map(), 100, today).facts.map(({ id }) => id)).toEqual(["a.paid"]);
  });
  test("turns amber for every policy on a fact that most lack, or that runs out within two weeks", () => {
    expect(lights(good, covered(79, 79, "2025-10-31"))).toEqual({
      facts: ["green", "amber"],
      policies: [
        ["amber", "b.two"],
        ["amber", "b.two"],
      ],
    });
    expect(lights(good, covered(100, 100, "2025-10-17")).facts).toEqual(["green", "amber"]);
    expect(lights(good, covered(100, 100, "2025-10-18")).facts).toEqual(["green", "green"]);
  });
  test("turns red where nobody has a fresh value, and a policy is as bad as its worst fact", () => {
    expect(lights(undefined, covered(100, 0, "2025-01-01"))).toEqual({
      facts: ["red", "red"],
      policies: [
        ["red", "a.one", "b.two"],
        ["red", "b.two"],
      ],
    });
    expect(lights(covered(10, 10, "2025-10-31"), undefined).policies[0]).toEqual(["red", "b.two"]);
  });
  test("names who needs it, who supplies it, and since when and until when it is fresh", () => {
    const { facts } = dataDemand(
      [policy("p", "b.two"), policy("q", "b.two")],
      new Map([["b.two", covered(90, 80, "2025-10-31")]]),
      100,
      today,
    );
    expect(facts).toEqual([
      {
        ...{ id: "b.two", label, source: "tax", department: { zh: "税务局", en: "Tax" }, maxAgeDays: 30 },
        policies: [label, label],
        ...{ fresh: 80, stale: 10, absent: 10, newest: "2025-10-31", staleAfter: "2025-11-30", light: "green" },
      },
    ]);
  });
});
