import type { Clock } from "../kernel/clock.ts";
import { addDays, type Day, dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Fen } from "../kernel/money.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { AccountStore } from "./account.ts";
import { type DelegatedPolicies, type DelegationStore, LONGEST_DELEGATION_DAYS } from "./delegation.ts";
import { hashPassword } from "./password.ts";
import type { SessionStore } from "./session.ts";

type Stores = Readonly<{ accounts: AccountStore; delegations: DelegationStore; journal: Journal }>;
export type DelegateDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock; random: Random }>;

export type Grant = Readonly<{
  firmCode: string;
  /** Account id of the representative. */
  actor: string;
  requestKey: string;
  displayName: string;
  policies: DelegatedPolicies;
  capFen: Fen;
  expiresOn: Day;
}>;

/** What the new person signs in with; shown this once. */
export type DelegateKey = Readonly<{ login: string; password: string }>;

/**
 * The representative lets somebody act for the firm: a login of its own, with bounds and an end.
 * The same form sent twice makes one delegate, and answers nothing the second time.
 *
 * @throws DomainError bad-input for a cap, an end or a scope that is none
 */
export async function grantDelegation(deps: DelegateDeps, grant: Grant): Promise<DelegateKey | undefined> {
  const { firmCode, actor, requestKey, displayName, policies, capFen, expiresOn } = grant;
  const at = deps.clock.now();
  refuseUnbounded(grant, dayOf(at));
  const password = deps.random.token();
  const passwordHash = await hashPassword(password);
  const id = derivedId("delegation", firmCode, requestKey);
  const accountId = derivedId("account", firmCode, requestKey);
  return deps.transaction(async ({ accounts, delegations, journal }) => {
    const login = `${firmCode}-${(await delegations.countPeople(firmCode)) + 1}`;
    if (await delegations.find(id)) return undefined;
    const person = { id: accountId, login, role: "enterprise", standing: "delegate", displayName, firmCode } as const;
    await accounts.openAll([{ ...person, passwordHash, at }]);
    const bounds = { policies, capFen, expiresOn };
    await delegations.insert({ id, firmCode, accountId, ...bounds, grantedBy: actor, grantedAt: at });
    const said = policies === "all" ? policies : [...policies];
    const payload = { firmCode, accountId, policies: said, capFen: String(capFen), expiresOn };
    await journal.append({ type: "delegation-granted", subject: id, actor, at, payload });
    return { login, password };
  });
}

type RevokeStores = Omit<Stores, "accounts"> & Readonly<{ sessions: SessionStore }>;
export type RevokeDeps = Readonly<{ transaction: Transaction<RevokeStores>; clock: Clock }>;

/** Whoever was let in by it is out at once. Revoking twice says nothing more. @throws DomainError delegation-not-found, also for another firm's */
export function revokeDelegation(
  { transaction, clock }: RevokeDeps,
  { id, firmCode, actor }: Readonly<{ id: string; firmCode: string; actor: string }>,
): Promise<void> {
  return transaction(async ({ delegations, sessions, journal }) => {
    await delegations.countPeople(firmCode); // one at a time within a firm
    const known = await delegations.find(id);
    if (known?.firmCode !== firmCode) {
      throw new DomainError("delegation-not-found", "没有这项授权。No such delegation.", { id });
    }
    if (known.revoked) return;
    const at = clock.now();
    await delegations.revoke(id, actor, at);
    await sessions.closeOf(known.accountId);
    const payload = { firmCode, accountId: known.accountId };
    await journal.append({ type: "delegation-revoked", subject: id, actor, at, payload });
  });
}

function refuseUnbounded({ policies, capFen, expiresOn }: Grant, day: Day): void {
  const latest = addDays(day, LONGEST_DELEGATION_DAYS);
  if (capFen > 0n && policies.length > 0 && day <= expiresOn && expiresOn <= latest) return;
  throw new DomainError(
    "bad-input",
    `授权要有范围、上限，和 ${day} 至 ${latest} 之间的到期日。A delegation needs a scope, a cap, and an end from ${day} to ${latest}.`,
  );
}
