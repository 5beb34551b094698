import { PLANE_WORDS } from "./block.ts";
import { type BlockPart, type Counts, type Engine, noCounts } from "./engine.ts";
import type { FirmTable } from "./firm-table.ts";
import { compileProgram, type Program } from "./program.ts";
import { bestEngine } from "./simd-engine.ts";
import { wordEngine } from "./word-engine.ts";
import { meetingZone, openForAny, openPolicies, withoutZone } from "./zones.ts";

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
  #compiled: Readonly<{ engines: Engines; codes: number; isQuick: boolean }> | undefined;

  /** @param makeEngine the fastest there is, unless said */
  constructor(table: FirmTable, makeEngine?: EngineMaker) {
    this.#table = table;
    this.#makeEngine = makeEngine;
  }

  /** How many firms fit each policy. */
  count(): SweepCounts {
    const engines = this.#engines();
    const counts = noCounts(this.#table.plan.policies.length);
    for (const part of partsOf(this.#table)) engines.of(part).count(part, counts);
    return countsOf(this.#table, counts);
  }

  /** Who fits each policy, in the order of the plan. */
  verdicts(): readonly Verdicts[] {
    const engines = this.#engines();
    const visit: Engine["visit"] = (part, visitor) => engines.of(part).visit(part, visitor);
    return verdictsWith({ visit }, partsOf(this.#table), this.#table.plan.policies.length);
  }

  /** A program knows the codes of its time only: where firms brought new ones it is made anew. */
  #engines(): Engines {
    const { blocks, codes } = this.#table;
    const isQuick = blocks.length >= BLOCKS_TO_COMPILE_FOR;
    if (this.#compiled?.codes === codes && this.#compiled.isQuick === isQuick) return this.#compiled.engines;
    const engines = new Engines(this.#table, this.#makeEngine ?? (isQuick ? bestEngine : wordEngine));
    this.#compiled = { engines, codes, isQuick };
    return engines;
  }
}

/** Made when the first block needs them: most blocks of a large table are of one place, and some tables have none such. */
class Engines {
  readonly #table: FirmTable;
  readonly #make: EngineMaker;
  #whole: Engine | undefined;
  #ofZone: Engine | undefined;

  constructor(table: FirmTable, make: EngineMaker) {
    this.#table = table;
    this.#make = make;
  }

  of({ ofZone }: BlockPart): Engine {
    if (ofZone) {
      this.#ofZone ??= this.#make(zoneProgramOf(this.#table));
      return this.#ofZone;
    }
    this.#whole ??= this.#make(programOf(this.#table));
    return this.#whole;
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
export function verdictsWith(
  engine: Pick<Engine, "visit">,
  parts: readonly BlockPart[],
  policies: number,
): readonly Verdicts[] {
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

/** For blocks whose firms have one code in the zone: what is asked of the zone itself is known of all of them. */
export function zoneProgramOf(table: FirmTable): Program {
  const { plan, codings, layout, zone } = table;
  if (zone === undefined) return programOf(table);
  const policies = plan.policies.map((policy) => ({ ...policy, form: withoutZone(policy.form, zone) }));
  return compileProgram({ policies }, codings, layout);
}

/** The blocks of a table, each with the policies that its zone leaves open. */
export function partsOf(table: FirmTable): readonly BlockPart[] {
  const { plan, blocks } = table;
  const zone = zoneMasksOf(table);
  return blocks.map((block, place) => {
    const codes = table.zoneOf(place);
    const rows = table.filled(place);
    if (!codes || !zone) return { block, rows };
    const [code = 0] = codes;
    const [open, ofZone] = [zone.open[code], zone.meeting[code]];
    if (codes.size === 1 && open && ofZone) return { block, rows, open, ofZone };
    const key = [...codes].join();
    const openForThese = zone.ofSeveral.get(key) ?? openForAny(zone.open, codes, plan.policies.length);
    zone.ofSeveral.set(key, openForThese);
    return { block, rows, open: openForThese };
  });
}

type ZoneMasks = Readonly<{
  codes: number;
  open: readonly Uint8Array[];
  meeting: readonly Uint8Array[];
  /** Of blocks that firms of other places have moved into, by their codes. */
  ofSeveral: Map<string, Uint8Array>;
}>;

/** They change only with the codes, and take longer to find than a sweep of a million firms. */
const zoneMasks = new WeakMap<FirmTable, ZoneMasks>();

function zoneMasksOf(table: FirmTable): ZoneMasks | undefined {
  const { plan, codings, zone, codes } = table;
  if (zone === undefined) return undefined;
  const known = zoneMasks.get(table);
  if (known?.codes === codes) return known;
  const masks = {
    codes,
    open: openPolicies(plan, zone, codings),
    meeting: meetingZone(plan, zone, codings),
    ofSeveral: new Map(),
  };
  zoneMasks.set(table, masks);
  return masks;
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
