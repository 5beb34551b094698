const QUIET_FROM_HOUR = 21;
const QUIET_UNTIL_HOUR = 8;
const CHINA_OFFSET_HOURS = 8;

/** Between 21:00 and 08:00 in China people are left alone; machines are not. */
export function isQuiet(instant: Date): boolean {
  const hour = (instant.getUTCHours() + CHINA_OFFSET_HOURS) % 24;
  return hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR;
}
