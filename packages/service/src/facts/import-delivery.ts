import { type Clock, today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { Delivery, Registry } from "./delivery.ts";
import type { DeliverySource } from "./delivery-source.ts";
import { arrivalOf, deliveryId, type KeepStores, keepDelivery } from "./keep-delivery.ts";
import { findLayout, type Layout } from "./layout.ts";
import { type ReadRows, readRows } from "./read-rows.ts";
import { readTable } from "./read-table.ts";
import { type TakenBack, withoutRelapses } from "./relapse.ts";
import type { RowIssue } from "./row-issue.ts";
import { type Settled, settleRows } from "./settle-rows.ts";
import type { Table } from "./table.ts";

export type ImportStores = KeepStores & Readonly<{ registry: Registry }>;

export type ImportDeps<Stores extends ImportStores = ImportStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  sources: ReadonlyMap<string, DeliverySource>;
}>;

export type DeliveryFile = Readonly<{
  sourceId: string;
  fileName: string;
  bytes: Uint8Array;
  /** The day that the file speaks of; unknown means the day it arrived. */
  asOf?: Day | undefined;
  /** Holds only some firms: absence says nothing. */
  isPartial?: boolean;
  importedBy: string;
  /** Where it may be larger than what comes over the web. */
  limitBytes?: number;
}>;

/** A file that is kept as it arrived, because people have a word to say before it is believed. */
export type KeptFile = Readonly<{
  id: string;
  sourceId: string;
  fileName: string;
  sha256: string;
  asOf: Day;
  isPartial: boolean;
  arrivedAt: Date;
  importedBy: string;
}>;

/** `repeated`: these bytes were imported before; this is the first result, and nothing was written. */
export type DeliveryReport = Readonly<{
  outcome: "imported" | "repeated" | "checked";
  delivery: Delivery;
  issues: readonly RowIssue[];
}>;

/**
 * Takes over one department's file: whole, or not at all, and once. Rows that cannot be read are
 * reported by line and reason; they spoil no other firm's rows.
 * @throws DomainError delivery-source-unknown | delivery-unreadable | delivery-too-large | bad-input
 */
export async function importDelivery<Stores extends ImportStores>(
  deps: ImportDeps<Stores>,
  file: DeliveryFile,
): Promise<DeliveryReport> {
  const resolved = resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  if (first) return first;
  const read = await readDelivery(file, resolved);
  return deps.transaction(async (stores) => {
    const settled = await settleDelivery(stores, file, read);
    return settled.outcome === "repeated" ? settled : takeOver(stores, settled);
  });
}

/** What came of the same bytes before: known without reading a row of them. */
export async function firstResult<Stores extends ImportStores>(
  { transaction }: Pick<ImportDeps<Stores>, "transaction">,
  { sourceId, asOf }: DeliveryFile,
  { sha256 }: ResolvedDelivery,
): Promise<Repeated | undefined> {
  return transaction(async ({ deliveries }) => {
    const first = await deliveries.findSame(sourceId, sha256, asOf);
    return first && { outcome: "repeated", delivery: first, issues: await deliveries.issuesOf(first.id) };
  });
}

/** Writes a settled delivery, in the transaction in which it was settled. */
export async function takeOver(
  stores: ImportStores,
  { delivery, content, issues }: SettledDelivery,
): Promise<DeliveryReport> {
  await stores.registry.upsertFirms(content.firms);
  const refused = await stores.registry.takeAccounts(content.accounts, delivery.sourceId, delivery.obtainedAt);
  const all = [...issues, ...refused.map(ownAccountStays)];
  await keepDelivery(stores, delivery, all, content.facts);
  return { outcome: "imported", delivery, issues: all };
}

/** A file of which nothing has been read yet. */
export type ResolvedDelivery = Readonly<{ source: DeliverySource; sha256: string; asOf: Day; now: Date }>;

/** A file whose rows have been read, in the words of its source. */
export type ReadDelivery = ResolvedDelivery & Readonly<{ layout: Layout; rows: ReadRows }>;

