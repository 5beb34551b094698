import { type Clock, today } from "../kernel/clock.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";

/** `--as-of DATE`, or today. @throws DomainError bad-input */
export function dayOption(written: string | undefined, clock: Clock): Day {
  if (written === undefined) return today(clock);
  const day = parseDay(written);
  if (day) return day;
  throw new DomainError("bad-input", `--as-of: "${written}" is not a day like 2025-10-31.`, { asOf: written });
}
