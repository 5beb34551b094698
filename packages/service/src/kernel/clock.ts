import { type Day, dayOf } from "./day.ts";

/** The only source of time; a demo and the tests move it by hand. */
export type Clock = { now(): Date };

export function today(clock: Clock): Day {
  return dayOf(clock.now());
}

/** A clock that stands still until someone moves it, and never runs backwards. */
export class SettableClock implements Clock {
  #now: Date;

  constructor(start: Date) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  moveTo(instant: Date): void {
    if (instant > this.#now) this.#now = instant;
  }
}
