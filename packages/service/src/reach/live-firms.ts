import { FirmTable, type Policy, planSweep, type RowSet, rowSetOf } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { FirmProfile } from "../matching/firm-profiles.ts";

/** Fact that tells where a firm is registered. */
export const REGION = "ent.regionCode";
/** Firms whose place nobody has told. */
export const NOWHERE = "";

/** All firms as columns under some policies on one day; each firm keeps its row. */
export class LiveFirms {
  readonly asOf: Day;
  readonly table: FirmTable;
  /** What has to be known of a firm to set it. */
  readonly facts: readonly string[];
  readonly #everyColumn: readonly number[];
  readonly #rowOf = new Map<string, number>();
  readonly #codes: string[] = [];
  readonly #regions: string[] = [];
  /** Forebear → those who carry its history on. */
  readonly #heirs = new Map<string, Set<string>>();
  #rowsByRegion: ReadonlyMap<string, RowSet> | undefined;

  constructor(policies: readonly Policy[], asOf: Day) {
    this.asOf = asOf;
    this.table = new FirmTable(planSweep(policies, { asOf }));
    const { columns } = this.table.plan;
    this.facts = [...new Set([REGION, ...columns.flatMap(({ inputs }) => inputs)])];
    this.#everyColumn = columns.map((_, column) => column);
  }

  /** Puts what is known of a firm now in the place of what was known. */
  set(code: string, { profile, forebears }: FirmProfile): void {
    const known = this.#rowOf.get(code);
    const row = known ?? this.table.add(profile);
    if (known !== undefined) this.table.change(known, profile, this.#everyColumn);
    this.#rowOf.set(code, row);
    this.#codes[row] = code;
    const region = profile[REGION];
    this.#regions[row] = region?.state === "known" && typeof region.value === "string" ? region.value : NOWHERE;
    this.#rowsByRegion = undefined;
    for (const forebear of forebears) {
      const heirs = this.#heirs.get(forebear) ?? new Set();
      this.#heirs.set(forebear, heirs.add(code));
    }
  }

  /** These firms, and whoever carries on the history of one of them. */
  withHeirs(codes: Iterable<string>): readonly string[] {
    const all = new Set<string>();
    for (const code of codes) {
      all.add(code);
      for (const heir of this.#heirs.get(code) ?? []) all.add(heir);
    }
    return [...all];
  }

  rowOf(code: string): number | undefined {
    return this.#rowOf.get(code);
  }

  codeIn(row: number): string {
    const code = this.#codes[row];
    if (code === undefined) throw new RangeError(`no firm in row ${row}`);
    return code;
  }

  /** Where firms are registered, in order of the code of the region. */
  byRegion(): ReadonlyMap<string, RowSet> {
    if (this.#rowsByRegion) return this.#rowsByRegion;
    const rows = new Map<string, number[]>();
    for (const [row, region] of this.#regions.entries()) {
      const others = rows.get(region);
      if (others) others.push(row);
      else rows.set(region, [row]);
    }
    const sets = [...rows].map(([region, each]) => [region, rowSetOf(each, this.#regions.length)] as const);
    this.#rowsByRegion = new Map(sets.sort(([a], [b]) => (a < b ? -1 : 1)));
    return this.#rowsByRegion;
  }
}
