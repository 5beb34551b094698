import type { Json } from "../json.ts";
import type { Profile } from "../profile.ts";
import { BLOCK_ROWS } from "./block.ts";
import { type Coding, UNKNOWN } from "./coding.ts";
import type { DerivedCodes } from "./derived-code.ts";
import type { FirmTable } from "./firm-table.ts";
import type { NumberScale } from "./number-scale.ts";

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
  const readers = table.codings.map((coding, place) => {
    const { fact } = coding.column;
    return fact
      ? readerOfFact(coding, columns.get(fact.id), onMisfit)
      : readerOfDerived(coding, table.derived[place] as DerivedCodes, columns);
  });
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const some = Math.min(ROWS_AT_ONCE, count - from);
    const added = rows.subarray(from, from + some);
    table.addRows(some, (column, into) => readers[column]?.(into, from), added);
  }
  return rows;
}

/** Firms that are coded together: the more, the more of them lie beside each other in one block. */
const ROWS_AT_ONCE = 16 * BLOCK_ROWS;

/** Writes the codes of firms from one on, where it knows one. */
type Reader = (into: Uint16Array, from: number) => void;

const nothing: Reader = () => {};

function readerOfFact(
  { values, column: { fact } }: Coding,
  column: FactColumn | undefined,
  onMisfit: (misfit: Misfit) => void,
): Reader {
  if (!column || !values || !fact) return nothing;
  const doubtUnknown = (into: Uint16Array, from: number) => {
    for (let place = 0; place < into.length; place += 1) {
      if (into[place] !== UNKNOWN) continue;
      const value = valueAt(column, from + place);
      if (value !== undefined) onMisfit({ fact: fact.id, row: from + place, value });
    }
  };
  const codeOf = (value: Json | undefined) => (value === undefined ? UNKNOWN : values.ofJson(value));
  switch (column.kind) {
    case "doubles":
      return (into, from) => {
        values.doubles?.read(into, column.values, column.known, from);
        doubtUnknown(into, from);
      };
    case "dictionary": {
      const codes = Uint16Array.from(column.entries, codeOf);
      const isDoubtful = column.entries.some((entry, at) => entry !== undefined && codes[at] === UNKNOWN);
      const { places } = column;
      return (into, from) => {
        if (places instanceof Uint8Array) lookUpBytes(into, codes, places, from);
        else lookUp(into, codes, places, from);
        if (isDoubtful) doubtUnknown(into, from);
      };
    }
    case "values":
      return (into, from) => {
        for (let place = 0; place < into.length; place += 1) into[place] = codeOf(column.values[from + place]);
        doubtUnknown(into, from);
      };
  }
}

function lookUp(into: Uint16Array, codes: Uint16Array, places: Uint16Array | Int32Array, from: number): void {
  for (let place = 0; place < into.length; place += 1) into[place] = codes[places[from + place] as number] ?? UNKNOWN;
}

/** The same by itself, for one loop over both kinds is slower. */
function lookUpBytes(into: Uint16Array, codes: Uint16Array, places: Uint8Array, from: number): void {
  const all = new Uint16Array(256);
  all.set(codes.subarray(0, 256));
  for (let place = 0; place < into.length; place += 1) into[place] = all[places[from + place] as number] as number;
}

function readerOfDerived(coding: Coding, derived: DerivedCodes, columns: FactColumns): Reader {
  const given = coding.column.inputs.flatMap((id, place) => {
    const column = columns.get(id);
    return column ? [{ id, column, keys: keysOf(column, (value) => derived.keyOf(place, value)) }] : [];
  });
  if (given.length === 0) return nothing;
  const named = given.map(({ id, column }): [string, FactColumn] => [id, column]);
  const codeIn = (row: number) => {
    let key = "";
    for (const { keys } of given) key += keys.at(row);
    return derived.codeFor(key, () => coding.codeOfProfile(profileAt(named, row)));
  };
  const few = given.flatMap(({ keys }) => (keys.few ? [keys.few] : []));
  if (few.length === given.length && combinationsOf(few) <= MOST_COMBINATIONS) return readerOfFew(few, codeIn);
  return (into, from) => {
    for (let place = 0; place < into.length; place += 1) into[place] = codeIn(from + place);
  };
}

/** What matters of the value in each row. */
type Keys = Readonly<{ at: (row: number) => string; few?: FewKeys }>;
/** Where the same few values come again and again: the number of the key in each place, and how many there are. */
type FewKeys = Readonly<{
  places: Extract<FactColumn, { kind: "dictionary" }>["places"];
  ids: Int32Array;
  size: number;
}>;

function keysOf(column: FactColumn, keyOf: (value: Json) => string): Keys {
  const keyOrNone = (value: Json | undefined) => (value === undefined ? "" : keyOf(value));
  if (column.kind !== "dictionary") return { at: (row) => keyOrNone(valueAt(column, row)) };
  const { places } = column;
  const keys = column.entries.map(keyOrNone);
  const distinct = new Map([...new Set(["", ...keys])].map((key, id) => [key, id]));
  const ids = Int32Array.from(keys, (key) => distinct.get(key) ?? 0);
  return { at: (row) => keys[places[row] as number] ?? "", few: { places, ids, size: distinct.size } };
}

/** Codes that are kept for each way in which a few keys can come together. */
const MOST_COMBINATIONS = 1 << 20;
const combinationsOf = (keys: readonly FewKeys[]) => keys.reduce((product, { size }) => product * size, 1);

function readerOfFew(keys: readonly FewKeys[], codeIn: (row: number) => number): Reader {
  const codes = new Int32Array(combinationsOf(keys)).fill(-1);
  return (into, from) => {
    const combined = new Int32Array(into.length);
    for (const { places, ids, size } of keys) combine(combined, places, ids, size, from);
    for (let place = 0; place < into.length; place += 1) {
      const combination = combined[place] as number;
      let code = codes[combination] as number;
      if (code < 0) {
        code = codeIn(from + place);
        codes[combination] = code;
      }
      into[place] = code;
    }
  };
}

function combine(into: Int32Array, places: FewKeys["places"], ids: Int32Array, size: number, from: number): void {
  for (let place = 0; place < into.length; place += 1)
    into[place] = (into[place] as number) * size + (ids[places[from + place] as number] ?? 0);
}

function profileAt(columns: Iterable<readonly [string, FactColumn]>, row: number): Profile {
  const profile: Record<string, Profile[string]> = {};
  for (const [id, column] of columns) {
    const value = valueAt(column, row);
    if (value !== undefined) profile[id] = { state: "known", value };
  }
  return profile;
}

/**
 * Facts of which a table needs to know no more than which class of numbers each firm is in, with those classes: of
 * each class any number will do. None where policies are decided firm by firm.
 */
export function scalesOf({ codings, plan }: FirmTable): ReadonlyMap<string, NumberScale> {
  const scales = new Map<string, NumberScale>();
  if (plan.alone.length > 0) return scales;
  const uses = new Map<string, number>();
  for (const id of plan.columns.flatMap(({ inputs }) => inputs)) uses.set(id, (uses.get(id) ?? 0) + 1);
  for (const { column, values } of codings) {
    if (values?.scale && column.fact && uses.get(column.fact.id) === 1) scales.set(column.fact.id, values.scale);
  }
  return scales;
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
