import type { DeliveryStore, Registry } from "./delivery-store.ts";
import type { ReadRows } from "./read-rows.ts";
import { relapseIssue, withoutRelapses } from "./relapse.ts";
import { absenceSpeaks, settleRows } from "./settle-rows.ts";
import type { SettledContent, Settling } from "./settled-content.ts";

type Stores = Readonly<{ deliveries: DeliveryStore; registry: Registry }>;

/** Settles a delivery whose rows, and the firms of whose absence it speaks, are few. */
export async function settleInMemory(
  { deliveries, registry }: Stores,
  { source, asOf, isComplete, takenBack, onSaid }: Settling,
  read: ReadRows,
): Promise<SettledContent> {
  const registered =
    isComplete && absenceSpeaks(source, read.refused)
      ? await registry.names()
      : await registry.namesOf(read.rows.map(({ firmCode }) => firmCode));
  const settled = settleRows(source, read, registered, isComplete);
  const { facts, relapses } = withoutRelapses(settled.facts, takenBack, asOf);
  const { firms, accounts, rowsGood, rowsBad } = settled;
  const lines = new Map(read.rows.map(({ firmCode, line }) => [firmCode as string, line]));
  const issues = [...settled.issues, ...relapses.map((relapse) => relapseIssue(relapse, lines))];
  await onSaid({ facts, firms, accounts });
  return {
    ...{ rowsGood, rowsBad, issues },
    factIds: new Set(facts.map(({ factId }) => factId)),
    hasAccounts: accounts.length > 0,
    async *forRegister() {
      yield { firms, accounts };
    },
    takeOver: (delivery, further) => deliveries.insert(delivery, [...issues, ...further], facts),
    giveUp: async () => {},
  };
}
