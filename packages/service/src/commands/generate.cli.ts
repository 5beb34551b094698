import path from "node:path";
import { parseCases } from "@apply-free/rules";
import { type Command, InvalidArgumentError } from "commander";
import { writeFirmFacts } from "../demo/sample-facts.fs.ts";
import { factPool } from "../demo/sample-facts.ts";
import { MOST_FIRMS, type StreamFormat, streamDeliveries } from "../demo/sample-stream.fs.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import type { Io } from "./io.ts";
import { openPolicies } from "./policy-directory.fs.ts";
import { factsFor } from "./sweep-answer.ts";

type Options = Readonly<{
  firms: number;
  seed: number;
  around: Day;
  out: string;
  format: StreamFormat | "parquet";
  policies: string;
  json?: boolean;
}>;

const ownRules = path.join(import.meta.dirname, "../../../../rules");

/** `apply-free generate --firms N --out DIR [--seed N] [--around DATE] [--format csv|ndjson|parquet] [--policies DIR] [--json]` */
export function registerGenerate(program: Command, io: Io): void {
  program
    .command("generate")
    .description("write what departments would deliver about invented firms, or all facts of each, at any scale")
    .requiredOption("--firms <n>", `how many, up to ${MOST_FIRMS}`, firmsOption)
    .requiredOption("--out <directory>", "where to write")
    .option("--seed <n>", "the same seed gives the same bytes", wholeNumber, 20251103)
    .option("--around <date>", "the day around which departments deliver", dayOption, "2025-11-03" as Day)
    .option(
      "--format <format>",
      "deliveries to import as csv or ndjson; or firms to sweep as parquet",
      formatOption,
      "csv",
    )
    .option("--policies <dir>", "for parquet: policies whose worked cases the firms are mixed from", ownRules)
    .option("--json", "print one JSON object")
    .action((options: Options) => {
      const { format } = options;
      return format === "parquet" ? writeFirms(options, io) : writeDeliveries({ ...options, format }, io);
    });
}

async function writeDeliveries(
  { firms, seed, around, out, format, json }: Options & Readonly<{ format: StreamFormat }>,
  io: Io,
): Promise<void> {
  const size = { seed, count: firms, start: around };
  const deliveries = await streamDeliveries(out, size, format, (done) => io.err(`${done} of ${firms} firms`));
  if (json) io.out(JSON.stringify({ firms, seed, directory: out, deliveries }));
  else
    for (const { fileName, rows, sourceId, isPartial } of deliveries) {
      io.out(`${fileName}: ${rows} rows; import --source ${sourceId}${isPartial ? " --partial" : ""}`);
    }
}

async function writeFirms({ firms, seed, out, policies, json }: Options, io: Io): Promise<void> {
  const loaded = await openPolicies(policies, undefined);
  const { known } = factsFor(loaded.map(({ policy }) => policy));
  const pool = factPool(
    known,
    loaded.map(({ source }) => parseCases(source.cases)),
  );
  const file = await writeFirmFacts(out, pool, { seed, count: firms }, (done) => io.err(`${done} of ${firms} firms`));
  if (json) io.out(JSON.stringify({ seed, directory: out, ...file }));
  else io.out(`${file.fileName}: ${firms} firms, ${file.facts} facts; sweep --policies ${policies}`);
}

function firmsOption(text: string): number {
  const firms = wholeNumber(text);
  if (firms >= 1 && firms <= MOST_FIRMS) return firms;
  throw new InvalidArgumentError(`from 1 to ${MOST_FIRMS}.`);
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number.");
}

function dayOption(text: string): Day {
  const day = parseDay(text);
  if (day) return day;
  throw new InvalidArgumentError("a day like 2025-10-31.");
}

function formatOption(text: string): Options["format"] {
  if (text === "csv" || text === "ndjson" || text === "parquet") return text;
  throw new InvalidArgumentError("csv, ndjson or parquet.");
}
