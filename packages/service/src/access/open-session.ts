import type { Clock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import type { Principal } from "./account.ts";
import { type SessionStore, type SignInMethod, sessionIdOf, sessionLimits, tokenHashOf } from "./session.ts";

/** Where somebody signs in from. */
export type Doorstep = Readonly<{
  /** At a terminal that the next person uses. */
  isKiosk: boolean;
  /** Token of the session that this browser had until now; it ends, whosever it was. */
  replaces?: string | undefined;
}>;

export type SignedIn = Readonly<{ principal: Principal; token: string; expiresAt: Date }>;

/**
 * Opens a new session in the caller's transaction, and never goes on with one that a browser brought along:
 * whoever planted a cookie there must not share what follows.
 */
export async function openSession(
  sessions: SessionStore,
  { wallClock, random }: Readonly<{ wallClock: Clock; random: Random }>,
  { principal, method, isKiosk, replaces }: Doorstep & Readonly<{ principal: Principal; method: SignInMethod }>,
): Promise<SignedIn> {
  if (replaces !== undefined) await sessions.close(tokenHashOf(replaces));
  const at = wallClock.now();
  const token = random.token();
  const tokenHash = tokenHashOf(token);
  const limits = sessionLimits(principal.role, isKiosk, at);
  const { accountId } = principal;
  const csrfToken = random.token();
  await sessions.open({ id: sessionIdOf(tokenHash), tokenHash, accountId, csrfToken, method, isKiosk, at, ...limits });
  return { principal, token, expiresAt: limits.expiresAt };
}
