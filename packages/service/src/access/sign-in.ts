import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountStore, Principal } from "./account.ts";
import { hashPassword, passwordMatches } from "./password.ts";
import { type SessionStore, sessionEnd, tokenHashOf } from "./session.ts";

export type SignInDeps = Readonly<{
  transaction: Transaction<Readonly<{ accounts: AccountStore; sessions: SessionStore }>>;
  /** Real time: moving the clock of a demonstration signs nobody out. */
  wallClock: Clock;
  random: Random;
}>;

export type SignedIn = Readonly<{ principal: Principal; token: string; expiresAt: Date }>;

/**
 * Opens a new session, never an existing one. Wrong login and wrong password answer alike and take
 * equally long, so nobody can find out which firms have an account.
 *
 * @throws DomainError sign-in-failed
 */
export async function signIn(deps: SignInDeps, login: string, password: string): Promise<SignedIn> {
  const { transaction, wallClock, random } = deps;
  const found = await transaction(({ accounts }) => accounts.findByLogin(login.trim()));
  const matches = await passwordMatches(password, found?.passwordHash ?? (await decoy));
  if (!found || !matches) {
    throw new DomainError("sign-in-failed", "登录名或密码不对，请重新输入。Login or password is wrong; try again.");
  }
  const { principal } = found;
  const token = random.token();
  const at = wallClock.now();
  const expiresAt = sessionEnd(principal, at);
  const { accountId } = principal;
  await transaction(({ sessions }) =>
    sessions.open({ tokenHash: tokenHashOf(token), accountId, csrfToken: random.token(), at, expiresAt }),
  );
  return { principal, token, expiresAt };
}

/** Ends a session for good; the same cookie opens nothing any more. */
export function signOut({ transaction }: Pick<SignInDeps, "transaction">, token: string): Promise<void> {
  return transaction(({ sessions }) => sessions.close(tokenHashOf(token)));
}

const decoy = hashPassword("no account has this password");
