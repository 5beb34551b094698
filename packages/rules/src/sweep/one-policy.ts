import type { Policy } from "../policy/policy.ts";
import { RulesError } from "../rules-error.ts";
import type { Layout } from "./block.ts";
import { Coding } from "./coding.ts";
import { contentOfQuestion } from "./content.ts";
import { type Engine, noCounts } from "./engine.ts";
import type { FirmTable } from "./firm-table.ts";
import { type Column, planSweep } from "./plan.ts";
import { type AnswersOfCodes, compileProgram } from "./program.ts";
import { type EngineMaker, type Verdicts, verdictsWith } from "./sweep.ts";
import { wordEngine } from "./word-engine.ts";

/** The facts whose values have to be read: a limit where no live policy has one, or what none asks about. */
export type NeedsFacts = Readonly<{ kind: "needs"; facts: readonly string[] }>;
export type PolicyCounts = Readonly<{ eligible: number; undetermined: number }>;
/** A policy that is not in the plan, over all firms of a table. */
export type OnePolicy = (Readonly<{ kind: "counted" }> & PolicyCounts) | NeedsFacts;

/** Decides one new or edited policy over all firms, from the codes that are there. */
export function sweepOne(table: FirmTable, policy: Policy, makeEngine: EngineMaker = wordEngine): OnePolicy {
  const found = sweepBeside(table, [policy], makeEngine);
  if (found.kind === "needs") return found;
  const [counts = { eligible: 0, undetermined: 0 }] = found.counts;
  return { kind: "counted", ...counts };
}

/**
 * Decides policies that are not in the plan over all firms, each counted in the order given.
 * @throws RulesError limit-exceeded for one that columns cannot hold
 */
export function sweepBeside(
  table: FirmTable,
  policies: readonly Policy[],
  makeEngine: EngineMaker = wordEngine,
): Readonly<{ kind: "counted"; counts: readonly PolicyCounts[] }> | NeedsFacts {
  const engine = engineBeside(table, policies, makeEngine);
  if ("kind" in engine) return engine;
  return { kind: "counted", counts: countWith(engine, table, policies.length) };
}

/**
 * The same, with who they are instead of how many.
 * @throws RulesError limit-exceeded for one that columns cannot hold
 */
export function verdictsBeside(
  table: FirmTable,
  policies: readonly Policy[],
  makeEngine: EngineMaker = wordEngine,
): Readonly<{ kind: "judged"; verdicts: readonly Verdicts[] }> | NeedsFacts {
  const engine = engineBeside(table, policies, makeEngine);
  if ("kind" in engine) return engine;
  const parts = table.blocks.map((block, place) => ({ block, rows: table.filled(place) }));
  return { kind: "judged", verdicts: verdictsWith(engine, parts, policies.length) };
}

function engineBeside(table: FirmTable, policies: readonly Policy[], makeEngine: EngineMaker): Engine | NeedsFacts {
  const plan = planSweep(policies, { asOf: table.plan.asOf });
  const [alone] = plan.alone;
  if (alone) throw new RulesError("limit-exceeded", alone.policy.id, alone.why);
  const found = plan.columns.map((column) => answersFrom(table, column));
  const needed = plan.columns.flatMap(({ inputs }, place) => (found[place] ? [] : inputs));
  if (needed.length > 0) return { kind: "needs", facts: [...new Set(needed)].sort() };
  const known = found.filter((each) => each !== undefined);
  return makeEngine(
    compileProgram(
      plan,
      known.map(({ answers }) => answers),
      layoutOf(table, known),
    ),
  );
}

type Found = Readonly<{ answers: AnswersOfCodes; column: number | undefined }>;

function answersFrom(table: FirmTable, column: Column): Found | undefined {
  const { asOf } = table.plan;
  // What rests on no fact is the same for every firm, and needs no codes of them.
  if (column.inputs.length === 0) return { answers: new Coding(column, asOf), column: undefined };
  const place = table.plan.columns.findIndex(({ key }) => key === column.key);
  const coding = table.codings[place];
  const answers = coding && (askedAlready(coding, column) ?? answersByClass(coding, column, asOf));
  return answers && { answers, column: place };
}

function askedAlready(coding: Coding, { questions, policy }: Column): AnswersOfCodes | undefined {
  const old = coding.column.questions.map((leaf) => contentOfQuestion(leaf, coding.column.policy));
  const places = questions.map((leaf) => old.indexOf(contentOfQuestion(leaf, policy)));
  if (places.includes(-1)) return undefined;
  return { codesAnswering: (question, wanted) => coding.codesAnswering(places[question] as number, wanted) };
}

/**
 * Whether the classes that are there tell the new questions apart as well: then each class has one answer.
 * All values are looked at as classes of the old and the new questions together.
 */
function answersByClass(coding: Coding, { questions, ...column }: Column, asOf: string): AnswersOfCodes | undefined {
  // What the evaluator computes has no classes that could be told beforehand.
  if (!coding.column.fact) return undefined;
  const old = coding.column.questions;
  const both = new Coding({ ...column, questions: [...old, ...questions] }, asOf);
  const answersOf = new Map<string, string>();
  for (const signature of both.signatures) {
    const [before, asked] = [signature.slice(0, old.length), signature.slice(old.length)];
    if ((answersOf.get(before) ?? asked) !== asked) return undefined;
    answersOf.set(before, asked);
  }
  const asked = coding.signatures.map((signature) => answersOf.get(signature));
  // What a department only confirmed or denied is in no class of values.
  if (asked.includes(undefined)) return undefined;
  return {
    codesAnswering(question, wanted) {
      const letters = wanted.map((answer) => answer.charAt(0));
      return Uint8Array.from(asked, (each) => (letters.includes(each?.[question] ?? "") ? 1 : 0));
    },
  };
}

/** Columns of these policies at the planes that the table has for them. */
function layoutOf({ layout }: FirmTable, found: readonly Found[]): Layout {
  return {
    first: found.map(({ column }) => (column === undefined ? 0 : (layout.first[column] as number))),
    widths: found.map(({ column }) => (column === undefined ? 0 : (layout.widths[column] as number))),
    planes: layout.planes,
  };
}

function countWith(engine: Engine, table: FirmTable, policies: number): readonly PolicyCounts[] {
  const { eligible, possible } = noCounts(policies);
  for (const [place, block] of table.blocks.entries()) {
    engine.count({ block, rows: table.filled(place) }, { eligible, possible });
  }
  return Array.from(eligible, (count, place) => ({
    eligible: count,
    undetermined: (possible[place] as number) - count,
  }));
}