/** Whose file it is, and of which day. @throws DomainError delivery-source-unknown | bad-input */
export function resolveDelivery(deps: Pick<ImportDeps, "clock" | "sources">, file: DeliveryFile): ResolvedDelivery {
  const [source, asOf] = [sourceOf(deps, file.sourceId), asOfOf(deps, file)];
  return { source, sha256: sha256(file.bytes), asOf, now: deps.clock.now() };
}

/** @throws DomainError delivery-unreadable | delivery-too-large */
export async function readDelivery(file: DeliveryFile, resolved: ResolvedDelivery): Promise<ReadDelivery> {
  return readRowsIn(await readTable(file.bytes, resolved.source, file.limitBytes), resolved);
}

/** @throws DomainError delivery-unreadable */
export function readRowsIn(table: Table, resolved: ResolvedDelivery): ReadDelivery {
  const { source, asOf } = resolved;
  const layout = findLayout(source, table);
  return { ...resolved, layout, rows: readRows(source, layout, asOf) };
}

export type SettledDelivery = DeliveryReport & Readonly<{ outcome: "checked"; content: Settled }>;
type Repeated = DeliveryReport & Readonly<{ outcome: "repeated" }>;
type Settling = Repeated | SettledDelivery;

/** Sees the rows beside the register; or finds the first result of the same bytes. */
export async function settleDelivery(
  { deliveries, registry }: ImportStores,
  { fileName, importedBy, isPartial = false, asOf: stated }: DeliveryFile,
  { source, sha256, asOf, now, layout, rows }: ReadDelivery,
): Promise<Settling> {
  const obtainedAt = await arrivalOf(deliveries, source.id, now);
  const first = await deliveries.findSame(source.id, sha256, stated);
  if (first) return { outcome: "repeated", delivery: first, issues: await deliveries.issuesOf(first.id) };
  const said = settleRows(source, rows, await registry.names(), !isPartial);
  const { facts, relapses } = withoutRelapses(said.facts, await deliveries.takenBackBy(source.id), asOf);
  const content = { ...said, facts };
  const { rowsGood, rowsBad } = content;
  const origin = { sourceId: source.id, fileName, sha256, asOf, obtainedAt, importedBy };
  const delivery: Delivery = { ...origin, id: deliveryId(origin), isComplete: !isPartial, rowsGood, rowsBad };
  return {
    outcome: "checked",
    delivery,
    content,
    issues: [...layout.issues, ...content.issues, ...relapses.map(relapseIssue(rows))],
  };
}

function sourceOf({ sources }: Pick<ImportDeps, "sources">, sourceId: string): DeliverySource {
  const source = sources.get(sourceId);
  if (source) return source;
  const known = [...sources.keys()].join(", ");
  throw new DomainError(
    "delivery-source-unknown",
    `没有来源“${sourceId}”。No source "${sourceId}"; one of: ${known}.`,
    {
      sourceId,
    },
  );
}

function asOfOf({ clock }: Pick<ImportDeps, "clock">, { asOf }: DeliveryFile): Day {
  const now = today(clock);
  if (asOf === undefined || asOf <= now) return asOf ?? now;
  throw new DomainError("bad-input", `数据日期${asOf}在将来。The as-of day ${asOf} lies in the future.`, { asOf });
}

function relapseIssue({ rows }: ReadRows) {
  const lines = new Map(rows.map(({ firmCode, line }) => [firmCode as string, line]));
  return ({ firmCode, factId, disputeId }: TakenBack): RowIssue => ({
    line: lines.get(firmCode) ?? 1,
    field: factId,
    severity: "warning",
    reason: {
      zh: `异议${disputeId}中已更正的值又出现，未采用，请来源部门修正其系统。`,
      en: `The value that was corrected on ${disputeId} is here again; it is not taken. The department's system needs correcting.`,
    },
  });
}

function ownAccountStays({ line }: Readonly<{ line: number }>): RowIssue {
  const reason = {
    zh: "企业已自行更正账户，保留企业的账户。",
    en: "The firm named another account itself, which stays.",
  };
  return { line, severity: "warning", reason };
}
