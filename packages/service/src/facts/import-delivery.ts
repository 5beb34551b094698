import type { Clock } from "../kernel/clock.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type DeliveryFile, type ResolvedDelivery, resolveDelivery } from "./delivery-file.ts";
import type { DeliverySource } from "./delivery-source.ts";
import type { Registry } from "./delivery-store.ts";
import { type KeepStores, sayImported } from "./keep-delivery.ts";
import type { RowIssue } from "./row-issue.ts";
import {
  type DeliveryReport,
  type Repeated,
  repeated,
  type SettledDelivery,
  settleDelivery,
} from "./settle-delivery.ts";

export type ImportStores = KeepStores & Readonly<{ registry: Registry }>;

export type ImportDeps<Stores extends ImportStores = ImportStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  sources: ReadonlyMap<string, DeliverySource>;
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
  const resolved = await resolveDelivery(deps, file);
  const first = await firstResult(deps, file, resolved);
  if (first) return first;
  return deps.transaction((stores) =>
    settleDelivery(stores, file, resolved, { conclude: (settled) => takeOver(stores, settled) }),
  );
}

/** What came of the same bytes before: known without reading a row of them. */
export async function firstResult<Stores extends ImportStores>(
  { transaction }: Pick<ImportDeps<Stores>, "transaction">,
  { sourceId, asOf }: DeliveryFile,
  { sha256 }: ResolvedDelivery,
): Promise<Repeated | undefined> {
  return transaction(async ({ deliveries }) => {
    const first = await deliveries.findSame(sourceId, sha256, asOf);
    return first && repeated(deliveries, first);
  });
}

/** Writes a settled delivery, in the transaction in which it was settled. */
export async function takeOver(stores: ImportStores, { delivery, content }: SettledDelivery): Promise<DeliveryReport> {
  const refused: RowIssue[] = [];
  for await (const { firms, accounts } of content.forRegister()) {
    await stores.registry.upsertFirms(firms);
    const own = await stores.registry.takeAccounts(accounts, delivery.sourceId, delivery.obtainedAt);
    refused.push(...own.map(ownAccountStays));
  }
  await content.takeOver(delivery, refused);
  await sayImported(stores, delivery);
  const { moreIssues } = content;
  return {
    outcome: "imported",
    delivery,
    issues: [...content.issues, ...refused],
    ...(moreIssues !== undefined && { moreIssues }),
  };
}

function ownAccountStays({ line }: Readonly<{ line: number }>): RowIssue {
  const reason = {
    zh: "企业已自行更正账户，保留企业的账户。",
    en: "The firm named another account itself, which stays.",
  };
  return { line, severity: "warning", reason };
}
