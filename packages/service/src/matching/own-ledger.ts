import type { Json, Profile } from "@apply-free/rules";
import type { OwnPayment } from "./ports.ts";

/**
 * Adds what this system paid to the ledger that the finance bureau delivered, so that "already
 * paid" is true the day after a payment and not only after the next delivery. Payments up to the
 * delivery's as-of day are in it already. An unknown ledger stays unknown: our own payments are
 * not all payments.
 */
export function withOwnPayments(profile: Profile, payments: readonly OwnPayment[]): Profile {
  const ledger = profile["ledger.paid"];
  if (ledger?.state !== "known" || !Array.isArray(ledger.value)) return profile;
  const delivered = ledger.asOf ?? "";
  const own = payments
    .filter(({ paidOn }) => paidOn > delivered)
    .map(({ family, amountYuan, paidOn }): Json => ({ family, amount: amountYuan, paidOn }));
  if (own.length === 0) return profile;
  const value: readonly Json[] = [...(ledger.value as readonly Json[]), ...own];
  return Object.assign(Object.create(null), profile, { "ledger.paid": { ...ledger, value } });
}
