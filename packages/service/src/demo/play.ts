import type { SettableClock } from "../kernel/clock.ts";
import { addDays, type Day, dayOf, startOfDay } from "../kernel/day.ts";
import { type CrowdDeps, letCheckerApprove, letPeopleAct } from "./crowd.ts";

/** The moments of a day at which something can happen, Shanghai time. */
export const moments = [
  { at: "02:00", what: { zh: "逾期关闭、夜间智能匹配", en: "Deadlines, nightly match" } },
  {
    at: "10:00",
    what: { zh: "通知和提醒企业，财政经办编制拨付批次", en: "Firms are told; finance drafts a payment batch" },
  },
  { at: "14:00", what: { zh: "企业答复、确认到账、更正账户", en: "Firms answer, confirm receipts, correct accounts" } },
  {
    at: "16:00",
    what: {
      zh: "财政复核批次（您可以先去复核），发往银行",
      en: "A second official approves (you may be first); off to the bank",
    },
  },
  { at: "18:00", what: { zh: "银行回单、对账、结果公示", en: "Bank statements, reconciliation, publication" } },
] as const;
export type Moment = (typeof moments)[number];

export type PlayDeps = CrowdDeps &
  Readonly<{
    clock: SettableClock;
    bank: Readonly<{ run(now: Date): Promise<void> }>;
    /** Departments hand over what is due on a day; what came before changes nothing. */
    deliver(day: Day): Promise<void>;
    /** Writes the simulated time down before anything happens at it. */
    keepTime(now: Date): Promise<void>;
    runDue(): Promise<void>;
  }>;

/** The next moment after an instant. */
export function nextMoment(after: Date): Readonly<{ at: Date; moment: Moment }> {
  const today = dayOf(after);
  for (const day of [today, addDays(today, 1)]) {
    for (const moment of moments) {
      const at = instantOf(day, moment);
      if (at > after) return { at, moment };
    }
  }
  throw new Error("a day has moments");
}

/** Moves the clock to an instant, stopping at every moment on the way. */
export async function playUntil(deps: PlayDeps, end: Date): Promise<void> {
  for (;;) {
    const { at, moment } = nextMoment(deps.clock.now());
    if (at > end) break;
    await live(deps, at, moment);
  }
  await deps.keepTime(end);
  deps.clock.moveTo(end);
}

/** Everything that happens at one moment. Repeating it after a crash completes it. */
export async function live(deps: PlayDeps, at: Date, moment: Moment): Promise<void> {
  await deps.keepTime(at);
  deps.clock.moveTo(at);
  if (moment.at === "02:00") await deps.deliver(dayOf(at));
  if (moment.at === "14:00") await letPeopleAct(deps);
  if (moment.at === "16:00") await letCheckerApprove(deps);
  await deps.bank.run(at);
  await deps.runDue(); // its last job takes the journal forward
}

/** The moment that the clock stands at, if it stands at one: it may have been interrupted. */
export function momentAt(now: Date): Moment | undefined {
  const day = dayOf(now);
  return moments.find((moment) => instantOf(day, moment).getTime() === now.getTime());
}

function instantOf(day: Day, { at }: Moment): Date {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return new Date(startOfDay(day).getTime() + (hour * 60 + minute) * 60_000);
}
