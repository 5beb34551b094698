import type { Clock } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { IdentityStore } from "./admit-identity.ts";
import type { CodeStore } from "./one-time-code.ts";
import type { SessionStore } from "./session.ts";
import type { TryCounts } from "./try-limit.ts";

type OwnDeps = Readonly<{ transaction: Transaction<Readonly<{ sessions: SessionStore }>> }>;

/** Ends one of a person's own sessions. Ending it twice says nothing more, nor does another's. */
export async function endOwnSession({ transaction }: OwnDeps, accountId: string, id: string): Promise<void> {
  await transaction(({ sessions }) => sessions.closeOf(accountId, id));
}

type EndingStores = Readonly<{ sessions: SessionStore; journal: Journal }>;
export type EndingDeps = Readonly<{ transaction: Transaction<EndingStores>; clock: Clock }>;

export type Ending = Readonly<{
  accountId: string;
  /** Account id of who ends them: the person, or an administrator. */
  actor: string;
  /** In words, by an administrator. */
  reason: string;
}>;

/** Ends every session of an account, on every machine, and writes down who did. @returns how many there were */
export function endAllSessions({ transaction, clock }: EndingDeps, ending: Ending): Promise<number> {
  const { accountId, actor, reason } = ending;
  return transaction(async ({ sessions, journal }) => {
    const ended = await sessions.closeOf(accountId);
    const payload = { sessions: ended, reason };
    await journal.append({ type: "sessions-ended", subject: accountId, actor, at: clock.now(), payload });
    return ended;
  });
}

type SweepStores = Readonly<{
  sessions: SessionStore;
  identities: IdentityStore;
  codes: CodeStore;
  tries: TryCounts;
}>;
export type CloseDeps = Readonly<{ transaction: Transaction<SweepStores>; wallClock: Clock }>;

export type Closed = Readonly<{ sessions: number; delegates: number; leftovers: number }>;

/**
 * Takes out what time has ended: sessions, sign-ins under way, codes, counts; and the sessions of delegates whose
 * delegation has run out, so that they come in anew, to read only.
 */
export function closeEnded({ transaction, wallClock }: CloseDeps, day: Day): Promise<Closed> {
  const now = wallClock.now();
  return transaction(async ({ sessions, identities, codes, tries }) => ({
    sessions: await sessions.closeExpired(now),
    delegates: await sessions.closeOfEndedDelegates(day),
    leftovers: (await identities.dropExpired(now)) + (await codes.dropExpired(now)) + (await tries.dropEnded(now)),
  }));
}
