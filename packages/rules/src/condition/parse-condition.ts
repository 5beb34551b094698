import { z } from "zod";
import type { StaticType } from "../formula/expression.ts";
import { type Names, parseFormula } from "../formula/parse.ts";
import { comparable, describe, elementOf } from "../formula/static-type.ts";
import { list, NOTHING, text, type Value } from "../formula/value.ts";
import type { Json } from "../json.ts";
import { limits } from "../limits.ts";
import { suggestion } from "../nearest.ts";
import { bilingualSchema, read } from "../read.ts";
import { RulesError } from "../rules-error.ts";
import type { Condition, Expected } from "./condition.ts";
import { type OperatorName, operatorNameOf, operatorNames, operatorOf } from "./operators.ts";

/** What a condition may refer to. */
export type ConditionContext = Readonly<{
  names: Names;
  /** Reads a literal as a value of the fact; says what is wrong if it is none. */
  literalOf: (fact: string, json: Json) => Value | Readonly<{ misfit: string }>;
  /** Refuses a clause that source.md lacks. */
  clauseAt: (label: string, where: string) => string;
  /** Conditions that several policies share, by name, as written in the vocabulary. */
  shared: ReadonlyMap<string, unknown>;
}>;

const common = {
  name: z.string().min(1).max(100).optional(),
  clause: z.string().min(1).optional(),
  label: bilingualSchema.optional(),
};
const leafSchema = z.strictObject({ ...common, fact: z.string(), operator: z.string(), value: z.json() });
const allSchema = z.strictObject({ ...common, all: z.array(z.unknown()) });
const anySchema = z.strictObject({ ...common, any: z.array(z.unknown()) });
const notSchema = z.strictObject({ ...common, not: z.unknown() });
const sharedSchema = z.strictObject({ ...common, condition: z.string() });
const referenceSchema = z.strictObject({ fact: z.string() });
const formulaSchema = z.strictObject({ formula: z.string() });

/**
 * Parses requirements in json-rules-engine's JSON: `all`, `any`, `not`, leaves `{fact, operator, value}`,
 * and `{condition}` for one that the vocabulary shares.
 * Every leaf is under a clause, its own or that of a group around it.
 *
 * @throws RulesError policy-invalid | formula-invalid | limit-exceeded
 */
export function parseCondition(document: unknown, where: string, context: ConditionContext): Condition {
  return new Parser(context).parse(document, where, undefined, 1);
}

/** Counts nodes and keeps names apart while it walks. */
class Parser {
  readonly #context: ConditionContext;
  readonly #names = new Set<string>();
  /** Shared conditions that are being read, from the outside in. */
  readonly #open: string[] = [];
  #nodes = 0;

  constructor(context: ConditionContext) {
    this.#context = context;
  }

  parse(document: unknown, where: string, outerClause: string | undefined, depth: number): Condition {
    this.#nodes += 1;
    if (depth > limits.conditionDepth) {
      throw new RulesError("limit-exceeded", where, `conditions are nested more than ${limits.conditionDepth} deep.`);
    }
    if (this.#nodes > limits.conditionNodes) {
      throw new RulesError("limit-exceeded", where, `more than ${limits.conditionNodes} conditions.`);
    }
    const kind = kindOf(document, where);
    switch (kind) {
      case "all":
      case "any":
        return this.#group(kind, document, where, outerClause, depth);
      case "not": {
        const { not, ...given } = read(notSchema, document, where, "policy-invalid");
        const node = this.#node(given, where, outerClause);
        return { ...node, kind, child: this.parse(not, `${where}.not`, node.clause, depth + 1) };
      }
      case "leaf":
        return this.#leaf(document, where, outerClause);
      case "condition":
        return this.#shared(document, where, outerClause, depth);
    }
  }

