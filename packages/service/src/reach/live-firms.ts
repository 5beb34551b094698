import {
  carryOver,
  FirmTable,
  imageOf,
  type NextChange,
  nextChangeOf,
  type Policy,
  planSweep,
  type RowSet,
  rowSetOf,
  usesOfDay,
  verdictsBeside,
} from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { FirmProfile } from "../matching/firm-profiles.ts";
import type { KeptFirms } from "./kept-firms.ts";
import { NO_SIZE, sizeClasses } from "./size-classes.ts";

/** Fact that tells where a firm is registered. */
export const REGION = "ent.regionCode";
/** Firms whose place nobody has told. */
export const NOWHERE = "";
/** Firms of which time alone changes nothing. */
const NEVER = "";

type Given = Readonly<{ policies: readonly Policy[]; asOf: Day; expectedFirms?: number }>;

/** All firms as columns under some policies on one day; each firm keeps its row. */
export class LiveFirms {
  readonly asOf: Day;
  readonly table: FirmTable;
  /** What has to be known of a firm to set it. */
  readonly facts: readonly string[];
  readonly #sizes: ReadonlyMap<string, Policy>;
  readonly #uses: readonly string[];
  readonly #nextChange: NextChange;
  readonly #everyColumn: readonly number[];
  readonly #rowOf = new Map<string, number>();
  readonly #codes: string[] = [];
  readonly #regions: string[] = [];
  readonly #dueOn: string[] = [];
  readonly #heirs = new Map<string, Set<string>>();
  #rowsByRegion: ReadonlyMap<string, RowSet> | undefined;
  #rowsBySize: ReadonlyMap<string, RowSet> | undefined;

