import { Engine, Fact, type TopLevelCondition } from "json-rules-engine";
import type { TraceResult } from "../decision.ts";
import { answerOf, not } from "../formula/logic.ts";
import type { Value } from "../formula/value.ts";
import { type Condition, type Group, type Leaf, leavesOf } from "./condition.ts";
import { answerOfLeaf, type LeafAnswer, type Values } from "./judgement.ts";
import { type OperatorName, operatorNames, operatorOf, operators } from "./operators.ts";

/** One node's result, in the shape of the condition it belongs to. */
export type Judged = Readonly<{
  condition: Condition;
  result: TraceResult;
  /** For a leaf: the facts it still needs. */
  because: readonly string[];
  children: readonly Judged[];
}>;

/** Decides a tree of requirements over given values. */
export type Judge = (values: Values) => Promise<Judged>;

/**
 * Compiles requirements for json-rules-engine (the only file that knows it).
 *
 * The engine has two truth values; we need three. So it runs twice with operators of our own:
 * once taking every unknown against the firm, once for it. What holds in the first run is true,
 * what fails in the second is false, anything else is unknown. Under `not` the sides swap, so each
 * operator is registered for both polarities. Its built-in operators, which coerce types and let
 * missing facts pass `notEqual`, `notIn` and `not`, are removed.
 */
export function compileJudge(condition: Group): Judge {
  const leaves = leavesOf(condition);
  const compiled = compileGroup(condition, false);
  const against = engineFor(compiled, "against");
  const favour = engineFor(compiled, "favour");
  return async (values) => {
    const answers = new Map<string, LeafAnswer>();
    for (const leaf of leaves) answers.set(leaf.name, answerOfLeaf(leaf, values));
    const facts = factsFor(leaves, values);
    const worst = await run(against, facts);
    const hasUnknown = [...answers.values()].some(({ answer }) => answer === "unknown");
    const best = hasUnknown ? await run(favour, facts) : worst;
    return judgedOf(condition, worst, best, answers);
  };
}

type Mode = "against" | "favour";
type Compiled = TopLevelCondition | Readonly<{ fact: string; operator: string; value: { fact: string } }>;

const underNot = (operator: OperatorName) => `${operator} under not`;
const idOfExpected = ({ name }: Leaf) => `expected by ${name}`;

/** Without names: the engine copies its conditions at every run, and results are found by position. */
function compileGroup({ kind, children }: Group, isUnderNot: boolean): TopLevelCondition {
  const parts = children.map((child) => compile(child, isUnderNot));
  return kind === "all" ? { all: parts } : { any: parts };
}

function compile(condition: Condition, isUnderNot: boolean): Compiled {
  if (condition.kind === "not") return { not: compile(condition.child, !isUnderNot) };
  if (condition.kind !== "leaf") return compileGroup(condition, isUnderNot);
  const operator = isUnderNot ? underNot(condition.operator) : condition.operator;
  return { fact: condition.fact, operator, value: { fact: idOfExpected(condition) } };
}

function engineFor(conditions: TopLevelCondition, mode: Mode): Engine {
  const engine = new Engine([{ conditions, event: { type: "holds" } }]);
  for (const builtIn of Object.keys(operators).concat(coercingOperators)) engine.removeOperator(builtIn);
  for (const name of operatorNames) {
    const { answer } = operatorOf(name);
    engine.addOperator(name, (actual: Value, expected: Value) => holds(answer(actual, expected), mode === "favour"));
    engine.addOperator(underNot(name), (actual: Value, expected: Value) => {
      return !holds(not(answer(actual, expected)), mode === "favour");
    });
  }
  return engine;
}

const coercingOperators = ["contains", "doesNotContain", "lessThanInclusive", "greaterThanInclusive"];

/** Void never helps; unknown helps in the run that takes unknowns for the firm. */
function holds(verdict: Value, doesUnknownHold: boolean): boolean {
  switch (answerOf(verdict)) {
    case "true":
      return true;
    case "unknown":
      return doesUnknownHold;
    default:
      return false;
  }
}

/** Facts as the engine takes them. Uncached: hashing a value for its cache costs more than handing it over. */
function factsFor(leaves: readonly Leaf[], values: Values): Record<string, Fact> {
  const facts: Record<string, Fact> = Object.create(null);
  for (const leaf of leaves) {
    facts[leaf.fact] ??= new Fact<Value>(leaf.fact, values.fact(leaf.fact), { cache: false });
    const id = idOfExpected(leaf);
    facts[id] = new Fact<Value>(id, values.expected(leaf.expected), { cache: false });
  }
  return facts;
}

/** A node after a run: the engine writes `result` into a copy of its conditions. */
type Run = Readonly<{
  result?: boolean | undefined;
  all?: readonly Run[] | undefined;
  any?: readonly Run[] | undefined;
  not?: Run | undefined;
}>;

async function run(engine: Engine, facts: Record<string, Fact>): Promise<Run> {
  const { results, failureResults } = await engine.run(facts);
  const [outcome] = [...results, ...failureResults];
  if (!outcome) throw new Error("json-rules-engine answered nothing");
  const conditions = outcome.conditions as Run;
  return { ...conditions, result: outcome.result === true };
}

function judgedOf(condition: Condition, worst: Run, best: Run, answers: ReadonlyMap<string, LeafAnswer>): Judged {
  const result = worst.result === best.result ? (worst.result ? "true" : "false") : "unknown";
  if (condition.kind === "leaf") {
    const answer = answers.get(condition.name);
    return { condition, result, because: answer?.because ?? [], children: [] };
  }
  const parts = condition.kind === "not" ? [condition.child] : condition.children;
  const children = parts.map((part, index) => {
    return judgedOf(part, partOf(worst, index), partOf(best, index), answers);
  });
  return { condition, result, because: [], children };
}

function partOf(group: Run, index: number): Run {
  const part = group.not ?? (group.all ?? group.any)?.[index];
  if (!part) throw new Error("json-rules-engine answered with another tree than it was given");
  return part;
}
