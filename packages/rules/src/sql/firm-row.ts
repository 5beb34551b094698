import type { FactState, Profile } from "../profile.ts";
import { valueOfFact } from "../vocabulary/fact-value.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import type { Column } from "./column.ts";
import { misfitOfDay, misfitOfNumber, misfitOfText, numberText } from "./column-type.ts";
import { type DerivedAnswers, derivedAnswers } from "./derived-answers.ts";
import { type Dialect, dialects } from "./dialect.ts";
import type { EmittedRules } from "./emit-rules.ts";

/** A cell as text (`true`, `12.5`, `2025-11-03`); `null` is NULL. */
export type Cell = string | null;

/** A firm as one row of the table, or the fact that keeps it out of the table: decide such a firm by itself. */
export type FirmRow = Readonly<{ cells: readonly Cell[] }> | Readonly<{ apart: string; why: string }>;

/** Makes rows of firms, their cells in the order of the columns. */
export function firmRows(rules: EmittedRules): (profile: Profile) => FirmRow {
  const answers = derivedAnswers(rules);
  return (profile) => firmRow(rules, profile, answers(profile));
}

function firmRow({ columns, dialect }: EmittedRules, profile: Profile, answerOf: DerivedAnswers): FirmRow {
  const cells: Cell[] = [];
  for (const { holds } of columns) {
    if (holds.kind === "leaf") {
      const answer = answerOf(holds.leaf);
      cells.push(answer === null ? null : String(answer));
      continue;
    }
    const { fact } = holds;
    const state = Object.hasOwn(profile, fact.id) ? profile[fact.id] : undefined;
    if (holds.kind === "none") {
      cells.push(String(state?.state === "known" && state.value === null));
      continue;
    }
    const cell = cellOf(fact, state, dialects[dialect]);
    if (typeof cell === "object" && cell !== null) return { apart: fact.id, why: cell.why };
    cells.push(cell);
  }
  return { cells };
}

/** A value of the wrong type, outside its bounds or its code list is unknown, as it is to `decide`. */
function cellOf(
  fact: FactDefinition,
  state: FactState | undefined,
  dialect: Dialect,
): Cell | Readonly<{ why: string }> {
  if (state?.state === "answers") return { why: "is confirmed or denied without a value" };
  if (state?.state !== "known") return null;
  if (state.value === null) return fact.nullable ? null : { why: "is none, though it always has a value" };
  const value = valueOfFact(fact, state.value);
  if ("misfit" in value) return null;
  const text = value.kind === "number" ? numberText(numberTypeOf(fact), String(state.value)) : String(state.value);
  const misfit = misfitOf(value.kind, fact, text, dialect);
  return misfit === undefined ? text : { why: misfit };
}

function misfitOf(kind: string, fact: FactDefinition, text: string, dialect: Dialect): string | undefined {
  switch (kind) {
    case "number":
      return misfitOfNumber(numberTypeOf(fact), text);
    case "date":
      return misfitOfDay(text, dialect.days);
    case "text":
      return misfitOfText(text);
    default:
      return undefined;
  }
}

function numberTypeOf({ type }: FactDefinition) {
  return type === "integer" || type === "money" ? type : "decimal";
}

/** The columns of a table definition, without its name. */
export function columnDefinitions(columns: readonly Pick<Column, "name" | "sqlType">[]): string {
  return columns.map(({ name, sqlType }) => `"${name}" ${sqlType}`).join(", ");
}
