import { RulesError } from "../rules-error.ts";
import type { ColumnType } from "./column-type.ts";

/** The databases that the rules are written for. */
export type SqlDialect = "postgres" | "duckdb" | "clickhouse";

/** How one database writes what the others write otherwise. */
export type Dialect = Readonly<{
  typeOf: Readonly<Record<ColumnType, string>>;
  /** A truth value that is never NULL. */
  alwaysKnown: string;
  /** A number of a type, from decimal text that fits it. */
  numberOf: (type: ColumnType, decimal: string) => string;
  dayOf: (day: string) => string;
  /** Days outside are not kept by the type, or not in their order. Both included. */
  days: readonly [string, string];
  textOf: (text: string) => string;
  /** A text column as bytes, whatever the collation of its table. */
  bytes: (column: string) => string;
  startsWith: (column: string, prefix: string) => string;
  /** `column` is one of `values`, unknown where the column is. */
  isIn: (column: string, values: readonly string[]) => string;
  /** As text, the sum over all rows of 1, 0 or `unknown`; each predicate is evaluated once per row. */
  summed: (predicate: string, unknown: string) => string;
}>;

const doubled = (text: string) => `'${text.replaceAll("'", "''")}'`;
const escaped = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const isInList = (column: string, values: readonly string[]) => `${column} IN (${values.join(", ")})`;
const signed = (number: string) => (number.startsWith("-") ? `(${number})` : number);

export const dialects: Readonly<Record<SqlDialect, Dialect>> = {
  postgres: {
    // NUMERIC without a scale rounds nothing.
    typeOf: { boolean: "boolean", integer: "bigint", money: "numeric", decimal: "numeric", date: "date", text: "text" },
    alwaysKnown: "boolean NOT NULL",
    numberOf: (type, decimal) => (type === "integer" ? `${signed(decimal)}::bigint` : signed(decimal)),
    dayOf: (day) => `DATE '${day}'`,
    days: ["0001-01-01", "9999-12-31"],
    textOf: doubled,
    bytes: (column) => `${column} COLLATE "C"`,
    startsWith: (column, prefix) => `starts_with(${column}, ${prefix})`,
    isIn: isInList,
    summed: (predicate, unknown) => `sum(coalesce((${predicate})::int::bigint, ${unknown}))::text`,
  },
  duckdb: {
    typeOf: {
      boolean: "BOOLEAN",
      integer: "BIGINT",
      money: "DECIMAL(18,4)",
      decimal: "DECIMAL(18,6)",
      date: "DATE",
      text: "VARCHAR",
    },
    alwaysKnown: "BOOLEAN NOT NULL",
    numberOf: (type, decimal) => `CAST('${decimal}' AS ${dialects.duckdb.typeOf[type]})`,
    dayOf: (day) => `DATE '${day}'`,
    days: ["0001-01-01", "9999-12-31"],
    textOf: doubled,
    bytes: (column) => column,
    startsWith: (column, prefix) => `starts_with(${column}, ${prefix})`,
    isIn: isInList,
    summed: (predicate, unknown) => `CAST(sum(coalesce(CAST((${predicate}) AS BIGINT), ${unknown})) AS VARCHAR)`,
  },
  clickhouse: {
    typeOf: {
      boolean: "Nullable(Bool)",
      integer: "Nullable(Int64)",
      money: "Nullable(Decimal(18,4))",
      decimal: "Nullable(Decimal(18,6))",
      date: "Nullable(Date32)",
      text: "Nullable(String)",
    },
    alwaysKnown: "Bool",
    numberOf: (type, decimal) => {
      if (type === "integer") return `toInt64('${decimal}')`;
      return `toDecimal64('${decimal}', ${type === "money" ? 4 : 6})`;
    },
    dayOf: (day) => `toDate32('${day}')`,
    days: ["1900-01-01", "2299-12-31"],
    textOf: escaped,
    bytes: (column) => column,
    startsWith: (column, prefix) => `startsWith(${column}, ${prefix})`,
    // Its IN knows two answers only: a row without a value would be outside every list, certainly.
    isIn: (column, values) => `(${values.map((value) => `${column} = ${value}`).join(" OR ")})`,
    summed: (predicate, unknown) => `toString(sum(ifNull(toUInt64(${predicate}), toUInt64(${unknown}))))`,
  },
};

/** Bytes of a name that every one of them keeps. Source: PostgreSQL 15, NAMEDATALEN. */
const MOST_NAME_BYTES = 63;

/** @throws RulesError sql-inexpressible for a name that a database would cut short */
export function quotedName(name: string): string {
  if (new TextEncoder().encode(name).length > MOST_NAME_BYTES || /["\\\0]/.test(name)) {
    throw new RulesError(
      "sql-inexpressible",
      name,
      `is no name of a column; ${MOST_NAME_BYTES} plain bytes are the most.`,
    );
  }
  return `"${name}"`;
}

export function isName(name: string): boolean {
  return new TextEncoder().encode(name).length <= MOST_NAME_BYTES;
}
