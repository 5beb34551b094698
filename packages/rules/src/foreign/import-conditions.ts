import { operatorNameOf, operatorNames } from "../condition/operators.ts";
import type { Json } from "../json.ts";
import { refuseHostile } from "../limits.ts";
import { suggestion } from "../nearest.ts";
import type { Finding } from "../review/finding.ts";
import type { FactDefinition, Vocabulary } from "../vocabulary/vocabulary.ts";

/** Conditions in our form, and everything about them that would have meant something else, or nothing, before. */
export type ImportedConditions = Readonly<{ conditions: Json | undefined; findings: readonly Finding[] }>;

/**
 * Takes over the conditions of a json-rules-engine rule. What that engine answers by accident (a missing
 * fact that passes `notEqual`, dates compared by their year, text searched by `in`) is told as a finding:
 * an error where it cannot be taken over, a warning where its meaning changes.
 *
 * @param clause label under which every requirement is put, to be set by the author afterwards
 * @throws RulesError limit-exceeded for a hostile document
 */
export function importConditions(document: unknown, clause: string, vocabulary: Vocabulary): ImportedConditions {
  refuseHostile(document);
  const findings: Finding[] = [];
  const say = (level: Finding["level"], code: string, where: string, message: string) =>
    void findings.push({ level, code, where, message });
  const conditions = new Importer(vocabulary, say).read(document, "conditions", false);
  const named = isRecord(conditions) ? { ...conditions, clause } : conditions;
  return { conditions: named, findings };
}

type Say = (level: Finding["level"], code: string, where: string, message: string) => void;
type Fields = Readonly<Record<string, unknown>>;

class Importer {
  readonly #vocabulary: Vocabulary;
  readonly #say: Say;

  constructor(vocabulary: Vocabulary, say: Say) {
    this.#vocabulary = vocabulary;
    this.#say = say;
  }

  /** @param negated under a `not`, where a missing fact used to count as true */
  read(document: unknown, where: string, negated: boolean): Json | undefined {
    if (!isRecord(document)) return this.#refuse("not-a-condition", where, "is no condition.");
    const groups = (["all", "any", "not"] as const).filter((key) => Object.hasOwn(document, key));
    const [kind] = groups;
    if (groups.length > 1) {
      return this.#refuse(
        "several-groups",
        where,
        `has ${groups.join(" and ")}, of which the engine took one silently.`,
      );
    }
    if (document.priority !== undefined) {
      this.#say("warning", "priority-ignored", where, "has a priority; the order of conditions does not matter here.");
    }
    if (kind === "not") return this.#not(document, where, negated);
    if (kind) return this.#group(kind, document, where, negated);
    if (typeof document.condition === "string") return { condition: document.condition, ...nameOf(document) };
    return this.#leaf(document, where, negated);
  }

  #group(kind: "all" | "any", document: Fields, where: string, negated: boolean): Json | undefined {
    const parts = document[kind];
    if (!Array.isArray(parts) || parts.length === 0) {
      return this.#refuse("empty-group", `${where}.${kind}`, "is empty; the engine took that for true.");
    }
    const read = parts.map((part, place) => this.read(part, `${where}.${kind}[${place}]`, negated));
    return read.includes(undefined) ? undefined : { [kind]: read as Json[], ...nameOf(document) };
  }

  #not(document: Fields, where: string, negated: boolean): Json | undefined {
    const inner = this.read(document.not, `${where}.not`, !negated);
    return inner === undefined ? undefined : { not: inner, ...nameOf(document) };
  }

  #leaf(document: Fields, where: string, negated: boolean): Json | undefined {
    const { fact: id, operator: written, value, path, params } = document;
    if (path !== undefined) return this.#refuse("path", `${where}.path`, "a path finds nothing silently; name a fact.");
    if (params !== undefined) return this.#refuse("params", `${where}.params`, "facts take no parameters; derive one.");
    const fact = typeof id === "string" ? this.#vocabulary.facts.get(id) : undefined;
    if (!fact) {
      const hint = suggestion(String(id), this.#vocabulary.facts.keys());
      return this.#refuse("unknown-fact", `${where}.fact`, `"${String(id)}" is no fact.${hint}`);
    }
    const operator = typeof written === "string" ? operatorNameOf(written) : undefined;
    if (!operator) {
      const hint = suggestion(String(written), operatorNames);
      return this.#refuse("unknown-operator", `${where}.operator`, `"${String(written)}" is not taken over.${hint}`);
    }
    const read = this.#value(value, fact, operator, `${where}.value`);
    if (read === undefined) return undefined;
    const isNegative = operator === "notEqual" || operator === "notIn" || operator === "doesNotStartWith";
    if (isNegative !== negated) {
      this.#say(
        "warning",
        "missing-was-true",
        where,
        `${fact.id} missing used to pass; now the answer is open until it is known.`,
      );
    }
    return { fact: fact.id, operator, value: read, ...nameOf(document) };
  }

  #value(value: unknown, fact: FactDefinition, operator: string, where: string): Json | undefined {
    const isNumber = ["integer", "decimal", "money", "percent"].includes(fact.type);
    const isOrder = ["lessThan", "atMost", "greaterThan", "atLeast"].includes(operator);
    if ((operator === "in" || operator === "notIn") && typeof value === "string") {
      return this.#refuse("text-search", where, "a text as list was searched for a part; write a list.");
    }
    if (Array.isArray(value) && (value.length === 0 || value.includes(null))) {
      return this.#refuse("null-in-list", where, "is empty or holds null; nothing could be told of it.");
    }
    if (isOrder && fact.type === "date") {
      this.#say("warning", "dates-by-year", where, "days used to be compared by their year alone; now by the day.");
    } else if (isOrder && !isNumber) {
      return this.#refuse("order-of-text", where, `${fact.id} is ${fact.type}, which has no order.`);
    }
    if (isNumber && typeof value === "string") {
      this.#say("warning", "number-as-text", where, "a number as text used to be coerced; now it is that decimal.");
    }
    if (isRecord(value) && typeof value.fact === "string") {
      return Object.keys(value).length === 1
        ? { fact: value.fact }
        : this.#refuse("path", where, "a path finds nothing silently; name a fact.");
    }
    return value as Json;
  }

  #refuse(code: string, where: string, message: string): undefined {
    this.#say("error", code, where, message);
    return undefined;
  }
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf({ name }: Fields): { name?: string } {
  return typeof name === "string" && name !== "" ? { name } : {};
}
