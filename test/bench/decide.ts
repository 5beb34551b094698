import path from "node:path";
import { decide, type Json, profileOf } from "@apply-free/rules";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { Bench, type Task } from "tinybench";
import { loadPolicy, readVocabularyDocuments } from "../../packages/service/src/policies/policy-source.fs.ts";
import type { Benchmark, Figure, Report } from "./report.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const when = { asOf: "2025-03-01" };

/** All that the policy asks for; a firm that meets everything, so that no branch is cut short. */
const facts: Readonly<Record<string, Json>> = {
  "ent.subjectType": "企业",
  "project.totalInvestment": "150000000",
  "project.completableBy": "2026-12-31",
  "project.hadSubsidy": false,
  "project.tradeOnList": true,
  "project.inTechReform": true,
  "project.countApplied": 1,
  "project.mode": "面",
  "project.reviewPassed": true,
  "safety.majorAccident2y": false,
};

/** The same ten requirements for the peer, which knows no clauses, no unknown facts and no amounts. */
const conditions: TopLevelCondition = {
  all: [
    { fact: "asOf", operator: "in", value: [when.asOf] },
    { fact: "ent.subjectType", operator: "in", value: ["企业"] },
    { fact: "project.totalInvestment", operator: "greaterThanInclusive", value: 100_000_000 },
    { fact: "project.completableBy", operator: "in", value: ["2026-12-31"] },
    { fact: "project.hadSubsidy", operator: "equal", value: false },
    { fact: "project.tradeOnList", operator: "equal", value: true },
    { fact: "project.inTechReform", operator: "equal", value: true },
    { fact: "project.countApplied", operator: "lessThanInclusive", value: 1 },
    { fact: "safety.majorAccident2y", operator: "equal", value: false },
    { fact: "project.reviewPassed", operator: "equal", value: true },
  ],
};

/** One firm under one policy of ten requirements: ours with trace, amount and missing facts, beside the engine alone. */
export const decideOne: Benchmark = {
  name: "decide",
  async run(): Promise<Report> {
    const shared = await readVocabularyDocuments(path.join(rules, "vocabulary"));
    const { policy, vocabulary } = await loadPolicy(path.join(rules, "zhengzhou/o18-technical-renewal-pilot"), shared);
    const profile = profileOf(facts, vocabulary);
    const engine = new Engine([{ conditions, event: { type: "eligible" } }]);
    const flat = { ...facts, asOf: when.asOf, "project.totalInvestment": 150_000_000 };
    await agree(await decide(policy, profile, when), await engine.run(flat));
    const bench = new Bench({ time: 3_000, warmupTime: 1_000, retainSamples: true });
    bench.add("decide, full trace", async () => void (await decide(policy, profile, when)));
    bench.add("json-rules-engine alone", async () => void (await engine.run(flat)));
    await bench.run();
    const figures = bench.tasks.map(figureOf);
    const [ours, theirs] = figures;
    return {
      name: "decide",
      unit: "µs",
      what: "one firm under one policy of ten requirements",
      figures,
      ratio: (ours?.p50 ?? Number.NaN) / (theirs?.p50 ?? Number.NaN),
      target: "p99 of decide at most 2000 µs",
    };
  },
};

async function agree(ours: { outcome: string }, theirs: { events: readonly unknown[] }): Promise<void> {
  if (ours.outcome !== "eligible" || theirs.events.length !== 1) {
    throw new Error("the contenders do not agree, so their speed means nothing");
  }
}

function figureOf({ name, result }: Task): Figure {
  if (result.state !== "completed") throw new Error(`${name}: ${result.state}`);
  const { p50, p99, samplesCount } = result.latency;
  return { name, p50: p50 * 1_000, p99: p99 * 1_000, samples: samplesCount };
}
