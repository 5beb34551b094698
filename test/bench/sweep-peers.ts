import type { Json, Profile } from "@apply-free/rules";
import { LogicEngine } from "json-logic-engine";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { certainOf, possibleOf, twoValuedOf } from "./sweep-by-hand.ts";
import type { Written, WrittenPolicy } from "./sweep-world.ts";

export type Verdict = "eligible" | "ineligible" | "undetermined";
export type PlainFacts = Readonly<Record<string, unknown>>;

/** Whoever decides firm by firm. */
export type RowPeer = Readonly<{
  name: string;
  /** 2: it knows no "undetermined". */
  answers: 2 | 3;
  /** Reads all policies once. @returns `undefined` where it is not installed */
  prepare(policies: readonly WrittenPolicy[], asOf: string): Promise<PreparedPeer>;
}>;

type PreparedPeer = Readonly<{
  /** A firm as this peer wants it, made before time is taken. */
  take(profile: Profile): unknown;
  decide(firm: unknown): Answers | Promise<Answers>;
}>;
type Answers = (policy: number) => Verdict;

const subjects = ["企业", "个体"];
const begun = 20_200_101;
const fits = (does: boolean): Verdict => (does ? "eligible" : "ineligible");

/** All policies in one engine of json-rules-engine, with their conditions as authored. */
export const jsonRulesEngine: RowPeer = {
  name: "json-rules-engine",
  answers: 2,
  async prepare(policies, asOf) {
    const engine = new Engine([], { allowUndefinedFacts: true });
    engine.addOperator(
      "startsWith",
      (fact: unknown, value: string) => typeof fact === "string" && fact.startsWith(value),
    );
    for (const [place, { conditions }] of policies.entries()) {
      const frame = [
        { fact: "asOf", operator: "greaterThanInclusive", value: begun },
        { fact: "ent.subjectType", operator: "in", value: subjects },
      ];
      const all = [...frame, theirs(conditions)];
      engine.addRule({ conditions: { all } as TopLevelCondition, event: { type: String(place) } });
    }
    return {
      take: (profile) => ({ ...plainFacts(profile), asOf: dayNumber(asOf) }),
      async decide(firm) {
        const { events } = await engine.run(firm as PlainFacts);
        const found = new Set(events.map(({ type }) => type));
        return (policy) => fits(found.has(String(policy)));
      },
    };
  },
};

const names: Readonly<Record<string, string>> = { atLeast: "greaterThanInclusive", atMost: "lessThanInclusive" };

/** It compares days as numbers only. */
function theirs(written: Written): object {
  const { all, any, not, fact, operator, value } = written as Readonly<Record<string, unknown>>;
  if (all) return { all: (all as Written[]).map(theirs) };
  if (any) return { any: (any as Written[]).map(theirs) };
  if (not) return { not: theirs(not as Written) };
  return { fact, operator: names[String(operator)] ?? operator, value: plain(value as Json) };
}

/** A compiled function of json-logic-engine per policy. */
export const jsonLogicEngine: RowPeer = {
  name: "json-logic-engine, compiled",
  answers: 2,
  async prepare(policies, asOf) {
    const engine = new LogicEngine();
    engine.addMethod("startsWith", ([fact, value]: [unknown, string]) => {
      return typeof fact === "string" && fact.startsWith(value);
    });
    const functions = policies.map(({ conditions }) => {
      const frame = [{ ">=": [{ var: "asOf" }, begun] }, { in: [{ var: flat("ent.subjectType") }, subjects] }];
      return engine.build({ and: [...frame, logicOf(conditions)] }) as (facts: PlainFacts) => unknown;
    });
    return {
      take: (profile) => ({ ...flatFacts(profile), asOf: dayNumber(asOf) }),
      decide(firm) {
        const found = functions.map((each) => each(firm as PlainFacts) === true);
        return (policy) => fits(found[policy] === true);
      },
    };
  },
};

const logicOperators: Readonly<Record<string, string>> = {
  ...{ equal: "===", notEqual: "!==", atLeast: ">=", greaterThan: ">", lessThan: "<", atMost: "<=", in: "in" },
};

function logicOf(written: Written): object {
  const { all, any, not, fact, operator, value } = written as Readonly<Record<string, unknown>>;
  if (all) return { and: (all as Written[]).map(logicOf) };
  if (any) return { or: (any as Written[]).map(logicOf) };
  if (not) return { "!": logicOf(not as Written) };
  const operands = [{ var: flat(String(fact)) }, plain(value as Json)];
  if (operator === "notIn") return { "!": { in: operands } };
  return { [logicOperators[String(operator)] ?? String(operator)]: operands };
}

