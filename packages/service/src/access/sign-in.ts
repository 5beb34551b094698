import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountStore } from "./account.ts";
import { type Doorstep, openSession, type SignedIn } from "./open-session.ts";
import { hashPassword, isPasswordHash, passwordMatches } from "./password.ts";
import { type SessionStore, tokenHashOf } from "./session.ts";
import { countTry, subjectOf, type TryCounts, type TryLimit } from "./try-limit.ts";

/**
 * Wrong passwords in a row for one login, from wherever they come (OWASP ASVS 6.3.1). Whoever locks somebody out
 * by guessing locks this way in alone: identity and code stay open.
 */
const WRONG_PASSWORDS: TryLimit = { name: "password tried", most: 20, minutes: 15 };

export type SignInDeps = Readonly<{
  transaction: Transaction<Readonly<{ accounts: AccountStore; sessions: SessionStore; tries: TryCounts }>>;
  /** Real time: moving the clock of a demonstration signs nobody out. */
  wallClock: Clock;
  random: Random;
}>;

/**
 * Wrong login and wrong password answer alike and take equally long, so nobody can find out which firms
 * have an account, nor which accounts have no password.
 *
 * @throws DomainError sign-in-failed, too-many-tries
 */
export async function signIn(
  deps: SignInDeps,
  { login, password }: Readonly<{ login: string; password: string }>,
  doorstep: Doorstep,
): Promise<SignedIn> {
  const { transaction, wallClock } = deps;
  // Counted before it is looked at, or guesses at once would all be free.
  await countTry(deps, WRONG_PASSWORDS, login, wallClock.now());
  const found = await transaction(({ accounts }) => accounts.findByLogin(login.trim()));
  const stored = found && isPasswordHash(found.passwordHash) ? found.passwordHash : await decoy;
  const matches = await passwordMatches(password, stored);
  if (!found || !matches || stored !== found.passwordHash) {
    throw new DomainError("sign-in-failed", "登录名或密码不对，请重新输入。Login or password is wrong; try again.");
  }
  const { principal } = found;
  return transaction(async ({ sessions, tries }) => {
    await tries.forget(subjectOf(WRONG_PASSWORDS.name, login));
    return openSession(sessions, deps, { ...doorstep, principal, method: "password" });
  });
}

/** Ends a session for good; the same cookie opens nothing any more. */
export function signOut({ transaction }: Pick<SignInDeps, "transaction">, token: string): Promise<void> {
  return transaction(({ sessions }) => sessions.close(tokenHashOf(token)));
}

const decoy = hashPassword("no account has this password");
