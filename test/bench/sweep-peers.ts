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
    const { events } = await engine.run({ ...plainFacts(profile), asOf: dayNumber(asOf) });
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

/**
 * A function per policy over plain objects, as a careful programmer writes it by hand: no unknown, nothing
 * missing ever compares. @returns one per policy
 */
export function handWritten(policies: readonly WrittenPolicy[], asOf: string): ((facts: PlainFacts) => boolean)[] {
  const frame = `${JSON.stringify(dayNumber(asOf))} >= 20200101 && ["企业", "个体"].includes(f["ent.subjectType"])`;
  return policies.map(({ conditions }) => {
    return new Function("f", `return ${frame} && ${codeOf(conditions)};`) as (facts: PlainFacts) => boolean;
  });
}

export type PlainFacts = Readonly<Record<string, unknown>>;

/** A firm as both peers take it. */
export function plainFacts(profile: Profile): PlainFacts {
  const known = Object.entries(profile).flatMap(([id, state]) =>
    state.state === "known" ? [[id, plain(state.value)] as const] : [],
  );
  return Object.fromEntries(known);
}

const comparators: Readonly<Record<string, string>> = {
  ...{ equal: "===", notEqual: "!==", atLeast: ">=", greaterThan: ">", lessThan: "<", atMost: "<=" },
};

function codeOf(written: Written): string {
  const { all, any, not, fact, operator, value } = written as Readonly<Record<string, unknown>>;
  if (all) return `(${(all as Written[]).map(codeOf).join(" && ")})`;
  if (any) return `(${(any as Written[]).map(codeOf).join(" || ")})`;
  if (not) return `!${codeOf(not as Written)}`;
  const actual = `f[${JSON.stringify(fact)}]`;
  const expected = JSON.stringify(plain(value as Json));
  if (operator === "startsWith") return `(${actual}?.startsWith(${expected}) ?? false)`;
  if (operator === "in") return `${expected}.includes(${actual})`;
  if (operator === "notIn") return `!${expected}.includes(${actual})`;
  return `(${actual} ${comparators[String(operator)]} ${expected})`;
}
