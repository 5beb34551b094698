import { derivedId } from "../kernel/id.ts";
import type { Fen } from "../kernel/money.ts";

/**
 * Where money of a budget line can be. `source` is the other side of an appropriation: what the
 * treasury gave. The next seven together are what was appropriated:
 *
 * * `available`: nobody's yet; `reserved`: kept for a firm that agreed; `committed`: two people have
 *   approved its payment; `in-transit`: it may be at the bank; `paid`: the statement shows it;
 * * `returned`: the bank sent it back and the firm has no new attempt yet; `carried`: gone on to the
 *   next year's line.
 *
 * Beside them stands what firms owe back of what was paid: `claimed` is the other side of `receivable`, and of
 * `recovered` once it is here. That goes to the treasury; a line has it again when it is appropriated again.
 */
export const buckets = [
  "source",
  "available",
  "reserved",
  "committed",
  "in-transit",
  "paid",
  "returned",
  "carried",
  "claimed",
  "receivable",
  "recovered",
] as const;
export type Bucket = (typeof buckets)[number];

/** Money goes from one bucket of a budget line to another, once per business key. */
export type Move = Readonly<{
  line: string;
  /** What happened, so that hearing of it twice moves nothing twice: `settle:<payment>`. */
  businessKey: string;
  from: Bucket;
  to: Bucket;
  amountFen: Fen;
}>;

/** One side of a move; the two sides of a business key sum to zero. Append-only. */
export type Posting = Readonly<{
  id: string;
  budgetLine: string;
  businessKey: string;
  bucket: Bucket;
  amountFen: bigint;
  at: Date;
}>;

/** Double entry: what one bucket gives, the other takes. */
export function postingsOf({ line, businessKey, from, to, amountFen }: Move, at: Date): readonly [Posting, Posting] {
  if (amountFen <= 0n)
    throw new Error(`${businessKey}: ${amountFen} 分 cannot move; corrections are moves the other way`);
  if (from === to) throw new Error(`${businessKey}: money cannot move from ${from} to itself`);
  const side = (bucket: Bucket, amount: bigint): Posting => ({
    id: derivedId("posting", businessKey, bucket),
    budgetLine: line,
    businessKey,
    bucket,
    amountFen: amount,
    at,
  });
  return [side(from, -amountFen), side(to, amountFen)];
}

type Share = Readonly<{ line: string; amountFen: Fen }>;

/** The treasury appropriates (指标下达). */
export function appropriation({ line, amountFen }: Share, document: string): Move {
  return { line, businessKey: `appropriate:${line}:${document}`, from: "source", to: "available", amountFen };
}

/** The firm agreed: the money is kept for it. */
export function reservation({ line, amountFen }: Share, businessKey: string): Move {
  return { line, businessKey, from: "available", to: "reserved", amountFen };
}

/** The entitlement fell away before it was paid: what was kept for it is free again. */
export function release({ line, amountFen }: Share, entitlementId: string, consentId: string): Move {
  const businessKey = `release:${entitlementId}:${consentId}`;
  return { line, businessKey, from: "reserved", to: "available", amountFen };
}

/** What of it had come back from the bank and lay aside. */
export function releaseReturned({ line, amountFen }: Share, entitlementId: string, consentId: string): Move {
  const businessKey = `release-returned:${entitlementId}:${consentId}`;
  return { line, businessKey, from: "returned", to: "available", amountFen };
}

/** The second person has approved the payment. */
export function commitment({ line, amountFen }: Share, paymentId: string): Move {
  return { line, businessKey: `commit:${paymentId}`, from: "reserved", to: "committed", amountFen };
}

/** From now on the money may have left. */
export function departure({ line, amountFen }: Share, paymentId: string): Move {
  return { line, businessKey: `send:${paymentId}`, from: "committed", to: "in-transit", amountFen };
}

/** The bank's statement shows the debit. */
export function settlement({ line, amountFen }: Share, paymentId: string): Move {
  return { line, businessKey: `settle:${paymentId}`, from: "in-transit", to: "paid", amountFen };
}