/** All policies as one decision of @gorules/zen-engine, an expression each. */
export const zenEngine: RowPeer = {
  name: "@gorules/zen-engine",
  answers: 2,
  async prepare(policies, asOf) {
    const { ZenEngine } = await import("@gorules/zen-engine");
    const expressions = policies.map(({ conditions }, place) => ({
      id: String(place),
      key: `p${place}`,
      value: `asOf >= ${begun} and ${zenLeaf(flat("ent.subjectType"), "in", subjects)} and ${zenOf(conditions)}`,
    }));
    const node = (id: string, type: string) => ({ id, name: id, type, position: { x: 0, y: 0 } });
    const decision = new ZenEngine().createDecision(
      Buffer.from(
        JSON.stringify({
          nodes: [
            node("in", "inputNode"),
            { ...node("all", "expressionNode"), content: { expressions } },
            node("out", "outputNode"),
          ],
          edges: [
            { id: "1", type: "edge", sourceId: "in", targetId: "all" },
            { id: "2", type: "edge", sourceId: "all", targetId: "out" },
          ],
        }),
      ),
    );
    return {
      take: (profile) => ({ ...flatFacts(profile), asOf: dayNumber(asOf) }),
      async decide(firm) {
        const { result } = await decision.evaluate(firm);
        return (policy) => fits(result[`p${policy}`] === true);
      },
    };
  },
};

function zenOf(written: Written): string {
  const { all, any, not, fact, operator, value } = written as Readonly<Record<string, unknown>>;
  if (all) return `(${(all as Written[]).map(zenOf).join(" and ")})`;
  if (any) return `(${(any as Written[]).map(zenOf).join(" or ")})`;
  if (not) return `not (${zenOf(not as Written)})`;
  return zenLeaf(flat(String(fact)), String(operator), plain(value as Json));
}

const zenOperators: Readonly<Record<string, string>> = {
  ...{ equal: "==", notEqual: "!=", atLeast: ">=", greaterThan: ">", lessThan: "<", atMost: "<=" },
  ...{ in: "in", notIn: "not in" },
};

function zenLeaf(fact: string, operator: string, value: unknown): string {
  const expected = JSON.stringify(value);
  const test =
    operator === "startsWith" ? `startsWith(${fact}, ${expected})` : `${fact} ${zenOperators[operator]} ${expected}`;
  return `(${fact} != null and ${test})`;
}

/** Three answers, as a careful programmer writes them: a function for who may, and one for who does for certain. */
export const handWrittenThree: RowPeer = {
  name: "functions by hand, three answers",
  answers: 3,
  async prepare(policies, asOf) {
    const functions = policies.map(({ conditions }) => ({
      may: possibleOf(conditions, dayNumber(asOf)),
      does: certainOf(conditions, dayNumber(asOf)),
    }));
    return {
      take: plainFacts,
      decide(firm) {
        const found = functions.map(({ may, does }): Verdict => {
          if (!may(firm as PlainFacts)) return "ineligible";
          return does(firm as PlainFacts) ? "eligible" : "undetermined";
        });
        return (policy) => found[policy] as Verdict;
      },
    };
  },
};

/** Two answers: no unknown, and nothing missing ever compares. */
export const handWrittenTwo: RowPeer = {
  name: "functions by hand, two answers",
  answers: 2,
  async prepare(policies, asOf) {
    const functions = policies.map(({ conditions }) => twoValuedOf(conditions, dayNumber(asOf)));
    return {
      take: plainFacts,
      decide(firm) {
        const found = functions.map((each) => each(firm as PlainFacts));
        return (policy) => fits(found[policy] === true);
      },
    };
  },
};

export const dayNumber = (day: string) => Number(day.replaceAll("-", ""));

/** A value as peers compare it: days as numbers. */
export function plain(value: Json): Json {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? dayNumber(value) : value;
}

export function plainFacts(profile: Profile): PlainFacts {
  const known = Object.entries(profile).flatMap(([id, state]) =>
    state.state === "known" ? [[id, plain(state.value)] as const] : [],
  );
  return Object.fromEntries(known);
}

/** Dots in names are paths to some. */
const flat = (id: string) => id.replaceAll(".", "_");
const flatFacts = (profile: Profile): PlainFacts =>
  Object.fromEntries(Object.entries(plainFacts(profile)).map(([id, value]) => [flat(id), value]));
