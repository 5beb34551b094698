import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { stringify } from "csv-stringify/sync";
import { writeXlsx } from "../facts/write-xlsx.ts";
import type { Day } from "../kernel/day.ts";
import { type SampleBehaviour, sampleBehaviour } from "./sample-behaviour.ts";
import type { SampleSize } from "./sample-body.ts";
import { renamedFirm, type SampleFirm, sampleFirms } from "./sample-firms.ts";
import { encodeGbk } from "./sample-gbk.ts";
import { personTables, type SamplePerson, samplePersons } from "./sample-persons.ts";
import type { SampleTable } from "./sample-table.ts";
import { sampleTables } from "./sample-tables.ts";

export type SampleDelivery = Readonly<{
  sourceId: string;
  fileName: string;
  path: string;
  asOf: Day;
  isPartial: boolean;
}>;

/** The sample world: what departments deliver, what the bank knows, how firms will answer. */
export type SampleWorld = Readonly<{
  firms: readonly SampleFirm[];
  persons: readonly SamplePerson[];
  /** In the order in which to import them. */
  deliveries: readonly SampleDelivery[];
  /** Account number → the holder's name as the bank knows it. */
  holders: ReadonlyMap<string, string>;
  /** Credit code → how the firm answers. */
  behaviours: ReadonlyMap<string, SampleBehaviour>;
  /** The firm whose first payment the bank returns: its delivered account has a former name. */
  renamedFirmCode: string | undefined;
}>;

/**
 * Writes one file per delivery into a directory; the same seed gives the same bytes.
 * @param around the day around which departments deliver; later rounds say the same of the same firms
 */
export async function writeSampleDeliveries(
  directory: string,
  size: SampleSize,
  around = size.start,
): Promise<SampleWorld> {
  const firms = sampleFirms(size);
  await mkdir(directory, { recursive: true });
  const deliveries: SampleDelivery[] = [];
  const persons = size.withPersons ? Object.values(samplePersons) : [];
  const tables = sampleTables({ ...size, start: around }, firms);
  for (const table of persons.length > 0 ? [...tables, ...personTables(around)] : tables) {
    const { sourceId, asOf, isPartial } = table;
    const fileName = `${sourceId}-${asOf}.${table.format === "xlsx" ? "xlsx" : "csv"}`;
    const file = path.join(directory, fileName);
    await writeFile(file, bytesOf(table));
    deliveries.push({ sourceId, fileName, path: file, asOf, isPartial });
  }
  return {
    firms,
    deliveries,
    persons,
    holders: new Map(
      [...firms, ...persons].flatMap(({ account, name }) => (account ? [[account.accountNo, name] as const] : [])),
    ),
    behaviours: sampleBehaviour(size.seed, firms),
    renamedFirmCode: renamedFirm(firms)?.code,
  };
}

function bytesOf({ format, rows }: SampleTable): Uint8Array {
  if (format === "xlsx") return writeXlsx(rows);
  // A cell that begins like a formula would run in the reader's spreadsheet.
  const text = stringify([...rows.map((row) => [...row])], { escape_formulas: true, record_delimiter: "windows" });
  if (format === "csv-gbk") return encodeGbk(text);
  return new TextEncoder().encode(format === "csv-utf8-bom" ? `\uFEFF${text}` : text);
}
