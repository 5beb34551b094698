import type { BudgetStore } from "../budget/budget-store.ts";
import type { PayerAccountStore } from "../budget/payer-account.ts";
import { repayment } from "../budget/posting.ts";
import type { Journal } from "../kernel/event.ts";
import type { StatementEntry } from "../payment/camt053.ts";
import type { IncomingMoney, Recognised } from "../payment/incoming-money.ts";
import { outstandingOf, type Recovery, receive } from "./recovery.ts";
import type { RecoveryStore } from "./recovery-store.ts";
import { referenceIn } from "./reference.ts";

export type RepaymentStores = Readonly<{
  recoveries: RecoveryStore;
  payerAccounts: Pick<PayerAccountStore, "list">;
  budget: Pick<BudgetStore, "move">;
  journal: Journal;
}>;

/**
 * Credits that firms send back. Only a booked line of the bank's statement, to the account of the
 * award's budget line and with the recovery's reference, is a repayment; what is more than is owed, or
 * in doubt, is set aside for a person.
 */
export function incomingRepayments(stores: RepaymentStores): IncomingMoney {
  const { recoveries, payerAccounts, budget, journal } = stores;
  return {
    async recognise(credits) {
      const written = credits.map((line) => ({ line, reference: referenceIn(line.endToEndId, line.remittance) }));
      const references = written.flatMap(({ reference }) => reference ?? []);
      if (references.length === 0) return new Map();
      const known = new Map(await recoveries.lockByReference(references));
      const accounts = new Map(
        (await payerAccounts.list()).map(({ budgetLine, accountNo }) => [budgetLine, accountNo]),
      );
      const recognised = new Map<string, Recognised>();
      for (const { line, reference } of written) {
        if (reference === undefined) continue;
        const recovery = known.get(reference);
        const answer = place(line, recovery, recovery && accounts.get(recovery.budgetLine));
        recognised.set(line.reference, answer);
        // Each line sees what the lines before it did.
        if (answer.kind === "recovered" && recovery?.status === "owed") {
          known.set(reference, receive(recovery, line.amountFen, new Date(0)));
        }
      }
      return recognised;
    },
    async book(paid, at) {
      for (const { lineId, line, recoveryId } of paid) {
        const current = await recoveries.get(recoveryId);
        if (current.status !== "owed") throw new Error(`${recoveryId} was owed a moment ago`);
        const received = receive(current, line.amountFen, at);
        await recoveries.save(received);
        await budget.move([repayment({ line: current.budgetLine, amountFen: line.amountFen }, lineId)], at);
        const { reference, bookedOn, amountFen } = line;
        const payload = { amountFen: String(amountFen), reference, bookedOn };
        const actor = "system:reconcile";
        await journal.append({ type: "recovery-received", subject: recoveryId, actor, at, payload });
        if (received.status !== "closed") continue;
        await journal.append({
          type: "recovery-closed",
          subject: recoveryId,
          actor,
          at,
          payload: { how: "came-back" },
        });
      }
    },
  };
}

/** Where one credit with a reference belongs. */
export function place(line: StatementEntry, recovery: Recovery | undefined, accountNo: string | undefined): Recognised {
  if (!recovery) return suspense("no recovery has this reference");
  if (recovery.status !== "owed") return suspense(`paid back for a recovery that is ${recovery.status}`);
  if (line.accountNo !== accountNo) return suspense("paid back to another account than the award was paid from");
  const left = outstandingOf(recovery);
  if (line.amountFen > left) return suspense(`${line.amountFen} 分 paid back where ${left} 分 are open`);
  return { kind: "recovered", recoveryId: recovery.id };
}

function suspense(note: string): Recognised {
  return { kind: "suspense", note };
}
