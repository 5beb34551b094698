import type { TimeLimits } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { termOf, workingDaysBetween } from "../kernel/working-day.ts";

/** What a clock runs for: the limit of the law or policy, or the office's own promise (法定时限 · 承诺时限). */
export type ClockKind = "statutory" | "promised";

/** A limit in working days on one case, 调休 included; it runs from the day on which the money was kept for the firm. */
export type PaymentClock = Readonly<{
  kind: ClockKind;
  /** Label of the clause in source.md; absent where it is the house's own promise. */
  clause?: string;
  workingDays: number;
  startedOn: Day;
  /** The last day that is in time. */
  dueOn: Day;
  /** The calendar of its year is not published: the day may still move. */
  isProvisional: boolean;
  state: "running" | "overdue" | "kept" | "missed";
  /** Working days left, or late. */
  days: number;
}>;

/**
 * What the house holds itself to where a policy promises nothing: sent in three working days, and two for the bank to
 * book it. Firms are told only what their policy says.
 */
const HOUSE_PROMISE = { workingDays: 3 + 2 };

export type Run = Readonly<{ startedOn: Day; paidOn?: Day | undefined; today: Day }>;

/** The clocks of one case. The day of the event is not counted; the last day counts whole (民法典 §§201, 203). */
export function clocksOf(limits: TimeLimits | undefined, run: Run): PaymentClock[] {
  const { statutory, promised = HOUSE_PROMISE } = limits ?? {};
  return [...(statutory ? [clockOf("statutory", statutory, run)] : []), clockOf("promised", promised, run)];
}

type Limit = Readonly<{ workingDays: number; clause?: string }>;

function clockOf(kind: ClockKind, { workingDays, clause }: Limit, run: Run): PaymentClock {
  const { startedOn } = run;
  const { endsOn: dueOn, isProvisional } = termOf(startedOn, workingDays);
  const from = clause === undefined ? {} : { clause };
  return { kind, ...from, workingDays, startedOn, dueOn, isProvisional, ...stateOf(dueOn, run) };
}

function stateOf(dueOn: Day, { paidOn, today }: Run): Pick<PaymentClock, "state" | "days"> {
  const end = paidOn ?? today;
  const isLate = end > dueOn;
  const days = isLate ? workingDaysBetween(dueOn, end) : workingDaysBetween(end, dueOn);
  if (paidOn === undefined) return { state: isLate ? "overdue" : "running", days };
  return { state: isLate ? "missed" : "kept", days };
}

/** Whether a promise or the law was not kept, so that the public is told (政务失信). */
export function isBroken(clocks: readonly PaymentClock[]): boolean {
  return clocks.some(({ state }) => state === "overdue" || state === "missed");
}
