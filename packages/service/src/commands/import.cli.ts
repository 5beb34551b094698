import path from "node:path";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { receptionSummary } from "../desk/reception-summary.ts";
import { asOfInName } from "../facts/as-of-in-name.ts";
import { deliveryStore } from "../facts/delivery.prisma.ts";
import type { OnProgress } from "../facts/delivery-file.ts";
import { fileBytes } from "../facts/file-bytes.fs.ts";
import { registry } from "../facts/registry.prisma.ts";
import type { Clock } from "../kernel/clock.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { nameDirectory, nameListStore } from "../naming/names.prisma.ts";
import { type FileReception, type NamingStores, receiveFile } from "../naming/receive-file.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { loadSourcesIn } from "../policies/rules-directory.fs.ts";
import { predecessorStore } from "../screening/predecessor.prisma.ts";
import { quarantineStore } from "../screening/quarantine.prisma.ts";
import { checkReception } from "../screening/receive-delivery.ts";
import { LARGEST_DELIVERY_MS } from "../stores.prisma.ts";
import type { Io } from "./io.ts";
import { openConfiguredStore } from "./open-store.env.ts";
import { progressBar } from "./progress-bar.ts";

type Options = Readonly<{
  source: string;
  asOf?: string;
  partial?: boolean;
  dryRun?: boolean;
  json?: boolean;
  rules: string;
}>;

export type ImportCommandDeps = Readonly<{ clock: Clock; rules: string; openStore?: () => Promise<Store> }>;

/** `apply-free import <file> --source ID [--as-of DATE] [--partial] [--dry-run] [--json]` */
export function registerImport(
  program: Command,
  io: Io,
  { clock, rules: rulesDirectory, openStore = openConfiguredStore }: ImportCommandDeps,
): void {
  program
    .command("import")
    .description("take over one department's delivery (CSV, XLSX, Parquet or lines of JSON)")
    .argument("<file>", "the delivery")
    .requiredOption("--source <id>", "who delivers, see rules/sources")
    .option("--as-of <date>", "the day that the file speaks of; else the day in its name; else today")
    .option("--partial", "the file holds only some firms: absence from it says nothing")
    .option("--dry-run", "say what would happen, and change nothing")
    .option("--json", "print one JSON object")
    .option("--rules <directory>", "directory of vocabulary and sources", rulesDirectory)
    .action(async (file: string, options: Options) => {
      // On a machine with much memory Node lets garbage grow to four times what is in use before it looks.
      setFlagsFromString("--heap-growing-percent=25");
      const sources = await loadSourcesIn(options.rules);
      const fileName = path.basename(file);
      const delivery = {
        sourceId: options.source,
        fileName,
        bytes: await fileBytes(file),
        asOf: options.asOf === undefined ? asOfInName(fileName) : dayOption(options.asOf),
        isPartial: options.partial ?? false,
        importedBy: "system:import",
        onProgress: progressOf(io.err),
      };
      const store = await openStore();
      try {
        const deps = {
          clock,
          sources,
          compiled: new CompiledPolicies(),
          transaction: receiveTransaction(store),
        };
        const report = await (options.dryRun ? checkReception(deps, delivery) : receiveFile(deps, delivery));
        if (options.json) io.out(JSON.stringify(receptionSummary(report)));
        else print(report, io);
        if (isNo(report)) io.fail(1);
      } finally {
        await store.close();
      }
    });
}

/** A bar for reading the file, and one for settling its rows beside the register. */
function progressOf(say: (line: string) => void): OnProgress {
  const bars = { bytes: progressBar("bytes", say), rows: progressBar("rows", say) };
  return (what, done, all) => bars[what](done, all);
}

function receiveTransaction({ prisma, sealing, bulk }: Store): Transaction<NamingStores> {
  return (work) =>
    prisma.$transaction(
      (tx) =>
        work({
          deliveries: deliveryStore(tx, bulk),
          registry: registry(tx, sealing),
          quarantine: quarantineStore(tx),
          predecessors: predecessorStore(tx),
          nameLists: nameListStore(tx),
          names: nameDirectory(tx),
          policyVersions: policyVersionStore(tx),
          journal: journalOn(tx),
        }),
      { timeout: LARGEST_DELIVERY_MS },
    );
}

/** Held back, or nothing taken; a dry run says no to any row that would be refused. */
function isNo(report: FileReception): boolean {
  if (report.outcome === "quarantined" || report.outcome === "named") return true;
  const { rowsGood, rowsBad } = report.delivery;
  return report.outcome === "checked" ? rowsBad > 0 : rowsGood === 0;
}

function dayOption(text: string): Day {
  const day = parseDay(text);
  if (day) return day;
  throw new DomainError("bad-input", `--as-of: "${text}" is not a day like 2025-10-31.`, { asOf: text });
}

function print(report: FileReception, io: Io): void {
  if (report.outcome === "named") {
    const { id, fileName, sourceId, asOf, status } = report.list;
    io.out(
      `${fileName} (${sourceId}, ${asOf}): names without codes, ${status}; say whose they are at /desk/names/${id}`,
    );
    return;
  }
  const { fileName, sourceId, asOf } = report.outcome === "quarantined" ? report.quarantined : report.delivery;
  for (const { line, field, severity, reason } of report.issues) {
    io.out(`${fileName}:${line}${field === undefined ? "" : ` ${field}`}: ${severity}: ${reason.zh} ${reason.en}`);
  }
  if (report.moreIssues !== undefined)
    io.out(`${fileName}: ${report.moreIssues} more of the kind; see /desk/deliveries`);
  if (report.outcome === "quarantined") {
    for (const { column, message } of report.quarantined.findings) {
      io.out(`${fileName}${column === undefined ? "" : ` ${column}`}: ${message.zh} ${message.en}`);
    }
    io.out(`${fileName} (${sourceId}, ${asOf}): quarantined, ${report.quarantined.status}; see /desk/deliveries`);
    return;
  }
  const { rowsGood, rowsBad } = report.delivery;
  io.out(`${fileName} (${sourceId}, ${asOf}): ${report.outcome}, ${rowsGood} rows taken, ${rowsBad} refused`);
}
