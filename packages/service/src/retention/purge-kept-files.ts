import { KEPT_FILE_YEARS } from "../facts/privacy.ts";
import { today } from "../kernel/clock.ts";
import { yearsBefore } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { PurgeDeps, RetentionStore } from "./purge-facts.ts";

/**
 * Lets departments' files go that people dealt with long enough ago: held deliveries that were released or refused, and lists
 * of names. Who decided what, why and about which digest stays. What still waits for people stays whole, however old.
 *
 * @returns how many went
 */
export async function purgeKeptFiles<Of extends Readonly<{ retention: RetentionStore; journal: Journal }>>({
  transaction,
  clock,
}: PurgeDeps<Of>): Promise<number> {
  return transaction(async ({ retention, journal }) => {
    const at = clock.now();
    const before = yearsBefore(today(clock), KEPT_FILE_YEARS);
    const { held, lists } = await retention.purgeFiles(before, at);
    if (held + lists === 0) return 0;
    await journal.append({
      ...{
        type: "kept-files-purged",
        subject: derivedId("kept-files-purge", at.toISOString()),
        actor: "system:retention",
        at,
      },
      payload: { before, held, lists },
    });
    return held + lists;
  });
}
