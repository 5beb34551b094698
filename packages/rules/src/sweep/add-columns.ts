import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { BLOCK_ROWS } from "./block.ts";
import { type Coding, UNKNOWN } from "./coding.ts";
import type { DerivedCodes } from "./derived-code.ts";
import type { FirmTable } from "./firm-table.ts";

/** One fact of many firms. What is `undefined`, or not among the known, is unknown; `null` is a known nothing. */
export type FactColumn =
  /** Numbers as JSON would write them; `known` has a 1 for each that is one. */
  | Readonly<{ kind: "doubles"; values: Float64Array; known?: Uint8Array }>
  /** Few values, many times: places in `entries`. */
  | Readonly<{
      kind: "dictionary";
      places: Uint8Array | Uint16Array | Int32Array;
      entries: readonly (Json | undefined)[];
    }>
  | Readonly<{ kind: "values"; values: readonly (Json | undefined)[] }>;

/** Fact id → its column. A fact without one is unknown of every firm. */
export type FactColumns = ReadonlyMap<string, FactColumn>;

/** A value that is none of its fact, and therefore counts as unknown. */
export type Misfit = Readonly<{ fact: string; row: number; value: Json }>;

/**
 * Adds firms of which each fact comes as a column. Equal to adding each by itself.
 * @param onMisfit told of each value that counts as unknown; `row` counts from the first of these firms
 * @returns the row of each
 */
export function addColumns(
  table: FirmTable,
  count: number,
  columns: FactColumns,
  onMisfit: (misfit: Misfit) => void = () => {},
): Int32Array {
  const rows = new Int32Array(count);
  for (let from = 0; from < count; from += BLOCK_ROWS) {
    const some = Math.min(BLOCK_ROWS, count - from);
    const codes = table.codings.map((coding, place) => {
      const into = new Uint16Array(some);
      if (coding.column.fact) readFact(into, coding, columns.get(coding.column.fact.id), from, onMisfit);
      else readDerived(into, coding, table.derived[place] as DerivedCodes, columns, from);
      return into;
    });
    rows.set(table.addCodes(codes, some), from);
  }
  return rows;
}

function readFact(
  into: Uint16Array,
  { values, column: { fact } }: Coding,
  column: FactColumn | undefined,
  from: number,
  onMisfit: (misfit: Misfit) => void,
): void {
  if (!column || !values || !fact) return;
  const doubt = (place: number) => {
    const value = valueAt(column, from + place);
    if (value !== undefined) onMisfit({ fact: fact.id, row: from + place, value });
  };
  const codeOf = (value: Json | undefined) => (value === undefined ? UNKNOWN : values.ofJson(value));
  switch (column.kind) {
    case "doubles":
      readDoubles(into, values.ofDouble ?? (() => UNKNOWN), column, from, doubt);
      return;
    case "dictionary": {
      const codes = Uint16Array.from(column.entries, codeOf);
      const isDoubtful = column.entries.some((entry, at) => entry !== undefined && codes[at] === UNKNOWN);
      const { places } = column;
      for (let place = 0; place < into.length; place += 1)
        into[place] = codes[places[from + place] as number] ?? UNKNOWN;
      if (isDoubtful) for (const [place, code] of into.entries()) if (code === UNKNOWN) doubt(place);
      return;
    }
    case "values":
      for (let place = 0; place < into.length; place += 1) {
        const value = column.values[from + place];
        if (value === undefined) continue;
        into[place] = values.ofJson(value);
        if (into[place] === UNKNOWN) doubt(place);
      }
  }
}

function readDoubles(
  into: Uint16Array,
  ofDouble: (value: number) => number,
  { values, known }: Extract<FactColumn, { kind: "doubles" }>,
  from: number,
  doubt: (place: number) => void,
): void {
  for (let place = 0; place < into.length; place += 1) {
    if (known && known[from + place] !== 1) continue;
    const code = ofDouble(values[from + place] as number);
    into[place] = code;
    if (code === UNKNOWN) doubt(place);
  }
}

function readDerived(
  into: Uint16Array,
  coding: Coding,
  derived: DerivedCodes,
  columns: FactColumns,
  from: number,
): void {
  const given = coding.column.inputs.flatMap((id, place) => {
    const column = columns.get(id);
    return column ? [{ id, column, keyAt: keysOf(column, (value) => derived.keyOf(place, value)) }] : [];
  });
  if (given.length === 0) return;
  const named = given.map(({ id, column }): [string, FactColumn] => [id, column]);
  for (let place = 0; place < into.length; place += 1) {
    const row = from + place;
    let key = "";
    for (const { keyAt } of given) key += keyAt(row);
    into[place] = derived.codeFor(key, () => coding.codeOfProfile(profileAt(named, row)));
  }
}

/** What matters of the value in each row. */
function keysOf(column: FactColumn, keyOf: (value: Json) => string): (row: number) => string {
  const keyOrNone = (value: Json | undefined) => (value === undefined ? "" : keyOf(value));
  if (column.kind !== "dictionary") return (row) => keyOrNone(valueAt(column, row));
  const keys = column.entries.map(keyOrNone);
  return (row) => keys[column.places[row] as number] ?? "";
}

function profileAt(columns: Iterable<readonly [string, FactColumn]>, row: number): Profile {
  const profile: Record<string, Profile[string]> = {};
  for (const [id, column] of columns) {
    const value = valueAt(column, row);
    if (value !== undefined) profile[id] = { state: "known", value };
  }
  return profile;
}

/** One firm of columns, as `decide` takes it. */
export function profileOfRow(columns: FactColumns, row: number): Profile {
  return profileAt(columns, row);
}

function valueAt(column: FactColumn, row: number): Json | undefined {
  switch (column.kind) {
    case "doubles":
      return column.known && column.known[row] !== 1 ? undefined : column.values[row];
    case "dictionary":
      return column.entries[column.places[row] as number];
    case "values":
      return column.values[row];
  }
}
