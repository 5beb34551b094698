import { type FactDefinition, type Json, profileOf, RulesError, type Vocabulary } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { readCell } from "./cell.ts";

/**
 * What a person typed as the value of a fact: as a cell of a delivery is read, or JSON
 * for lists and series; `无` or `none` for "looked up, and there is none".
 * @throws DomainError bad-input saying what is wrong with it
 */
export function typedValue(definition: FactDefinition, typed: string, asOf: Day, vocabulary: Vocabulary): Json {
  if (definition.type === "list" || definition.type === "series") return jsonValue(definition.id, typed, vocabulary);
  const { type, label, nullable } = definition;
  const shape = { ...definition, type, label, nullable };
  const rule = { shift: 0, none: nullable ? "无" : undefined };
  const read = readCell({ text: typed.trim() === "none" ? "无" : typed.trim(), isNumber: false }, shape, rule, asOf);
  if ("value" in read) return read.value;
  throw new DomainError("bad-input", `${read.problem.zh}${read.problem.en}`, { factId: definition.id });
}

function jsonValue(factId: string, typed: string, vocabulary: Vocabulary): Json {
  try {
    const value = JSON.parse(typed) as Json;
    profileOf({ [factId]: value }, vocabulary);
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof RulesError)) throw cause;
    throw new DomainError("bad-input", `不是合格的值。Not a value of this fact: ${cause.message}`, { factId });
  }
}
