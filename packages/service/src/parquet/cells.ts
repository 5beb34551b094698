import type { FactColumn, FactDefinition, Json } from "@apply-free/rules";
import type { parquetMetadata } from "hyparquet";
import type { FlatColumn } from "./rows.ts";

/** What a cell of a Parquet file says as a fact. */

/** A column as the file describes it. */
export type Field = ReturnType<typeof parquetMetadata>["schema"][number];
/** Values of a column, a row each. */
export type Cells = ArrayLike<unknown> & { slice(from: number, to: number): Cells };

/** A decimal of more digits than a double holds comes out of the reader rounded. */
const isTooExact = ({ converted_type: type, precision = 0 }: Field) => type === "DECIMAL" && precision > 15;

/** Cells of a column as a fact of this type. */
export function columnFor(type: FactDefinition["type"], cells: Cells, field: Field): FactColumn {
  if (!isTooExact(field)) {
    if (cells instanceof Float64Array) return { kind: "doubles", values: cells };
    if (field.type === "DOUBLE") return doublesOf(cells);
  }
  const jsonOfCell = readerOf(type, field);
  return dictionaryOf(cells, jsonOfCell) ?? { kind: "values", values: Array.from(cells, jsonOfCell) };
}

/** The same of a column that was not made into cells. */
export function columnForFlat(type: FactDefinition["type"], column: FlatColumn, field: Field): FactColumn {
  if (column.kind === "numbers") return { kind: "doubles", values: column.values, known: column.known };
  const entries = column.entries.map(readerOf(type, field));
  return { kind: "dictionary", places: column.places, entries: [undefined, ...entries] };
}

function readerOf(type: FactDefinition["type"], field: Field): (cell: unknown) => Json | undefined {
  return (cell) => {
    const value = jsonOf(type, cell);
    if (field.type === "FLOAT") return shortestOf(value);
    return isTooExact(field) ? doubted(value) : value;
  };
}

function doublesOf(cells: Cells): FactColumn {
  const values = new Float64Array(cells.length);
  const known = new Uint8Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row];
    if (typeof cell !== "number") continue;
    values[row] = cell;
    known[row] = 1;
  }
  return { kind: "doubles", values, known };
}

const MOST_ENTRIES = 4_096;

/** The same few values come again and again: each is read once. @returns `undefined` where they do not */
function dictionaryOf(cells: Cells, jsonOfCell: (cell: unknown) => Json | undefined): FactColumn | undefined {
  const placeOf = new Map<unknown, number>();
  const entries: (Json | undefined)[] = [];
  const places = new Uint16Array(cells.length);
  for (let row = 0; row < cells.length; row += 1) {
    const cell = cells[row] ?? undefined;
    let place = placeOf.get(cell);
    if (place === undefined) {
      // Nested lists are never the same object twice.
      if (typeof cell === "object" || placeOf.size === MOST_ENTRIES) return undefined;
      place = entries.push(jsonOfCell(cell)) - 1;
      placeOf.set(cell, place);
    }
    places[row] = place;
  }
  return { kind: "dictionary", places, entries };
}

/** Rather no value at all than one that was rounded over a limit. */
function doubted(value: Json | undefined): Json | undefined {
  if (typeof value !== "number") return value;
  const digits = String(value).replace(/[-.]/g, "").replace(/^0+/, "");
  return digits.length <= 15 ? value : `${value}…`;
}

function jsonOf(type: FactDefinition["type"], cell: unknown): Json | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (cell === "null") return null;
  if ((type === "list" || type === "series") && typeof cell === "string") return jsonFrom(cell);
  return plain(cell);
}

/** Text that is no JSON stays text, and so counts as unknown. */
function jsonFrom(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function plain(cell: unknown): Json {
  if (typeof cell === "bigint") return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell);
  if (cell instanceof Date) return dayOfInstant(cell);
  if (Array.isArray(cell)) return cell.map(plain);
  if (typeof cell === "object" && cell !== null) {
    const given = Object.entries(cell).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(given.map(([name, value]) => [name, plain(value)]));
  }
  return cell as Json;
}

/** An instant within a day is no day: which one it is depends on where. It counts as unknown. */
function dayOfInstant(instant: Date): string {
  const written = instant.toISOString();
  return written.endsWith("T00:00:00.000Z") ? written.slice(0, 10) : written;
}

/** The decimal that was meant by a number in 32 bits: the shortest that becomes it. */
function shortestOf(value: Json | undefined): Json | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return value;
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
