import { toByteSource } from "../facts/byte-source.ts";
import { type DeliveryFile, type ResolvedDelivery, resolveDelivery } from "../facts/delivery-file.ts";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { firstResult, type ImportDeps, type ImportStores, takeOver } from "../facts/import-delivery.ts";
import type { RowIssue } from "../facts/row-issue.ts";
import { type DeliveryReport, type SettledDelivery, settleDelivery } from "../facts/settle-delivery.ts";
import { derivedId } from "../kernel/id.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { expectedRows } from "./check-size.ts";
import type { Finding } from "./finding.ts";
import { observing } from "./observation.ts";
import type { Quarantined } from "./quarantine.ts";
import type { PredecessorStore, QuarantineStore } from "./quarantine-store.ts";
import { saidBy } from "./said-by.ts";
import { observingSample, type SampledObserver } from "./sampled-observation.ts";
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
  | Readonly<{ outcome: "quarantined"; quarantined: Quarantined; issues: readonly RowIssue[]; moreIssues?: number }>;

/**
 * Takes over a delivery that looks as it should, and holds any other before it can change a decision.
 * The same bytes for the same day are received once, whatever came of them.
 * @throws as importDelivery
 */
export async function receiveDelivery<Stores extends ReceiveStores>(
  deps: ReceiveDeps<Stores>,
  file: DeliveryFile,
): Promise<Reception> {
  const resolved = await resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  return first ?? receiveRows(deps, file, resolved);
}

/** The same of a file that did not come before. */
export async function receiveRows<Stores extends ReceiveStores>(
  deps: ReceiveDeps<Stores>,
  file: DeliveryFile,
  resolved: ResolvedDelivery,
): Promise<Reception> {
  return deps.transaction((stores) => {
    const { source, sha256, asOf } = resolved;
    const now = observingSample(source);
    return settleDelivery<Reception>(stores, file, resolved, {
      onSaid: (said) => now.see(saidBy(said)),
      async conclude(settled) {
        const known = await stores.quarantine.find(source.id, sha256, asOf);
        const findings = known ? [] : await findingsOn(stores, source, settled, now);
        if (!known && findings.length === 0) return takeOver(stores, settled);
        await settled.content.giveUp();
        if (known) return { outcome: "quarantined", quarantined: known, ...issuesOf(settled) };
        const factsThatPay = await factsOfPolicies(deps.compiled, stores.policyVersions);
        const quarantined = await hold(stores, file, settled, findings, factsThatPay);
        return { outcome: "quarantined", quarantined, ...issuesOf(settled) };
      },
    });
  });
}

type Checked = DeliveryReport & Readonly<{ findings: readonly Finding[] }>;

/** Says what receiving a file would come to, and writes nothing. @throws as importDelivery */
export async function checkReception<Stores extends ReceiveStores>(
  deps: ImportDeps<Stores>,
  file: DeliveryFile,
): Promise<Checked> {
  const resolved = await resolveDelivery(deps, file);
  return deps.transaction(async (stores) => {
    const now = observingSample(resolved.source);
    const checked = await settleDelivery<DeliveryReport | Checked>(stores, file, resolved, {
      isLook: true,
      onSaid: (said) => now.see(saidBy(said)),
      async conclude(settled) {
        const findings = await findingsOn(stores, resolved.source, settled, now);
        return { outcome: "checked", delivery: settled.delivery, findings, ...issuesOf(settled) };
      },
    });
    return { findings: [], ...checked };
  });
}

function issuesOf({ content: { issues, moreIssues } }: SettledDelivery) {
  return { issues, ...(moreIssues !== undefined && { moreIssues }) };
}

/** What speaks against a delivery, beside the one before it. */
async function findingsOn(
  { predecessors }: Pick<ReceiveStores, "predecessors">,
  source: DeliverySource,
  { delivery }: SettledDelivery,
  now: SampledObserver,
): Promise<Finding[]> {
  const { sha256, asOf, isComplete } = delivery;
  const latest = await predecessors.latest(source.id);
  const before = latest && observing(source);
  const firmsBefore = latest ? await predecessors.firmCount(source, latest.deliveryId) : 0;
  const sample = now.narrowTo(Math.max(delivery.rowsGood, firmsBefore));
  if (before) for await (const said of predecessors.said(source, latest.deliveryId, sample)) before.see(said);
  return screenDelivery({
    now: now.observed(delivery),
    before: latest && before?.observed(latest),
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
  const pays = content.hasAccounts || [...content.factIds].some((factId) => factsThatPay.has(factId));
  const arrived = { arrivedAt: obtainedAt, importedBy, isPartial: !isComplete };
  const terms = { id, sourceId, fileName, sha256, asOf, ...arrived, findings, pays };
  const quarantined: Quarantined = { ...terms, status: "held" };
  await quarantine.hold(quarantined, toByteSource(bytes));
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
