import { addDays, type Day } from "../kernel/day.ts";
import { addWorkingDays } from "../kernel/working-day.ts";

/** A bank sends money back within two working days; a day later the payment stands. */
const RETURN_WORKING_DAYS = 3;

/**
 * Grants and awards by the administration are made public within seven working days.
 * Source: REQUIREMENTS A10 #2 (book pp. 1117, 1126–1127: 行政给付、行政奖励, 7 个工作日公开).
 */
const PUBLICATION_WORKING_DAYS = 7;

/** The first day on which a payment is published without the firm's word that it arrived. */
export function publishableFrom(bookedOn: Day): Day {
  return addWorkingDays(bookedOn, RETURN_WORKING_DAYS);
}

/** The last day on which publishing a payment is in time. */
export function publishBy(bookedOn: Day): Day {
  return addWorkingDays(bookedOn, PUBLICATION_WORKING_DAYS);
}

/** The newest booking that may be published today although nobody confirmed its receipt. */
export function newestPublishableBooking(today: Day): Day {
  return newestDay(today, (bookedOn) => publishableFrom(bookedOn) <= today);
}

/** The newest booking whose time for publication is over. */
export function newestOverdueBooking(today: Day): Day {
  return newestDay(today, (bookedOn) => publishBy(bookedOn) < today);
}

function newestDay(from: Day, holds: (day: Day) => boolean): Day {
  let day = from;
  while (!holds(day)) day = addDays(day, -1);
  return day;
}