  constructor({ policies, asOf, expectedFirms = 0 }: Given, taken?: KeptFirms) {
    this.asOf = asOf;
    this.#sizes = sizeClasses(policies);
    const plan = planSweep([...policies, ...this.#sizes.values()], { asOf });
    const uses = policies.flatMap(usesOfDay);
    this.#uses = [...new Set(uses.map((use) => JSON.stringify(use)))];
    this.#nextChange = nextChangeOf(policies);
    const { columns } = plan;
    const ofUses = uses.flatMap((use) => ("days" in use ? use.days.facts : []));
    this.facts = [...new Set([REGION, ...columns.flatMap(({ inputs }) => inputs), ...ofUses])];
    this.#everyColumn = columns.map((_, column) => column);
    if (!taken) {
      this.table = new FirmTable(plan, { expectedFirms });
      this.unread = undefined;
      return;
    }
    const { table, rows, unread } = carryOver(taken.image, taken.rows, plan, { expectedFirms });
    this.table = table;
    for (const [place, code] of taken.codes.entries()) {
      const row = rows[place] as number;
      this.#rowOf.set(code, row);
      this.#codes[row] = code;
      this.#regions[row] = taken.regions[place] ?? NOWHERE;
      this.#dueOn[row] = taken.dueOn[place] ?? NEVER;
    }
    for (const [forebear, heirs] of taken.heirs) this.#heirs.set(forebear, new Set(heirs));
    const isOtherwise = this.#uses.some((use) => !taken.uses.includes(use));
    const inputs = unread.flatMap((column) => columns[column]?.inputs ?? []);
    const facts = [...new Set([...inputs, ...(isOtherwise ? ofUses : [])])];
    this.unread = unread.length > 0 || isOtherwise ? { columns: unread, facts } : undefined;
  }

  /** What was not known of the firms that were taken over; `setUnread` puts it in. */
  readonly unread: Readonly<{ columns: readonly number[]; facts: readonly string[] }> | undefined;

  /** As they can be kept, or taken over under other policies or on another day. */
  kept(): KeptFirms {
    const rows = Int32Array.from(this.#rowOf.values());
    const of = (texts: readonly string[]) => Array.from(rows, (row) => texts[row] ?? "");
    return {
      image: imageOf(this.table),
      rows,
      codes: [...this.#rowOf.keys()],
      regions: of(this.#regions),
      dueOn: of(this.#dueOn),
      heirs: this.#heirs,
      uses: this.#uses,
    };
  }

  /** Puts what is known of a firm now in the place of what was known. */
  set(code: string, firm: FirmProfile): void {
    const { profile, forebears, group } = firm;
    const known = this.#rowOf.get(code);
    const row = known ?? this.table.add(profile);
    if (known !== undefined) this.table.change(known, profile, this.#everyColumn);
    this.#rowOf.set(code, row);
    this.#codes[row] = code;
    const region = profile[REGION];
    this.#regions[row] = region?.state === "known" && typeof region.value === "string" ? region.value : NOWHERE;
    this.#dueOn[row] = this.#nextDay(firm);
    this.#rowsByRegion = undefined;
    this.#rowsBySize = undefined;
    // What members of its group received counts for it as well.
    for (const relative of [...forebears, ...(group?.others ?? [])]) {
      const heirs = this.#heirs.get(relative) ?? new Set();
      this.#heirs.set(relative, heirs.add(code));
    }
  }

  /** Puts in what was left unread. @param firm what is known of these facts alone */
  setUnread(code: string, firm: FirmProfile): void {
    const row = this.#rowOf.get(code);
    // It came since, and the journal has told or will tell of it.
    if (row === undefined || !this.unread) return;
    this.table.change(row, firm.profile, this.unread.columns);
    const days = [this.#dueOn[row] ?? NEVER, this.#nextDay(firm)].filter((day) => day !== NEVER).sort();
    this.#dueOn[row] = days[0] ?? NEVER;
    this.#rowsBySize = undefined;
  }

  /** Firms about which time alone may have changed an answer by now. */
  due(): readonly string[] {
    const codes: string[] = [];
    for (const [code, row] of this.#rowOf) {
      const day = this.#dueOn[row] ?? NEVER;
      if (day !== NEVER && day <= this.asOf) codes.push(code);
    }
    return codes;
  }

  /** These firms, and whoever carries on the history of one of them or is in its group. */
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
    this.#rowsByRegion ??= this.#grouped(this.#regions);
    return this.#rowsByRegion;
  }

  /** How large firms are, in the order of the classes; last those of whom it cannot be told. */
  bySize(): ReadonlyMap<string, RowSet> {
    this.#rowsBySize ??= this.#bySize();
    return this.#rowsBySize;
  }

  #bySize(): ReadonlyMap<string, RowSet> {
    const found = verdictsBeside(this.table, [...this.#sizes.values()]);
    if (found.kind === "needs") throw new Error(`columns of sizes lack ${found.facts.join(" ")}`);
    const bySize = new Map([...this.#sizes.keys()].map((code, place) => [code, found.verdicts[place]?.eligible]));
    const untold = rowSetOf(this.#rowOf.values(), this.#codes.length);
    const sets = new Map<string, RowSet>();
    for (const [code, rows] of bySize) {
      if (!rows) continue;
      sets.set(code, rows);
      for (let word = 0; word < untold.length; word += 1) untold[word] = (untold[word] as number) & ~(rows[word] ?? 0);
    }
    return sets.set(NO_SIZE, untold);
  }

  #grouped(groups: readonly string[]): ReadonlyMap<string, RowSet> {
    const rows = new Map<string, number[]>();
    for (const row of this.#rowOf.values()) {
      const group = groups[row] ?? NOWHERE;
      const others = rows.get(group);
      if (others) others.push(row);
      else rows.set(group, [row]);
    }
    const sets = [...rows].map(([group, each]) => [group, rowSetOf(each, this.#codes.length)] as const);
    return new Map(sets.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #nextDay({ profile, staleOn }: FirmProfile): string {
    const days = [this.#nextChange(profile, this.asOf), staleOn].filter((day) => day !== undefined).sort();
    return days[0] ?? NEVER;
  }
}