  /** The shared condition in place of its name; what it requires, it requires under the clause that names it. */
  #shared(document: unknown, where: string, outerClause: string | undefined, depth: number): Condition {
    const { condition, name = condition, clause, label } = read(sharedSchema, document, where, "policy-invalid");
    const { shared } = this.#context;
    const written = shared.get(condition);
    if (typeof written !== "object" || written === null) {
      throw invalid(`${where}.condition`, `no shared condition "${condition}".${suggestion(condition, shared.keys())}`);
    }
    const own = {
      ...renamed(written, `${name}.`),
      name,
      ...(label && { label }),
      ...(clause !== undefined && { clause }),
    };
    if (this.#open.includes(condition)) {
      throw invalid(`${where}.condition`, `is defined by itself: ${[...this.#open, condition].join(" → ")}.`);
    }
    this.#open.push(condition);
    const parsed = this.parse(own, where, outerClause, depth + 1);
    this.#open.pop();
    return parsed;
  }

  #group(
    kind: "all" | "any",
    document: unknown,
    where: string,
    outerClause: string | undefined,
    depth: number,
  ): Condition {
    const given =
      kind === "all"
        ? read(allSchema, document, where, "policy-invalid")
        : read(anySchema, document, where, "policy-invalid");
    const parts = "all" in given ? given.all : given.any;
    // An empty group would be true or false by convention; nobody means that.
    if (parts.length === 0) throw invalid(`${where}.${kind}`, "is empty; a group needs at least one condition.");
    const node = this.#node(given, where, outerClause);
    const children = parts.map((part, index) => this.parse(part, `${where}.${kind}[${index}]`, node.clause, depth + 1));
    return { ...node, kind, children };
  }

  #leaf(document: unknown, where: string, outerClause: string | undefined): Condition {
    const { fact, operator: written, value, ...given } = read(leafSchema, document, where, "policy-invalid");
    const { names } = this.#context;
    const type = names.typeOf(fact);
    if (!type) throw invalid(`${where}.fact`, `unknown fact "${fact}".${suggestion(fact, names.ids())}`);
    const operator = operatorNameOf(written);
    if (!operator)
      throw invalid(`${where}.operator`, `unknown operator "${written}".${suggestion(written, operatorNames)}`);
    const { tests } = operatorOf(operator);
    if (type.kind !== "any" && !tests.includes(type.kind)) {
      throw invalid(
        `${where}.operator`,
        `"${operator}" tests ${tests.map((kind) => describe({ kind } as StaticType)).join(" or ")}; "${fact}" is ${describe(type)}.`,
      );
    }
    const node = this.#node(given, where, outerClause);
    if (node.clause === undefined) {
      throw invalid(where, `names no clause; say which clause of source.md requires it.`);
    }
    return {
      ...node,
      kind: "leaf",
      fact,
      operator,
      expected: this.#expected(fact, type, operator, value, `${where}.value`),
    };
  }

  #expected(fact: string, type: StaticType, operator: OperatorName, json: Json, where: string): Expected {
    if (isObject(json)) return this.#computed(fact, type, operator, json, where);
    if (operatorOf(operator).wants === "list") {
      if (!Array.isArray(json)) throw invalid(where, `"${operator}" needs a list.`);
      if (json.length === 0) throw invalid(where, "is empty; nothing could ever be in it.");
      const items = json.map((each, index) => ({ value: this.#literal(fact, each, `${where}[${index}]`) }));
      return { kind: "literal", json, value: list(items) };
    }
    if (Array.isArray(json)) throw invalid(where, `"${operator}" needs one value; use "in" or "notIn" for a list.`);
    if (json === null && operator !== "equal" && operator !== "notEqual") {
      throw invalid(where, `null (there is none) goes with "equal" or "notEqual" only.`);
    }
    if (operatorOf(operator).takesPart) {
      if (typeof json !== "string" || json === "") throw invalid(where, `"${operator}" needs a text.`);
      return { kind: "literal", json, value: text(json) };
    }
    return { kind: "literal", json, value: json === null ? NOTHING : this.#literal(fact, json, where) };
  }

  #literal(fact: string, json: Json, where: string): Value {
    if (json === null) throw invalid(where, "null does not belong into a list; test it with a condition of its own.");
    const value = this.#context.literalOf(fact, json);
    if ("misfit" in value) throw invalid(where, `${value.misfit} (${fact}).`);
    return value;
  }

  #computed(
    fact: string,
    type: StaticType,
    operator: OperatorName,
    json: Readonly<Record<string, Json>>,
    where: string,
  ): Expected {
    const { names } = this.#context;
    // A single value counts as a list of one; a list is not one value.
    const compared = operatorOf(operator).wants === "list" ? elementOf : (other: StaticType) => other;
    if ("formula" in json) {
      const { formula: source } = read(formulaSchema, json, where, "policy-invalid");
      const formula = parseFormula(source, `${where}.formula`, names);
      if (!comparable(type, compared(formula.type))) {
        throw invalid(
          `${where}.formula`,
          `"${fact}" is ${describe(type)}, the formula gives ${describe(compared(formula.type))}.`,
        );
      }
      return { kind: "formula", formula };
    }
    const { fact: other } = read(referenceSchema, json, where, "policy-invalid");
    const otherType = names.typeOf(other);
    if (!otherType) throw invalid(`${where}.fact`, `unknown fact "${other}".${suggestion(other, names.ids())}`);
    if (!comparable(type, compared(otherType))) {
      throw invalid(`${where}.fact`, `"${fact}" is ${describe(type)}, "${other}" is ${describe(compared(otherType))}.`);
    }
    return { kind: "fact", id: other };
  }

  #node({ name, clause, label }: z.output<z.ZodObject<typeof common>>, where: string, outerClause: string | undefined) {
    const unique = name ?? where;
    if (this.#names.has(unique)) throw invalid(`${where}.name`, `"${unique}" names another condition already.`);
    this.#names.add(unique);
    const under = clause === undefined ? outerClause : this.#context.clauseAt(clause, `${where}.clause`);
    return { name: unique, ...(under !== undefined && { clause: under }), ...(label && { label }) };
  }
}

/** The same condition with names that cannot meet those of the policy, or of a second use of it. */
function renamed(document: object, prefix: string): object {
  const inner = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    const { name, ...rest } = renamed(part, prefix) as Readonly<Record<string, unknown>>;
    return typeof name === "string" ? { ...rest, name: `${prefix}${name}` } : rest;
  };
  const { all, any, not, ...rest } = document as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    ...(Array.isArray(all) && { all: all.map(inner) }),
    ...(Array.isArray(any) && { any: any.map(inner) }),
    ...(not !== undefined && { not: inner(not) }),
  };
}

function kindOf(document: unknown, where: string): "all" | "any" | "not" | "leaf" | "condition" {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw invalid(where, "must be a condition: all, any, not, condition, or fact with operator and value.");
  }
  const kinds = (["all", "any", "not", "fact", "condition"] as const).filter((key) => Object.hasOwn(document, key));
  const [kind] = kinds;
  if (kinds.length > 1) throw invalid(where, `has both "${kinds[0]}" and "${kinds[1]}"; a condition is one of them.`);
  if (!kind) {
    const [written = ""] = Object.keys(document);
    throw invalid(
      where,
      `has none of all, any, not, fact, condition.${suggestion(written, ["all", "any", "not", "fact", "condition"])}`,
    );
  }
  return kind === "fact" ? "leaf" : kind;
}

function isObject(json: Json): json is Readonly<Record<string, Json>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function invalid(where: string, what: string): RulesError {
  return new RulesError("policy-invalid", where, what);
}
