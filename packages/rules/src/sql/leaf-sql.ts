import type { Leaf } from "../condition/condition.ts";
import { type OperatorName, operatorOf, oppositeOf } from "../condition/operators.ts";
import { answerOf } from "../formula/logic.ts";
import { isExact, NOTHING } from "../formula/value.ts";
import type { Json } from "../json.ts";
import type { Policy } from "../policy/policy.ts";
import { RulesError } from "../rules-error.ts";
import type { Literal } from "../sweep/normal-form.ts";
import { anyValueOf } from "../vocabulary/fact-value.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { nameOfNone } from "./column.ts";
import { type ColumnType, columnTypeOf, misfitOfDay, misfitOfNumber, misfitOfText, numberText } from "./column-type.ts";
import { type Dialect, isName, quotedName } from "./dialect.ts";

/** SQL over the columns of these facts, or which part has no SQL. */
export type LeafSql = Readonly<{ sql: string; facts: readonly FactDefinition[] }> | Readonly<{ why: string }>;

type Operand = Readonly<{ sql: string }> | Readonly<{ why: string }>;

/**
 * One requirement, or its negation, as a three-valued predicate: NULL where the fact is not known.
 * A fact that was looked up and is nothing meets what it meets in `answerOfLeaf`, and is never NULL.
 *
 * @throws RulesError sql-inexpressible for a list that is empty or holds null
 */
export function leafSql({ leaf, isNegated }: Literal, policy: Policy, dialect: Dialect): LeafSql {
  const { fact: id, expected } = leaf;
  refuseUndecidable(leaf);
  const fact = policy.vocabulary.facts.get(id);
  if (!fact) return { why: `"${id}" is derived by a formula` };
  const type = columnTypeOf(fact);
  const problem = problemOf(fact);
  if (!type || problem !== undefined) return { why: problem ?? `"${id}" is no single value` };
  if (expected.kind === "formula") return { why: `"${id}" is compared with a formula` };
  const operator = isNegated ? oppositeOf(leaf.operator) : leaf.operator;
  const column = columnOf(fact, type, dialect);
  if (expected.kind === "fact") return besideFact(fact, operator, expected.id, policy, dialect);
  const core =
    expected.json === null ? whereAnyValue(column, operator) : against(column, type, operator, expected.json, dialect);
  if ("why" in core) return { why: `"${id}": ${core.why}` };
  if (!fact.nullable) return { sql: core.sql, facts: [fact] };
  const none = quotedName(nameOfNone(id));
  const said = answerOf(operatorOf(leaf.operator).answer(NOTHING, expected.value));
  const doesNoneMeet = said === (isNegated ? "false" : "true");
  return { sql: doesNoneMeet ? `(${none} OR ${core.sql})` : `(NOT ${none} AND ${core.sql})`, facts: [fact] };
}

function columnOf({ id }: FactDefinition, type: ColumnType, dialect: Dialect): string {
  return type === "text" ? dialect.bytes(quotedName(id)) : quotedName(id);
}

/** What in the fact itself keeps it out of a column. */
function problemOf(fact: FactDefinition): string | undefined {
  if (!isName(nameOfNone(fact.id))) return `"${fact.id}" is too long for the name of a column`;
  // Bounds that leave one value, or one code, answer before anybody delivers.
  return isExact(anyValueOf(fact, [fact.id])) ? `"${fact.id}" has one possible value only` : undefined;
}

/** Two facts: both have to be known. */
function besideFact(
  fact: FactDefinition,
  operator: OperatorName,
  otherId: string,
  { vocabulary }: Policy,
  dialect: Dialect,
): LeafSql {
  const other = vocabulary.facts.get(otherId);
  const type = columnTypeOf(fact);
  const otherType = other && columnTypeOf(other);
  if (!other || !type || !otherType) return { why: `"${fact.id}" is compared with "${otherId}", which is no column` };
  const problem = problemOf(other);
  if (problem !== undefined) return { why: problem };
  if (fact.nullable || other.nullable) return { why: `"${fact.id}" or "${otherId}" may be none` };
  const column = columnOf(fact, type, dialect);
  const symbol = symbols[operator];
  if (symbol === undefined) return { why: `"${operator}" compares "${fact.id}" with the fact "${otherId}"` };
  return { sql: `${column} ${symbol} ${columnOf(other, otherType, dialect)}`, facts: [fact, other] };
}

/** `equal null`, of a fact that is not none: any value answers it. */
function whereAnyValue(column: string, operator: OperatorName): Operand {
  return { sql: `CASE WHEN ${column} IS NOT NULL THEN ${operator === "equal" ? "FALSE" : "TRUE"} END` };
}

function against(column: string, type: ColumnType, operator: OperatorName, json: Json, dialect: Dialect): Operand {
  const values: string[] = [];
  for (const each of Array.isArray(json) ? json : [json]) {
    const value = literalSql(type, each as Json, dialect);
    if ("why" in value) return value;
    values.push(value.sql);
  }
  const [only = "NULL"] = values;
  switch (operator) {
    case "in":
      return { sql: dialect.isIn(column, values) };
    case "notIn":
      return { sql: `NOT ${dialect.isIn(column, values)}` };
    case "startsWith":
      return { sql: dialect.startsWith(column, only) };
    case "doesNotStartWith":
      return { sql: `NOT ${dialect.startsWith(column, only)}` };
    default:
      return { sql: `${column} ${symbols[operator]} ${only}` };
  }
}

const symbols: Readonly<Partial<Record<OperatorName, string>>> = {
  equal: "=",
  notEqual: "<>",
  lessThan: "<",
  atMost: "<=",
  greaterThan: ">",
  atLeast: ">=",
};

/** A value of the policy's text, exactly. */
function literalSql(type: ColumnType, json: Json, dialect: Dialect): Operand {
  const text = String(json);
  const shown = `${text.slice(0, 40)}`;
  switch (type) {
    case "boolean":
      return { sql: json === true ? "TRUE" : "FALSE" };
    case "date": {
      const misfit = misfitOfDay(text, dialect.days);
      return misfit === undefined ? { sql: dialect.dayOf(text) } : { why: `${shown} ${misfit}` };
    }
    case "text": {
      const misfit = misfitOfText(text);
      return misfit === undefined ? { sql: dialect.textOf(text) } : { why: `the text ${misfit}` };
    }
    default: {
      const misfit = misfitOfNumber(type, text);
      return misfit === undefined
        ? { sql: dialect.numberOf(type, numberText(type, text)) }
        : { why: `${shown} ${misfit}` };
    }
  }
}

/** Where databases part from one another: `NULL IN ()` is false, `5 NOT IN (1, NULL)` is NULL. */
function refuseUndecidable({ name, operator, expected }: Leaf): void {
  if (expected.kind !== "literal" || operatorOf(operator).wants !== "list") return;
  const { json } = expected;
  if (!Array.isArray(json) || json.length === 0) {
    throw new RulesError(
      "sql-inexpressible",
      name,
      "compares with an empty list; databases disagree on what is in it.",
    );
  }
  if (json.includes(null)) {
    throw new RulesError("sql-inexpressible", name, "has null in its list; test it with a condition of its own.");
  }
}
