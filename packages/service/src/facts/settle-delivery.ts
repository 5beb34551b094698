import { toByteSource } from "./byte-source.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryFile, ResolvedDelivery } from "./delivery-file.ts";
import type { DeliveryStage } from "./delivery-stage.ts";
import type { DeliveryStore, Registry } from "./delivery-store.ts";
import { type GatheredRows, gatherRows, stageRows } from "./gather-rows.ts";
import { arrivalOf, deliveryId } from "./keep-delivery.ts";
import { readDelivery } from "./read-delivery.ts";
import type { RowIssue } from "./row-issue.ts";
import { settleInMemory } from "./settle-in-memory.ts";
import { absenceSpeaks } from "./settle-rows.ts";
import { settleStaged } from "./settle-staged.ts";
import type { OnSaid, SettledContent, Settling } from "./settled-content.ts";

/** `repeated`: these bytes were imported before; this is the first result, and nothing was written. */
export type DeliveryReport = Readonly<{
  outcome: "imported" | "repeated" | "checked";
  delivery: Delivery;
  /** The first, by line. */
  issues: readonly RowIssue[];
  /** How many there are beyond those. */
  moreIssues?: number;
}>;
export type Repeated = DeliveryReport & Readonly<{ outcome: "repeated" }>;

/** A delivery seen together and beside the register; nothing of it is written yet. */
export type SettledDelivery = Readonly<{ delivery: Delivery; content: SettledContent }>;

export type SettleStores = Readonly<{ deliveries: DeliveryStore; registry: Registry }>;

/** Rows that are settled in memory at most; more wait in tables of the database. */
const MOST_IN_MEMORY = 10_000;
/** Bytes of a file whose rows, however few, may be in memory: a row holds on to the text around it. */
const MOST_BYTES = 8 * 1024 * 1024;

export type SettleOptions<Result> = Readonly<{
  /** What comes of it, before its rows are forgotten. */
  conclude(settled: SettledDelivery): Promise<Result>;
  /** Hears everything that the delivery says, some thousand firms at a time. */
  onSaid?: OnSaid;
  /** Nothing will be taken over: it is only looked at. */
  isLook?: boolean;
  mostInMemory?: number;
}>;

/**
 * Sees the rows of a file together and beside the register; or finds the first result of the same bytes.
 * @throws DomainError delivery-unreadable | delivery-too-large
 */
export async function settleDelivery<Result>(
  stores: SettleStores,
  file: DeliveryFile,
  resolved: ResolvedDelivery,
  { conclude, onSaid = () => {}, isLook = false, mostInMemory = MOST_IN_MEMORY }: SettleOptions<Result>,
): Promise<Repeated | Result> {
  const { deliveries } = stores;
  const { source, sha256, asOf, now } = resolved;
  const obtainedAt = await arrivalOf(deliveries, source.id, now);
  const first = await deliveries.findSame(source.id, sha256, file.asOf);
  if (first) return repeated(deliveries, first);
  const { fileName, importedBy, isPartial = false, onProgress } = file;
  const origin = { sourceId: source.id, fileName, sha256, asOf, obtainedAt, importedBy };
  const id = deliveryId(origin);
  const takenBack = await deliveries.takenBackBy(source.id);
  const settling: Settling = { source, asOf, isComplete: !isPartial, takenBack, isLook, onSaid, onProgress };
  let stage: DeliveryStage | undefined;
  const open = async () => {
    stage = await deliveries.openStage({ ...origin, id });
    return stage;
  };
  try {
    const few = toByteSource(file.bytes).byteLength > MOST_BYTES ? 0 : mostInMemory;
    const gathered = await gatherRows(readDelivery(file, resolved, stores.registry.pseudonymOf), few, open);
    const content = await settleRowsOf(stores, settling, gathered, mostInMemory, open);
    const { rowsGood, rowsBad } = content;
    const result = await conclude({ delivery: { ...origin, id, isComplete: !isPartial, rowsGood, rowsBad }, content });
    await stage?.drop();
    return result;
  } catch (cause) {
    // A server that is gone cannot be tidied; what went wrong before says so.
    await stage?.abandon().catch(() => {});
    throw cause;
  }
}

/** What came of the same bytes before. */
export async function repeated(deliveries: DeliveryStore, delivery: Delivery): Promise<Repeated> {
  return { outcome: "repeated", delivery, ...(await deliveries.firstIssuesOf(delivery.id)) };
}

async function settleRowsOf(
  stores: SettleStores,
  settling: Settling,
  gathered: GatheredRows,
  mostInMemory: number,
  open: () => Promise<DeliveryStage>,
): Promise<SettledContent> {
  if ("staged" in gathered) return settleStaged(gathered.staged, settling);
  const { source, isComplete } = settling;
  const { inMemory } = gathered;
  const speaksOfAll = isComplete && absenceSpeaks(source, inMemory.refused);
  if (speaksOfAll && (await stores.registry.count()) > mostInMemory) {
    return settleStaged(await stageRows(inMemory, await open()), settling);
  }
  return settleInMemory(stores, settling, inMemory);
}
