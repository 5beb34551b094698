import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Transaction } from "../kernel/transaction.ts";

/** At most so many within a span; spans follow each other by the clock, so a lock ends by itself. */
export type TryLimit = Readonly<{ name: string; most: number; minutes: number }>;

/** Counts as one transaction sees them, the same for every instance. */
export type TryCounts = {
  /** Counts one more. @returns how many there are within the span by now */
  add(key: string, span: Readonly<{ beganAt: Date; endsAt: Date }>): Promise<number>;
  /** Forgets what was counted for it. */
  forget(key: string): Promise<void>;
  dropEnded(now: Date): Promise<number>;
};

type Deps = Readonly<{ transaction: Transaction<Readonly<{ tries: TryCounts }>> }>;

/**
 * Counts a try and refuses it where there were too many. Counted in a transaction of its own, or the refusal would
 * undo the count. Nobody is remembered by name: the store sees digests.
 *
 * @throws DomainError too-many-tries, with `retryAt` as an ISO instant
 */
export async function countTry({ transaction }: Deps, limit: TryLimit, whose: string, now: Date): Promise<void> {
  const lengthMs = limit.minutes * 60_000;
  const beganAt = new Date(Math.floor(now.getTime() / lengthMs) * lengthMs);
  const endsAt = new Date(beganAt.getTime() + lengthMs);
  const key = subjectOf(limit.name, whose);
  const tries = await transaction((stores) => stores.tries.add(key, { beganAt, endsAt }));
  if (tries <= limit.most) return;
  const retryAt = endsAt.toISOString();
  throw new DomainError("too-many-tries", "尝试次数太多，请稍后再试。Too many tries; please try again later.", {
    retryAt,
  });
}

/** Digest of who is meant, apart for each purpose. Upper and lower case are the same login. */
export function subjectOf(purpose: string, whose: string): string {
  return sha256(["try", purpose, whose.trim().toUpperCase()].join("\u0000"));
}
