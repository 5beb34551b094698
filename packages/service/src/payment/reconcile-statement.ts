import type { BudgetStore } from "../budget/budget-store.ts";
import type { PayerAccountStore } from "../budget/payer-account.ts";
import { comeback, type Move, settlement } from "../budget/posting.ts";
import { markPaid, markReturned } from "../entitlement/entitlement.ts";
import type { Versioned } from "../entitlement/entitlement-store.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { BankFileStore, RecordedLine } from "./bank-file-store.ts";
import type { BatchStore } from "./batch-store.ts";
import type { StatementEntry } from "./camt053.ts";
import { closeFinishedBatches } from "./close-batches.ts";
import type { IncomingMoney } from "./incoming-money.ts";
import type { Payment } from "./payment.ts";
import type { OwedStore, PaymentStore } from "./payment-store.ts";
import { type Placement, placeLine } from "./place-line.ts";
import { newLines } from "./repeated-lines.ts";

export type ReconcileStores = Readonly<{
  bankFiles: BankFileStore;
  batches: BatchStore;
  payments: PaymentStore;
  owed: OwedStore;
  payerAccounts: PayerAccountStore;
  incoming: IncomingMoney;
  budget: Pick<BudgetStore, "move">;
  journal: Journal;
}>;

type File = Readonly<{ id: string; receivedAt: Date }>;
type Outcome = Readonly<{ settled: number; returned: number; recovered: number; suspended: number }>;

/**
 * Books a statement line by line: this, and nothing else, makes a payment paid or returned. Lines
 * known by their bank reference are skipped; lines that fit no payment exactly are set aside.
 *
 * @throws DomainError bank-file-invalid: a known reference with other content
 */
export async function reconcileStatement(
  stores: ReconcileStores,
  entries: readonly StatementEntry[],
  file: File,
): Promise<Outcome> {
  const desk = await openDesk(stores, entries);
  const fresh = newLines(entries, await stores.bankFiles.knownLines(entries.map(({ reference }) => reference)));
  const repaid = await stores.incoming.recognise(fresh.filter((line) => isStrayCredit(desk, line)));
  const placed = fresh.map((line) => ({
    line,
    placement: repaid.get(line.reference) ?? place(desk, line, file.receivedAt),
  }));
  await stores.bankFiles.insertLines(file.id, placed.map(toRecordedLine));
  await stores.payments.saveAll([...desk.changedPayments.values()]);
  await stores.owed.saveOutcomes([...desk.changedEntitlements.values()]);
  await stores.budget.move(
    placed.flatMap(({ placement }) => moveOf(placement)),
    file.receivedAt,
  );
  await stores.incoming.book(placed.flatMap(toRepayment), file.receivedAt);
  for (const { line, placement } of placed) await journal(stores, line, placement, file.receivedAt);
  const batchIds = [...desk.changedPayments.values()].flatMap((payment) =>
    "batchId" in payment ? [payment.batchId] : [],
  );
  await closeFinishedBatches(stores, batchIds, file.receivedAt);
  const count = (...kinds: Placement["kind"][]) =>
    placed.filter(({ placement }) => kinds.includes(placement.kind)).length;
  return {
    settled: count("settled", "settled-late"),
    returned: count("returned"),
    recovered: count("recovered"),
    suspended: count("suspense"),
  };
}

/** Money that came in and is no payment of ours that came back. */
function isStrayCredit({ payments }: Desk, { direction, currency, endToEndId, channel }: StatementEntry): boolean {
  const isReturn = endToEndId !== undefined && payments.has(endToEndId);
  // Only a bank's statement says that money came in.
  return direction === "credit" && currency === "CNY" && channel === undefined && !isReturn;
}

function toRepayment({ line, placement }: Placed) {
  return placement.kind === "recovered" ? [{ lineId: lineIdOf(line), line, recoveryId: placement.recoveryId }] : [];
}

