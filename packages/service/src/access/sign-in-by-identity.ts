import type { Clock } from "../kernel/clock.ts";
import { sha256 } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountStore } from "./account.ts";
import { admitIdentity, type IdentityStore } from "./admit-identity.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { type Doorstep, openSession, type SignedIn } from "./open-session.ts";
import type { SessionStore } from "./session.ts";

type Stores = Readonly<{ accounts: AccountStore; identities: IdentityStore; sessions: SessionStore }>;
export type IdentitySignInDeps = Readonly<{
  transaction: Transaction<Stores>;
  wallClock: Clock;
  random: Random;
  identityProvider: IdentityProvider;
}>;

/** How long somebody may take at the provider. */
const MINUTES = 10;

export type BegunSignIn = Readonly<{
  /** For a cookie: only the browser that began may end it. */
  token: string;
  address: URL;
  expiresAt: Date;
}>;

/**
 * Sends a browser to the provider. What its answer must fit stays here.
 *
 * @param next a path of this site
 * @param isFresh whether the provider must ask who it is even where it knows
 * @throws DomainError identity-unavailable
 */
export async function beginIdentitySignIn(
  { transaction, wallClock, random, identityProvider }: IdentitySignInDeps,
  { next, isFresh }: Readonly<{ next: string | undefined; isFresh: boolean }>,
): Promise<BegunSignIn> {
  const proof = { state: random.token(), nonce: random.token(), codeVerifier: random.token() };
  const address = await identityProvider.addressFor(proof, isFresh);
  const token = random.token();
  const at = wallClock.now();
  const expiresAt = new Date(at.getTime() + MINUTES * 60_000);
  const pending = { tokenHash: hashOf(token), ...proof, ...(next !== undefined && { next }), at, expiresAt };
  await transaction(({ identities }) => identities.begin(pending));
  return { token, address, expiresAt };
}

/**
 * Takes a browser in that comes back from the provider. What it began is taken out before anybody is asked, so
 * the same answer counts once, whoever brings it again.
 *
 * @param token of the browser that comes back; absent where it began nothing
 * @throws DomainError identity-expired | identity-cancelled | identity-refused | identity-unknown | identity-unavailable
 */
export async function finishIdentitySignIn(
  deps: IdentitySignInDeps,
  { token, callback }: Readonly<{ token: string | undefined; callback: URL }>,
  doorstep: Doorstep,
): Promise<SignedIn & Readonly<{ next?: string }>> {
  const { transaction, wallClock, identityProvider } = deps;
  const begun =
    token === undefined
      ? undefined
      : await transaction(({ identities }) => identities.take(hashOf(token), wallClock.now()));
  if (!begun) {
    throw new DomainError(
      "identity-expired",
      "这次登录已经用过或过期，请重新开始。This sign-in was used or has expired; begin again.",
    );
  }
  const identity = await identityProvider.identityFrom(callback, begun);
  const signedIn = await transaction(async (stores) => {
    const principal = await admitIdentity(stores, identity, wallClock.now());
    return openSession(stores.sessions, deps, { ...doorstep, principal, method: "identity" });
  });
  return { ...signedIn, ...(begun.next !== undefined && { next: begun.next }) };
}

function hashOf(token: string): string {
  return sha256(`identity-sign-in\u0000${token}`);
}
