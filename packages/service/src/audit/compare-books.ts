import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { PaymentStops, StopCause } from "../payment/payment-stop.ts";

/** Ledger, balances, payments and bank, compared: every difference, at most a hundred a sentence. */
export type Books = { differences(): Promise<readonly StopCause[]> };

type Stores = Readonly<{ books: Books; paymentStops: PaymentStops; journal: Journal }>;
export type CompareDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** Kept with a stop: enough to begin the search with, not the whole of a broken ledger. */
const KEPT = 50;

/**
 * Compares ledger, balances, payments and bank, and stops payment on any difference. An open stop
 * stays as it is, whatever is found since: only a person lifts it.
 *
 * @returns how many differences there are
 */
export function compareBooks({ transaction, clock }: CompareDeps): Promise<number> {
  return transaction(async ({ books, paymentStops, journal }) => {
    const differences = await books.differences();
    const [first] = differences;
    if (!first) return 0;
    const stoppedAt = clock.now();
    const id = derivedId("stop", stoppedAt.toISOString());
    const answer = await paymentStops.insert({ id, causes: differences.slice(0, KEPT), stoppedAt });
    if (answer === "stopped") {
      const payload = { differences: differences.length, first: first.sentence };
      await journal.append({ type: "payments-stopped", subject: id, actor: "system:audit", at: stoppedAt, payload });
    }
    return differences.length;
  });
}

export type Resumption = Readonly<{ actor: string; reason: string }>;

/**
 * A person says that payment goes on; it does only if everything agrees again.
 *
 * @throws DomainError books-differ | bad-input: no reason is given
 */
export function resumePayments({ transaction, clock }: CompareDeps, { actor, reason }: Resumption): Promise<void> {
  return transaction(async ({ books, paymentStops, journal }) => {
    const words = reason.trim();
    if (words === "" || words.length > 500) {
      throw new DomainError(
        "bad-input",
        "请写明查明的原因（500 字内）。Say what was found, in at most 500 characters.",
      );
    }
    const stop = await paymentStops.open();
    if (!stop) return;
    const [first] = await books.differences();
    if (first) {
      const { sentence, subject, detail } = first;
      const message = `账仍不符，不能恢复。The books still differ (${sentence}, ${subject}: ${detail}); correct them first.`;
      throw new DomainError("books-differ", message, { sentence, subject });
    }
    const at = clock.now();
    await paymentStops.lift(stop.id, { liftedBy: actor, liftedAt: at, reason: words });
    const payload = { reason: words };
    await journal.append({ type: "payments-resumed", subject: stop.id, actor, at, payload });
  });
}