/** What the lines of one file are laid out on; each line sees what the lines before it did. */
type Desk = {
  payments: Map<string, Payment>;
  entitlements: Map<string, Versioned>;
  payerOf: ReadonlyMap<string, string>;
  changedPayments: Map<string, Payment>;
  changedEntitlements: Map<string, Versioned>;
};

async function openDesk(stores: ReconcileStores, entries: readonly StatementEntry[]): Promise<Desk> {
  const ids = entries.flatMap(({ endToEndId }) => (endToEndId === undefined ? [] : [endToEndId]));
  const entitlements = await stores.owed.lock(await stores.payments.entitlementsOf(ids));
  const payments = await stores.payments.lockByEndToEndId(ids);
  const payers = await stores.payerAccounts.list();
  return {
    payments: new Map(payments.map((payment) => [payment.endToEndId, payment])),
    entitlements: new Map(entitlements),
    payerOf: new Map(payers.map(({ budgetLine, accountNo }) => [budgetLine, accountNo])),
    changedPayments: new Map(),
    changedEntitlements: new Map(),
  };
}

function place(desk: Desk, line: StatementEntry, at: Date): Placement {
  const payment = line.endToEndId === undefined ? undefined : desk.payments.get(line.endToEndId);
  const owed = payment && desk.entitlements.get(payment.entitlementId);
  const known = payment &&
    owed && {
      payment,
      payerAccountNo: desk.payerOf.get(payment.budgetLine) ?? "",
      entitlement: owed.entitlement.status,
    };
  const placement = placeLine(line, known);
  if (placement.kind === "suspense" || placement.kind === "recovered" || !owed) return placement;
  desk.payments.set(placement.payment.endToEndId, placement.payment);
  desk.changedPayments.set(placement.payment.id, placement.payment);
  const entitlement =
    placement.kind === "settled"
      ? markPaid(owed.entitlement, at)
      : placement.kind === "returned"
        ? markReturned(owed.entitlement)
        : owed.entitlement;
  if (entitlement === owed.entitlement) return placement;
  desk.entitlements.set(entitlement.id, { ...owed, entitlement });
  desk.changedEntitlements.set(entitlement.id, { ...owed, entitlement });
  return placement;
}

type Placed = Readonly<{ line: StatementEntry; placement: Placement }>;

function toRecordedLine({ line, placement }: Placed): RecordedLine {
  const id = lineIdOf(line);
  if (placement.kind === "suspense") return { id, line, result: "suspense", note: placement.note };
  if (placement.kind === "recovered") {
    return { id, line, result: "recovered", note: undefined, recoveryId: placement.recoveryId };
  }
  if (placement.kind !== "settled-late") return { id, line, result: placement.kind, note: undefined };
  return { id, line, result: "settled", note: "reported after its return" };
}

function lineIdOf({ reference }: StatementEntry): string {
  return derivedId("line", reference);
}

function moveOf(placement: Placement): Move[] {
  if (placement.kind !== "settled" && placement.kind !== "returned") return [];
  const { id, budgetLine: line, amountFen } = placement.payment;
  const share = { line, amountFen };
  return [placement.kind === "settled" ? settlement(share, id) : comeback(share, id, placement.from)];
}

async function journal({ journal }: ReconcileStores, line: StatementEntry, placement: Placement, at: Date) {
  const { reference, bookedOn } = line;
  const actor = "system:reconcile";
  switch (placement.kind) {
    case "settled": {
      const { id: subject, entitlementId, amountFen } = placement.payment;
      const payload = { entitlementId, amountFen: String(amountFen), reference, bookedOn };
      return journal.append({ type: "payment-settled", subject, actor, at, payload });
    }
    case "returned": {
      const { id: subject, entitlementId } = placement.payment;
      const payload = { entitlementId, reasonCode: line.reasonCode ?? "NARR", reference };
      return journal.append({ type: "payment-returned", subject, actor, at, payload });
    }
    case "suspense": {
      const payload = { reference, note: placement.note };
      return journal.append({ type: "statement-line-suspended", subject: lineIdOf(line), actor, at, payload });
    }
    case "settled-late":
    case "recovered": // journalled where it is booked
      return;
  }
}
