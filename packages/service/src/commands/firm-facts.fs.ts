import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import {
  type FactDefinition,
  type Json,
  type Profile,
  profileOf,
  RulesError,
  type Vocabulary,
} from "@apply-free/rules";
import { readCsvTable } from "../facts/csv-table.ts";
import { DomainError } from "../kernel/errors.ts";

/** One firm of a file: its id, and its facts as JSON. */
export type FirmFacts = Readonly<{ id: string; line: number; facts: Readonly<Record<string, Json>> }>;

/**
 * Firms of a file. NDJSON: one object per line, `id` and facts; CSV: a column `id` and one per fact,
 * an empty cell being unknown. NDJSON is read line by line, whatever its size.
 * @throws DomainError bad-input naming file and line
 */
export async function* readFirmFacts(file: string, vocabulary: Vocabulary): AsyncGenerator<FirmFacts> {
  if (file.endsWith(".csv")) yield* fromCsv(file, await contentOf(file), vocabulary);
  else yield* fromNdjson(file);
}

async function contentOf(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause: Error) => {
    throw new DomainError("bad-input", `${file}: cannot be read (${cause.message}).`, { file });
  });
}

async function* fromNdjson(file: string): AsyncGenerator<FirmFacts> {
  for await (const { line, object } of ndjsonObjects(file)) {
    const { id, ...facts } = object;
    if (typeof id !== "string" || id === "") throw wrong(file, line, 'needs a text "id"');
    yield { id, line, facts };
  }
}

/** The objects of a file, one a line, read line by line. @throws DomainError bad-input naming file and line */
export async function* ndjsonObjects(
  file: string,
): AsyncGenerator<Readonly<{ line: number; object: Readonly<Record<string, Json>> }>> {
  const input = createReadStream(file, "utf8");
  const opened = new Promise<void>((resolve, reject) => input.once("open", () => resolve()).once("error", reject));
  await opened.catch((cause: Error) => {
    throw new DomainError("bad-input", `${file}: cannot be read (${cause.message}).`, { file });
  });
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() !== "") yield { line, object: objectOf(text, file, line) };
  }
}

function objectOf(text: string, file: string, line: number): Readonly<Record<string, Json>> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Record<string, Json>;
  } catch {
    // Said below, with the line.
  }
  throw wrong(file, line, "is not a JSON object");
}

function* fromCsv(file: string, bytes: Uint8Array, { facts }: Vocabulary): Generator<FirmFacts> {
  const [header, ...rows] = readCsvTable(bytes);
  const names = header?.cells.map(({ text }) => text) ?? [];
  const at = names.indexOf("id");
  if (at < 0) throw wrong(file, 1, 'has no column "id"');
  const stranger = names.find((name) => name !== "id" && !facts.has(name));
  if (stranger !== undefined) throw wrong(file, 1, `column "${stranger}" is no fact of the vocabulary`);
  for (const { line, cells } of rows) {
    const id = cells[at]?.text ?? "";
    if (id === "") throw wrong(file, line, "has no id");
    const given = names.flatMap((name, place): [string, Json][] => {
      const fact = facts.get(name);
      const text = cells[place]?.text ?? "";
      return fact && text !== "" ? [[name, jsonOfCell(fact, text, file, line)]] : [];
    });
    yield { id, line, facts: Object.fromEntries(given) };
  }
}

/** Numbers stay text, so that no decimal is lost; lists and series are JSON within the cell; `null` is a known nothing. */
export function jsonOfCell({ id, type }: FactDefinition, text: string, file: string, line: number): Json {
  if (text === "null") return null;
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if (type !== "list" && type !== "series") return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw wrong(file, line, `${id} is not JSON`);
  }
}

/** The profile of one firm of a file. @throws DomainError bad-input naming file, line and fact */
export function profileOfFirm({ facts, line }: FirmFacts, vocabulary: Vocabulary, file: string): Profile {
  try {
    return profileOf(facts, vocabulary);
  } catch (cause) {
    if (cause instanceof RulesError) throw wrong(file, line, cause.message);
    throw cause;
  }
}

export function wrong(file: string, line: number, what: string): DomainError {
  return new DomainError("bad-input", `${file}:${line}: ${what.replace(/\.$/, "")}.`, { file, line });
}
