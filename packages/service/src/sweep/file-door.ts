import type { Column } from "@apply-free/rules";

/** A column of a file, as the engine that reads it describes it. */
export type FileColumn = Readonly<{ name: string; type: string }>;

/** How a file is read as the table that the rules ask, in the SQL of DuckDB. */
export type FileDoor = Readonly<{
  /** One expression per column of the rules, with its name. */
  select: string;
  /** Per column that is read through text, a condition that holds where its number would be rounded or cut. */
  inexact: readonly Readonly<{ column: string; sql: string }>[];
  /** Facts that the file has no column of. */
  absent: readonly string[];
  /** Derived columns that the file does not have. */
  missing: ReadonlySet<string>;
}>;

/**
 * The door of a file: a value of the wrong type, outside its bounds or its code list is unknown, as it
 * is to `decide`; a number is never rounded.
 */
export function fileDoor(columns: readonly Column[], file: readonly FileColumn[]): FileDoor {
  const typeIn = new Map(file.map(({ name, type }) => [name, type]));
  const absent: string[] = [];
  const missing = new Set<string>();
  const inexact: { column: string; sql: string }[] = [];
  const parts = columns.map((column) => {
    const name = `"${column.name}"`;
    const type = typeIn.get(column.name);
    if (type === undefined) {
      if (column.holds.kind === "fact") absent.push(column.name);
      if (column.holds.kind === "leaf") missing.add(column.name);
      return `${column.holds.kind === "none" ? "FALSE" : `CAST(NULL AS ${column.sqlType})`} AS ${name}`;
    }
    const isOfType = type === column.sqlType.replace(" NOT NULL", "");
    if (!isOfType && column.type in exactNumber) inexact.push({ column: column.name, sql: roundedIn(column, name) });
    const value = isOfType ? name : throughText(column, `CAST(${name} AS VARCHAR)`);
    return `${bounded(column, value)} AS ${name}`;
  });
  return { select: parts.join(",\n  "), inexact, absent, missing };
}

/** What is written as a number of each type, and fits it. */
const exactNumber: Readonly<Partial<Record<Column["type"], string>>> = {
  integer: "-?0*\\d{1,18}(\\.0+)?",
  money: "-?0*\\d{1,14}(\\.\\d{1,4}0*)?",
  decimal: "-?0*\\d{1,12}(\\.\\d{1,6}0*)?",
};
/** What is written as a number, and how much of it there may be. Source: `exactNumber` of the rules. */
const anyNumber = "-?\\d+(\\.\\d+)?";
const anyWhole = "-?\\d+(\\.0+)?";
const MOST_CHARACTERS = 30;

function isNumber({ type }: Column, text: string): string {
  const pattern = type === "integer" ? anyWhole : anyNumber;
  return `regexp_full_match(${text}, '${pattern}') AND length(${text}) <= ${MOST_CHARACTERS}`;
}

function roundedIn(column: Column, name: string): string {
  const text = `CAST(${name} AS VARCHAR)`;
  return `${isNumber(column, text)} AND NOT regexp_full_match(${text}, '${exactNumber[column.type]}')`;
}

function throughText(column: Column, text: string): string {
  switch (column.type) {
    case "text":
      return text;
    case "boolean":
      return `CASE ${text} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE ${column.holds.kind === "none" ? "ELSE FALSE " : ""}END`;
    case "date":
      return `CASE WHEN regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') THEN TRY_CAST(${text} AS DATE) END`;
    default:
      return `CASE WHEN ${isNumber(column, text)} THEN TRY_CAST(${text} AS ${column.sqlType}) END`;
  }
}

/** A value that its fact cannot have is no value. */
function bounded({ holds, type }: Column, value: string): string {
  if (holds.kind === "none") return `coalesce(${value}, FALSE)`;
  if (holds.kind === "leaf") return value;
  const { min, max, codes, digits } = holds.fact;
  const tests = [
    ...(min !== undefined && type in exactNumber ? [`${value} >= ${min}`] : []),
    ...(max !== undefined && type in exactNumber ? [`${value} <= ${max}`] : []),
    ...(codes
      ? [`${value} IN (${[...codes.keys()].map((code) => `'${code.replaceAll("'", "''")}'`).join(", ")})`]
      : []),
    ...(digits !== undefined ? [`regexp_full_match(${value}, '\\d{${digits}}')`] : []),
  ];
  return tests.length === 0 ? value : `CASE WHEN ${tests.join(" AND ")} THEN ${value} END`;
}
