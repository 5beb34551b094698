import { addDays, type Day, dayOf, parseDay, startOfDay } from "./kernel/day.ts";
import { isWorkingDay } from "./kernel/working-day.ts";

/**
 * When a job is due, in Shanghai time. Both the cron expression and the list of missed slots come
 * from it, so that the two cannot disagree.
 */
export type Schedule =
  | Readonly<{ kind: "daily"; at: `${number}:${number}`; days: "all" | "working" }>
  | Readonly<{ kind: "every"; minutes: 1 | 5 | 10 | 15 | 30 | 60 }>;

export function cronExpression(schedule: Schedule): string {
  if (schedule.kind === "every") return schedule.minutes === 60 ? "0 * * * *" : `*/${schedule.minutes} * * * *`;
  const [hour, minute] = schedule.at.split(":").map(Number);
  return `${minute} ${hour} * * *`;
}

/** `2025-11-03T02:00` in Shanghai time; sorts as text. */
export type Slot = string;

/** The newest slot at or before `now`; `undefined` when none is later than `after`. */
export function dueSlot(schedule: Schedule, now: Date, after: Slot | undefined): Slot | undefined {
  const slot = schedule.kind === "every" ? latestTick(schedule.minutes, now) : latestDaily(schedule, now);
  return slot !== undefined && (after === undefined || slot > after) ? slot : undefined;
}

/** The instant at which a slot begins. */
export function slotInstant(slot: Slot): Date {
  return new Date(`${slot}:00+08:00`);
}

function latestTick(minutes: number, now: Date): Slot {
  const step = minutes * 60_000;
  return slotOf(new Date(Math.floor(now.getTime() / step) * step));
}

function latestDaily({ at, days }: Extract<Schedule, { kind: "daily" }>, now: Date): Slot | undefined {
  const today = dayOf(now);
  // Two weeks back is farther than any run of holidays.
  for (let back = 0; back < 15; back += 1) {
    const day = addDays(today, -back);
    const slot = `${day}T${at}`;
    if (slotInstant(slot) <= now && (days === "all" || isWorkingDay(day) !== "no")) return slot;
  }
  return undefined;
}

export function slotOf(instant: Date): Slot {
  const day = dayOf(instant);
  const minutes = Math.floor((instant.getTime() - startOfDay(day).getTime()) / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The day that a slot belongs to. */
export function slotDay(slot: Slot): Day {
  const day = parseDay(slot.slice(0, 10));
  if (!day) throw new Error(`not a slot: ${slot}`);
  return day;
}
