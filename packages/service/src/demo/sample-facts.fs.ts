import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import type { FactDefinition, Json } from "@apply-free/rules";
import { fileWriter, ParquetWriter } from "hyparquet-writer";
import { type FactPool, inventFacts } from "./sample-facts.ts";

/** Firms made, written and forgotten at a time: a row group of the file. */
const CHUNK = 50_000;

/** One file with a row per firm and a column per fact. */
export type FirmFile = Readonly<{ fileName: string; firms: number; facts: number; bytes: number }>;

/**
 * Writes any number of invented firms as one Parquet file, the input of `sweep`. The same seed gives the same bytes.
 * What is null there is unknown; lists and series are JSON, and the text `null` is a known nothing.
 */
export async function writeFirmFacts(
  directory: string,
  pool: FactPool,
  { seed, count }: Readonly<{ seed: number; count: number }>,
  onProgress: (done: number) => void = () => {},
): Promise<FirmFile> {
  await mkdir(directory, { recursive: true });
  const fileName = "firms.parquet";
  const file = path.join(directory, fileName);
  const kinds = pool.facts.map((fact, at) => kindOf(fact, pool.values[at] ?? []));
  const writer = new ParquetWriter({ writer: fileWriter(file), schema: schemaOf(pool.facts, kinds) });
  for (let before = 0; before < count; before += CHUNK) {
    const rows = Math.min(CHUNK, count - before);
    const columns = inventFacts(pool, seed, before / CHUNK, rows);
    const ids = Array.from({ length: rows }, (_, row) => `firm-${before + row + 1}`);
    await writer.write({
      rowGroupSize: rows,
      columnData: [
        { name: "id", data: ids },
        ...pool.facts.map(({ id }, at) => ({
          name: id,
          data: (columns[at] ?? []).map((value) => cellOf(value, kinds[at] ?? "text")),
        })),
      ],
    });
    onProgress(before + rows);
  }
  await writer.finish();
  return { fileName, firms: count, facts: pool.facts.length, bytes: (await stat(file)).size };
}

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];
type Kind = "truth" | "double" | "text";

/** Numbers of up to fifteen digits are exact as doubles; a column with a known nothing has to be text. */
function kindOf({ type }: FactDefinition, values: readonly Json[]): Kind {
  if (type === "boolean") return "truth";
  const isNumber = ["integer", "decimal", "money", "percent"].includes(type);
  return isNumber && values.every(isExactDouble) ? "double" : "text";
}

function isExactDouble(value: Json): boolean {
  if (typeof value !== "number" && typeof value !== "string") return false;
  const written = String(value);
  return /^-?\d+(\.\d+)?$/.test(written) && written.replace(/\D/g, "").length <= 15;
}

function cellOf(value: Json | undefined, kind: Kind): boolean | number | string | undefined {
  if (value === undefined) return undefined;
  if (kind === "truth") return typeof value === "boolean" ? value : undefined;
  if (kind === "double") return Number(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function schemaOf(facts: readonly FactDefinition[], kinds: readonly Kind[]): Schema {
  const optional = { repetition_type: "OPTIONAL" } as const;
  const text = { type: "BYTE_ARRAY", converted_type: "UTF8", ...optional } as const;
  const types = { truth: { type: "BOOLEAN", ...optional }, double: { type: "DOUBLE", ...optional }, text } as const;
  return [
    { name: "root", num_children: facts.length + 1 },
    { name: "id", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
    ...facts.map(({ id }, at) => ({ name: id, ...types[kinds[at] ?? "text"] })),
  ];
}
