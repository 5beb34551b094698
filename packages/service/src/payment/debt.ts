import type { TimeLimits } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";
import { workingDaysBetween } from "../kernel/working-day.ts";
import { clocksOf, isBroken, type PaymentClock } from "./payment-clock.ts";

/** An approved benefit and how long its firm has waited, whichever year, policy or office it is from by now. */
export type Debt = Readonly<{
  entitlementId: string;
  firmCode: string;
  firmName: string;
  regionCode: string;
  policyId: string;
  policyVersionId: string;
  budgetLine: string;
  lineTitle: string;
  /** The office that answers for the line now. */
  department?: string;
  amountFen: Fen;
  /** The day on which the money was kept for the firm; after a returned payment, on which it could go out again. */
  startedOn: Day;
  /** The day on which the bank booked it. */
  paidOn?: Day;
  /** The bank refused the account and the firm has not named another: nobody is late but the firm. */
  waitsForFirm: boolean;
}>;

/** Debts as they stand now: read, never written. */
export type Debts = {
  /** Everything that is approved and not paid; a part of an award only from its day on. */
  unpaid(today: Day): Promise<Debt[]>;
  /** Paid on this day or later, and more calendar days after the start than the shortest limit has. */
  paidSlowly(since: Day, moreThanDays: number): Promise<Debt[]>;
  /** That of one benefit, paid or not; `undefined` while no money is kept for it. */
  of(entitlementId: string): Promise<Debt | undefined>;
};

export type TimedDebt = Debt & Readonly<{ ageWorkingDays: number; clocks: readonly PaymentClock[] }>;

/** Puts the clocks on a debt. While the firm has to act, no clock of the office runs. */
export function timed(debt: Debt, limits: TimeLimits | undefined, today: Day): TimedDebt {
  const { startedOn, paidOn, waitsForFirm } = debt;
  const clocks = waitsForFirm ? [] : clocksOf(limits, { startedOn, paidOn, today });
  return { ...debt, ageWorkingDays: workingDaysBetween(startedOn, paidOn ?? today), clocks };
}

/** The longest late first; then the oldest. */
export function byLateness(debts: readonly TimedDebt[]): TimedDebt[] {
  const lateness = ({ clocks }: TimedDebt) =>
    Math.max(0, ...clocks.map(({ state, days }) => (state === "overdue" || state === "missed" ? days : 0)));
  return debts.toSorted(
    (a, b) =>
      lateness(b) - lateness(a) || b.ageWorkingDays - a.ageWorkingDays || (a.entitlementId < b.entitlementId ? -1 : 1),
  );
}

/** What the public is told of by itself: promises and laws that were not kept. */
export function brokenPromises(debts: readonly TimedDebt[]): TimedDebt[] {
  return byLateness(debts.filter(({ clocks }) => isBroken(clocks)));
}