/** The bank refused to pay: nothing had left, and it is kept for the firm's next attempt. */
export function refusal({ line, amountFen }: Share, paymentId: string): Move {
  return { line, businessKey: `back:${paymentId}`, from: "in-transit", to: "reserved", amountFen };
}

/** The bank sent the money back: it lies aside until the firm has named where it shall go. */
export function comeback({ line, amountFen }: Share, paymentId: string, from: "in-transit" | "paid"): Move {
  return { line, businessKey: `back:${paymentId}`, from, to: "returned", amountFen };
}

/** A new attempt takes up what had come back. */
export function renewal({ line, amountFen }: Share, paymentId: string): Move {
  return { line, businessKey: `again:${paymentId}`, from: "returned", to: "reserved", amountFen };
}

/** What is kept, came back or is nobody's leaves for the next year's line… */
export function carryOut({ line, amountFen }: Share, key: string, from: "available" | "reserved" | "returned"): Move {
  return { line, businessKey: `carry-out:${line}:${key}`, from, to: "carried", amountFen };
}

/** …and is there what it was here. */
export function carryIn({ line, amountFen }: Share, key: string, to: "available" | "reserved" | "returned"): Move {
  return { line, businessKey: `carry-in:${line}:${key}`, from: "source", to, amountFen };
}

/** What is nobody's goes back to the treasury when the year ends (收回). */
export function lapse({ line, amountFen }: Share, document: string): Move {
  return { line, businessKey: `lapse:${line}:${document}`, from: "available", to: "source", amountFen };
}

/** A second person has decided that it has to come back. */
export function claim({ line, amountFen }: Share, recoveryId: string): Move {
  return { line, businessKey: `claim:${recoveryId}`, from: "claimed", to: "receivable", amountFen };
}

/** A newer correction says that so much was never owed. */
export function unclaim({ line, amountFen }: Share, recoveryId: string, reassessmentId: string): Move {
  const businessKey = `unclaim:${recoveryId}:${reassessmentId}`;
  return { line, businessKey, from: "receivable", to: "claimed", amountFen };
}

/** The bank's statement shows the credit. */
export function repayment({ line, amountFen }: Share, statementLineId: string): Move {
  return { line, businessKey: `repay:${statementLineId}`, from: "receivable", to: "recovered", amountFen };
}

/** It is kept back of what had come back from the bank: from now on it is kept, while the rest goes on lying aside. */
export function offsetKept({ line, amountFen }: Share, offsetId: string): Move {
  return { line, businessKey: `offset-kept:${offsetId}`, from: "returned", to: "reserved", amountFen };
}

/** What was kept back of a benefit is paid by a debt; the debt's line has it back. */
export function offsetPaid({ line, amountFen }: Share, offsetId: string): Move {
  return { line, businessKey: offsetPaidKey(offsetId), from: "reserved", to: "paid", amountFen };
}

export function offsetBack({ line, amountFen }: Share, offsetId: string): Move {
  return { line, businessKey: `offset-back:${offsetId}`, from: "receivable", to: "recovered", amountFen };
}

/** The benefit is withdrawn: its part is free again on the line that paid it, and the debt is owed again. */
export function offsetFellAway(
  { benefit, debt, amountFen }: Readonly<{ benefit: string; debt: string; amountFen: Fen }>,
  offsetId: string,
): readonly [Move, Move] {
  return [
    { line: benefit, businessKey: `offset-unpaid:${offsetId}`, from: "paid", to: "available", amountFen },
    { line: debt, businessKey: `offset-unback:${offsetId}`, from: "recovered", to: "receivable", amountFen },
  ];
}

/** The key under which a set-off pays its benefit's part. */
export function offsetPaidKey(offsetId: string): string {
  return `offset-paid:${offsetId}`;
}

/** The key under which a firm's consent reserves money, at once or later from the waiting list. */
export function reservationKey(entitlementId: string, consentId: string): string {
  return `reserve:${entitlementId}:${consentId}`;
}
