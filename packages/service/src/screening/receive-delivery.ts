import type { DeliverySource } from "../facts/delivery-source.ts";
import {
  type DeliveryFile,
  type DeliveryReport,
  firstResult,
  type ImportDeps,
  type ImportStores,
  type ReadDelivery,
  readDelivery,
  resolveDelivery,
  type SettledDelivery,
  settleDelivery,
  takeOver,
} from "../facts/import-delivery.ts";
import type { RowIssue } from "../facts/row-issue.ts";
import { derivedId } from "../kernel/id.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { expectedRows } from "./check-size.ts";
import type { Finding } from "./finding.ts";
import { observe } from "./observation.ts";
import type { Quarantined } from "./quarantine.ts";
import type { PredecessorStore, QuarantineStore } from "./quarantine-store.ts";
import { saidBy } from "./said-by.ts";
import { isInSample, sampleOf } from "./sample.ts";
import { screenDelivery } from "./screen-delivery.ts";

export type ReceiveStores = ImportStores &
  Readonly<{
    quarantine: QuarantineStore;
    predecessors: PredecessorStore;
    policyVersions: Pick<PolicyVersionStore, "listLatest">;
  }>;

export type ReceiveDeps<Stores extends ReceiveStores = ReceiveStores> = ImportDeps<Stores> &
  Readonly<{ compiled: CompiledPolicies }>;

/** `quarantined`: held, or held before and perhaps rejected; see its status. */
export type Reception =
  | DeliveryReport
  | Readonly<{ outcome: "quarantined"; quarantined: Quarantined; issues: readonly RowIssue[] }>;

/**
 * Takes over a delivery that looks as it should, and holds any other before it can change a decision.
 * The same bytes for the same day are received once, whatever came of them.
 * @throws as importDelivery
 */
export async function receiveDelivery<Stores extends ReceiveStores>(
  deps: ReceiveDeps<Stores>,
  file: DeliveryFile,
): Promise<Reception> {
  const resolved = resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  return first ?? receiveRows(deps, file, await readDelivery(file, resolved));
}

/** The same, from where the rows have been read. */
export async function receiveRows<Stores extends ReceiveStores>(
  deps: ReceiveDeps<Stores>,
  file: DeliveryFile,
  read: ReadDelivery,
): Promise<Reception> {
  return deps.transaction(async (stores) => {
    const settled = await settleDelivery(stores, file, read);
    if (settled.outcome === "repeated") return settled;
    const { sourceId, sha256, asOf } = settled.delivery;
    const known = await stores.quarantine.find(sourceId, sha256, asOf);
    if (known) return { outcome: "quarantined", quarantined: known, issues: settled.issues };
    const findings = await findingsOn(stores, read.source, settled);
    if (findings.length === 0) return takeOver(stores, settled);
    const factsThatPay = await factsOfPolicies(deps.compiled, stores.policyVersions);
    const quarantined = await hold(stores, file, settled, findings, factsThatPay);
    return { outcome: "quarantined", quarantined, issues: settled.issues };
  });
}

/** Says what receiving a file would come to, and writes nothing. @throws as importDelivery */
export async function checkReception<Stores extends ReceiveStores>(
  deps: ImportDeps<Stores>,
  file: DeliveryFile,
): Promise<DeliveryReport & Readonly<{ findings: readonly Finding[] }>> {
  const read = await readDelivery(file, resolveDelivery(deps, file));
  return deps.transaction(async (stores) => {
    const settled = await settleDelivery(stores, file, read);
    if (settled.outcome === "repeated") return { ...settled, findings: [] };
    const { outcome, delivery, issues } = settled;
    return { outcome, delivery, issues, findings: await findingsOn(stores, read.source, settled) };
  });
}

/** What speaks against a delivery, beside the one before it. */
async function findingsOn(
  { predecessors }: Pick<ReceiveStores, "predecessors">,
  source: DeliverySource,
  { delivery, content }: SettledDelivery,
): Promise<Finding[]> {
  const { rowsGood, rowsBad, sha256, asOf, isComplete } = delivery;
  const sample = sampleOf(rowsGood);
  const said = saidBy(content).filter(({ firmCode }) => isInSample(firmCode, sample));
  const latest = await predecessors.latest(source.id);
  const earlier = latest && (await predecessors.said(source, latest.deliveryId, sample));
  return screenDelivery({
    now: observe(source, { rowsGood, rowsBad, said }),
    before: latest && observe(source, { ...latest, said: earlier ?? [] }),
    asOf,
    isPartial: !isComplete,
    isOldCopy: latest !== undefined && latest.sha256 !== sha256 && (await predecessors.knows(source.id, sha256)),
    expectedRows: expectedRows(source),
  });
}

async function hold(
  { quarantine, journal }: ReceiveStores,
  { bytes }: DeliveryFile,
  { delivery, content }: SettledDelivery,
  findings: readonly Finding[],
  factsThatPay: ReadonlySet<string>,
): Promise<Quarantined> {
  const { sourceId, fileName, sha256, asOf, isComplete, obtainedAt, importedBy } = delivery;
  const id = derivedId("quarantine", sourceId, sha256, asOf);
  // Accounts are where money goes, so they always take two.
  const pays = content.accounts.length > 0 || content.facts.some(({ factId }) => factsThatPay.has(factId));
  const arrived = { arrivedAt: obtainedAt, importedBy, isPartial: !isComplete };
  const terms = { id, sourceId, fileName, sha256, asOf, ...arrived, findings, pays };
  const quarantined: Quarantined = { ...terms, status: "held" };
  await quarantine.hold(quarantined, bytes);
  const payload = { sourceId, sha256, findings: findings.length };
  await journal.append({ type: "delivery-quarantined", subject: id, actor: importedBy, at: obtainedAt, payload });
  return quarantined;
}

/** Every fact that a policy looks at, in its newest version. */
async function factsOfPolicies(
  compiled: CompiledPolicies,
  policyVersions: Pick<PolicyVersionStore, "listLatest">,
): Promise<ReadonlySet<string>> {
  const versions = await policyVersions.listLatest();
  return new Set(versions.flatMap((version) => compiled.get(version).needs));
}
