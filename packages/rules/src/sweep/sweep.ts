import { PLANE_WORDS } from "./block.ts";
import { type BlockPart, type Counts, type Engine, noCounts } from "./engine.ts";
import type { FirmTable } from "./firm-table.ts";
import { compileProgram, type Program } from "./program.ts";
import { bestEngine } from "./simd-engine.ts";
import { wordEngine } from "./word-engine.ts";
import { openForAny, openPolicies } from "./zones.ts";

/** How many firms each policy of the plan fits, in the order of the plan. */
export type SweepCounts = Readonly<{
  firms: number;
  byPolicy: readonly Readonly<{ id: string; eligible: number; undetermined: number }>[];
}>;

export type EngineMaker = (program: Program) => Engine;

/** Blocks from which compiling machine code pays. */
const BLOCKS_TO_COMPILE_FOR = 16;

/** Decides all firms of a table under all policies of its plan, again and again; compiles once. */
export class Sweeper {
  readonly #table: FirmTable;
  readonly #makeEngine: EngineMaker | undefined;
  #compiled: Readonly<{ engine: Engine; codes: number; isQuick: boolean }> | undefined;

  /** @param makeEngine the fastest there is, unless said */
  constructor(table: FirmTable, makeEngine?: EngineMaker) {
    this.#table = table;
    this.#makeEngine = makeEngine;
  }

  /** How many firms fit each policy. */
  count(): SweepCounts {
    const engine = this.#engine();
    const counts = noCounts(this.#table.plan.policies.length);
    for (const part of partsOf(this.#table)) engine.count(part, counts);
    return countsOf(this.#table, counts);
  }

  /** Who fits each policy, in the order of the plan. */
  verdicts(): readonly Verdicts[] {
    return verdictsWith(this.#engine(), partsOf(this.#table), this.#table.plan.policies.length);
  }

  /** A program knows the codes of its time only: where firms brought new ones it is made anew. */
  #engine(): Engine {
    const { blocks, codes } = this.#table;
    const isQuick = blocks.length >= BLOCKS_TO_COMPILE_FOR;
    if (this.#compiled?.codes === codes && this.#compiled.isQuick === isQuick) return this.#compiled.engine;
    const make = this.#makeEngine ?? (isQuick ? bestEngine : wordEngine);
    const engine = make(programOf(this.#table));
    this.#compiled = { engine, codes, isQuick };
    return engine;
  }
}

/** Decides all firms of a table under all policies of its plan, for their number only. */
export function sweep(table: FirmTable, makeEngine?: EngineMaker): SweepCounts {
  return new Sweeper(table, makeEngine).count();
}

/** Decides all firms under all policies, and keeps each answer. @returns verdicts in the order of the plan */
export function verdictsOf(table: FirmTable, makeEngine?: EngineMaker): readonly Verdicts[] {
  return new Sweeper(table, makeEngine).verdicts();
}

/** Who fits each policy of an engine's program. */
export function verdictsWith(engine: Engine, parts: readonly BlockPart[], policies: number): readonly Verdicts[] {
  const words = parts.length * PLANE_WORDS;
  const verdicts = Array.from({ length: policies }, () => ({
    eligible: new Int32Array(words),
    undetermined: new Int32Array(words),
  }));
  for (const [place, part] of parts.entries()) {
    engine.visit(part, (policy, certain, possible) => {
      const { eligible, undetermined } = verdicts[policy] as Verdicts;
      eligible.set(certain, place * PLANE_WORDS);
      undetermined.set(
        possible.map((bits, word) => bits & ~(certain[word] as number)),
        place * PLANE_WORDS,
      );
    });
  }
  return verdicts;
}

export function programOf(table: FirmTable): Program {
  const { plan, codings, layout } = table;
  return compileProgram(plan, codings, layout);
}

/** The blocks of a table, each with the policies that its zone leaves open. */
export function partsOf(table: FirmTable): readonly BlockPart[] {
  const { plan, codings, zone, blocks } = table;
  const open = zone === undefined ? undefined : openPolicies(plan, zone, codings);
  return blocks.map((block, place) => {
    const codes = table.zoneOf(place);
    const rows = table.filled(place);
    return open && codes ? { block, rows, open: openForAny(open, codes, plan.policies.length) } : { block, rows };
  });
}

export function countsOf({ plan, rows }: FirmTable, { eligible, possible }: Counts): SweepCounts {
  const byPolicy = plan.policies.map(({ policy: { id } }, place) => {
    const certain = eligible[place] as number;
    return { id, eligible: certain, undetermined: (possible[place] as number) - certain };
  });
  return { firms: rows, byPolicy };
}

/** Who fits a policy: a bit per row of the table. */
export type Verdicts = Readonly<{ eligible: Int32Array; undetermined: Int32Array }>;

/** What a policy answers for one firm. */
export function answerIn(
  { eligible, undetermined }: Verdicts,
  row: number,
): "eligible" | "ineligible" | "undetermined" {
  const has = (bits: Int32Array) => ((bits[row >>> 5] as number) >>> (row & 31)) & 1;
  return has(eligible) ? "eligible" : has(undetermined) ? "undetermined" : "ineligible";
}
