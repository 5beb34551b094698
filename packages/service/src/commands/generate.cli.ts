import { type Command, InvalidArgumentError } from "commander";
import { MOST_FIRMS, type StreamFormat, streamDeliveries } from "../demo/sample-stream.fs.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import type { Io } from "./io.ts";

type Options = Readonly<{
  firms: number;
  seed: number;
  around: Day;
  out: string;
  format: StreamFormat;
  json?: boolean;
}>;

/** `apply-free generate --firms N --out DIR [--seed N] [--around DATE] [--format csv|ndjson] [--json]` */
export function registerGenerate(program: Command, io: Io): void {
  program
    .command("generate")
    .description("write what departments would deliver about invented firms, at any scale")
    .requiredOption("--firms <n>", `how many, up to ${MOST_FIRMS}`, firmsOption)
    .requiredOption("--out <directory>", "where to write")
    .option("--seed <n>", "the same seed gives the same bytes", wholeNumber, 20251103)
    .option("--around <date>", "the day around which departments deliver", dayOption, "2025-11-03" as Day)
    .option("--format <format>", "csv or ndjson", formatOption, "csv")
    .option("--json", "print one JSON object")
    .action(async ({ firms, seed, around, out, format, json }: Options) => {
      const size = { seed, count: firms, start: around };
      const progress = (done: number) => io.err(`${done} of ${firms} firms`);
      const deliveries = await streamDeliveries(out, size, format, progress);
      if (json) io.out(JSON.stringify({ firms, seed, directory: out, deliveries }));
      else
        for (const { fileName, rows, sourceId, isPartial } of deliveries) {
          io.out(`${fileName}: ${rows} rows; import --source ${sourceId}${isPartial ? " --partial" : ""}`);
        }
    });
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

function formatOption(text: string): StreamFormat {
  if (text === "csv" || text === "ndjson") return text;
  throw new InvalidArgumentError("csv or ndjson.");
}
