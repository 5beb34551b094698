import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Bank, BankReport } from "./bank-port.ts";
import { readChannelReport } from "./channel-report-csv.ts";
import type { OtherChannel } from "./channel-tables.ts";
import { readBankReport } from "./read-bank-report.ts";
import { type ReconcileStores, reconcileStatement } from "./reconcile-statement.ts";
import { reconcileStatus } from "./reconcile-status.ts";
import { isWorkbook, workbookAsTable } from "./workbook.ts";

export type ReceiveDeps = Readonly<{
  transaction: Transaction<ReconcileStores>;
  clock: Clock;
  /** By which channel the file came; absent: the bank. */
  channel?: OtherChannel;
}>;

export type Received = Readonly<{
  accepted: number;
  rejected: number;
  settled: number;
  returned: number;
  recovered: number;
  suspended: number;
}>;

const nothing: Received = { accepted: 0, rejected: 0, settled: 0, returned: 0, recovered: 0, suspended: 0 };

/**
 * Takes one file of the bank, whole or not at all. The same bytes again change nothing, and
 * neither does the same line in another file.
 *
 * @throws DomainError bank-file-invalid, naming the place
 */
export async function receiveBankFile(
  { transaction, clock, channel }: ReceiveDeps,
  given: Uint8Array,
): Promise<Received> {
  const bytes = isWorkbook(given) ? await workbookAsTable(given) : withoutMark(given);
  const read = channel ? readChannelReport(channel, bytes) : readBankReport(bytes);
  const digest = sha256(bytes);
  const id = derivedId("bank-file", digest);
  return transaction(async (stores) => {
    const receivedAt = clock.now();
    const content = new TextDecoder().decode(bytes);
    const file = { id, kind: read.kind, sha256: digest, content, receivedAt };
    if ((await stores.bankFiles.insert(file)) === "already") return nothing;
    const outcome =
      read.kind === "pain.002"
        ? await reconcileStatus(stores, read.report, file, channel)
        : await reconcileStatement(stores, read.entries, file);
    return { ...nothing, ...outcome };
  });
}

/** A byte order mark is no part of the text; not every store would give it back as it was. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

export type CollectDeps = ReceiveDeps &
  Readonly<{
    bank: Pick<Bank, "reports" | "acknowledge" | "refuse">;
    onRefused?(name: string, reason: string): void;
    /** Dealt with here, and the bank did not hear of it: it puts the file out again. Absent = thrown. */
    onUnheard?(name: string, cause: unknown): void;
  }>;

export type Collected = Received & Readonly<{ files: number; refused: number }>;

/**
 * Takes in everything that the bank has put out. A file that cannot be read is set aside with its
 * reason and holds up no other; neither does one of which the bank cannot be told. A crash anywhere is repaired by calling it again.
 */
export async function collectBankReports(deps: CollectDeps): Promise<Collected> {
  const total = { ...nothing, files: 0, refused: 0 };
  for (const report of await deps.bank.reports()) {
    total.files += 1;
    const received = await takeOne(deps, report);
    if (!received) {
      total.refused += 1;
      continue;
    }
    total.accepted += received.accepted;
    total.rejected += received.rejected;
    total.settled += received.settled;
    total.returned += received.returned;
    total.recovered += received.recovered;
    total.suspended += received.suspended;
  }
  return total;
}

async function takeOne(deps: CollectDeps, { name, content }: BankReport): Promise<Received | undefined> {
  try {
    const received = await receiveBankFile(deps, content);
    await tell(deps, name, () => deps.bank.acknowledge(name));
    return received;
  } catch (cause) {
    if (!(cause instanceof DomainError && cause.code === "bank-file-invalid")) throw cause;
    await journalRefusal(deps, sha256(content), cause.message);
    await tell(deps, name, () => deps.bank.refuse(name, cause.message));
    deps.onRefused?.(name, cause.message);
    return undefined;
  }
}

async function tell({ onUnheard }: CollectDeps, name: string, telling: () => Promise<void>): Promise<void> {
  try {
    await telling();
  } catch (cause) {
    if (!onUnheard) throw cause;
    onUnheard(name, cause);
  }
}

function journalRefusal({ transaction, clock }: CollectDeps, digest: string, reason: string): Promise<void> {
  return transaction(async ({ bankFiles, journal }) => {
    const subject = derivedId("bank-file", digest);
    if (await bankFiles.wasRefused(subject)) return;
    const payload = { sha256: digest, reason };
    await journal.append({ type: "bank-file-refused", subject, actor: "system:reconcile", at: clock.now(), payload });
  });
}
