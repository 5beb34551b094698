import type { Json, Profile } from "@apply-free/rules";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import type { Written, WrittenPolicy } from "./sweep-world.ts";

export type Verdict = "eligible" | "ineligible" | "undetermined";

/** All policies in one engine of json-rules-engine, with their conditions as authored. @returns ids of what holds */
export function rulesEngineFor(policies: readonly WrittenPolicy[], asOf: string) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator(
    "startsWith",
    (fact: unknown, value: string) => typeof fact === "string" && fact.startsWith(value),
  );
  for (const { id, conditions } of policies) {
    const frame = [
      { fact: "asOf", operator: "greaterThanInclusive", value: dayNumber("2020-01-01") },
      { fact: "ent.subjectType", operator: "in", value: ["企业", "个体"] },
    ];
    engine.addRule({ conditions: { all: [...frame, theirs(conditions)] } as TopLevelCondition, event: { type: id } });
  }
  return async (profile: Profile): Promise<ReadonlySet<string>> => {
    const facts: Record<string, unknown> = { asOf: dayNumber(asOf) };
    for (const [id, state] of Object.entries(profile)) if (state.state === "known") facts[id] = plain(state.value);
    const { events } = await engine.run(facts);
    return new Set(events.map(({ type }) => type));
  };
}

const names: Readonly<Record<string, string>> = { atLeast: "greaterThanInclusive", atMost: "lessThanInclusive" };

/** It compares days as numbers only. */
function theirs(written: Written): object {
  const { all, any, not, fact, operator, value } = written as Readonly<Record<string, unknown>>;
  if (all) return { all: (all as Written[]).map(theirs) };
  if (any) return { any: (any as Written[]).map(theirs) };
  if (not) return { not: theirs(not as Written) };
  return { fact, operator: names[String(operator)] ?? operator, value: plain(value as Json) };
}

function plain(value: Json): Json {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? dayNumber(value) : value;
}

const dayNumber = (day: string) => Number(day.replaceAll("-", ""));
