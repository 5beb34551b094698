import type { PrivacyClass, Vocabulary } from "@apply-free/rules";
import { treatments } from "../facts/privacy.ts";
import { type Clock, today } from "../kernel/clock.ts";
import { type Day, yearsBefore } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";

/** Facts of one class whose time is over, and that nothing rests on. */
export type Overdue = Readonly<{ privacy: PrivacyClass; factIds: readonly string[]; before: Day }>;

export type RetentionStore = {
  /** The vocabulary of the policies in force; `undefined` before any is published. */
  vocabulary(): Promise<Vocabulary | undefined>;
  count(overdue: Overdue): Promise<number>;
  /** Puts the purge on record and lets the facts go. Answers how many went. */
  purge(id: string, overdue: Overdue, expected: number, at: Date): Promise<number>;
  /** Lets the bytes go of held deliveries and lists of names that people dealt with before that day. Answers how many files went. */
  purgeFiles(before: Day, at: Date): Promise<Readonly<{ held: number; lists: number }>>;
};

type Stores = Readonly<{ retention: RetentionStore; journal: Journal }>;
export type PurgeDeps<Of extends Stores = Stores> = Readonly<{ transaction: Transaction<Of>; clock: Clock }>;

/**
 * Lets facts go whose class says that they were kept long enough. What a decision was made from, and
 * what a firm disputes, stays as long as the decision and the dispute do.
 *
 * @returns how many went
 */
export async function purgeFacts<Of extends Stores>({ transaction, clock }: PurgeDeps<Of>): Promise<number> {
  return transaction(async ({ retention, journal }) => {
    const vocabulary = await retention.vocabulary();
    if (!vocabulary) return 0;
    let all = 0;
    for (const overdue of overdueOn(today(clock), vocabulary)) {
      const expected = await retention.count(overdue);
      if (expected === 0) continue;
      const { privacy, before } = overdue;
      const at = clock.now();
      const id = derivedId("fact-purge", privacy, at.toISOString());
      const purged = await retention.purge(id, overdue, expected, at);
      if (purged !== expected) {
        throw new DomainError("changed-meanwhile", "清理期间数据有变化，下次再清理。Facts changed meanwhile.", {
          privacy,
        });
      }
      await journal.append({
        ...{ type: "facts-purged", subject: id, actor: "system:retention", at },
        payload: { privacy, before, purged },
      });
      all += purged;
    }
    return all;
  });
}

/** Per class, the facts of the vocabulary and the first day that is still kept. */
export function overdueOn(now: Day, vocabulary: Vocabulary): Overdue[] {
  const byClass = Map.groupBy([...vocabulary.facts], ([, { privacy }]) => privacy);
  return [...byClass].map(([privacy, facts]) => ({
    privacy,
    factIds: facts.map(([id]) => id),
    before: yearsBefore(now, treatments[privacy].keptYears),
  }));
}
