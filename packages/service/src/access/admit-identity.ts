import { DomainError } from "../kernel/errors.ts";
import { derivedId } from "../kernel/id.ts";
import type { AccountStore, Principal } from "./account.ts";
import type { Identity } from "./identity.ts";
import { NO_PASSWORD } from "./password.ts";

/** Identities and sign-ins under way, as one transaction sees them. */
export type IdentityStore = {
  /** How a person is known here: by blind index of what the provider calls it, and of the firm it came for. */
  indexOf(identity: Pick<Identity, "issuer" | "subject" | "firmCode">): string;
  accountOf(subjectIndex: string): Promise<string | undefined>;
  /** Whether somebody of this issuer signs in to the account already. */
  isTaken(issuer: string, accountId: string): Promise<boolean>;
  link(link: Readonly<{ subjectIndex: string; issuer: string; accountId: string; at: Date }>): Promise<void>;
  begin(pending: PendingSignIn): Promise<void>;
  /** Takes it out: the second who asks gets nothing, and so does whoever comes too late. */
  take(tokenHash: string, now: Date): Promise<PendingSignIn | undefined>;
  dropExpired(now: Date): Promise<number>;
};

export type PendingSignIn = Readonly<{
  tokenHash: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** A path of this site. */
  next?: string;
  at: Date;
  expiresAt: Date;
}>;

type Stores = Readonly<{ accounts: AccountStore; identities: IdentityStore }>;

/**
 * Who an identity is here. The provider vouches at every sign-in for what the person is: whoever has lost the
 * office or the firm there comes in no more, whatever stands here. A firm's representative needs nothing else and
 * gets an account of its own; an official's account was opened by the office, and is entered by the first who
 * comes from there under its login, in its role, and by nobody else afterwards.
 *
 * @throws DomainError identity-unknown
 */
export async function admitIdentity(stores: Stores, identity: Identity, at: Date): Promise<Principal> {
  const { accounts, identities } = stores;
  const subjectIndex = identities.indexOf(identity);
  const accountId = await identities.accountOf(subjectIndex);
  if (accountId === undefined) return link(stores, identity, subjectIndex, at);
  const principal = await accounts.findById(accountId);
  if (!principal || !isStill(principal, identity)) throw unknown(identity);
  return principal;
}

async function link(
  { accounts, identities }: Stores,
  identity: Identity,
  subjectIndex: string,
  at: Date,
): Promise<Principal> {
  const { issuer } = identity;
  const principal =
    identity.role === "representative"
      ? await openRepresentative(accounts, identity, subjectIndex, at)
      : (await accounts.findByLogin(identity.login ?? ""))?.principal;
  if (!principal || !isStill(principal, identity)) throw unknown(identity);
  if (await identities.isTaken(issuer, principal.accountId)) throw unknown(identity);
  await identities.link({ subjectIndex, issuer, accountId: principal.accountId, at });
  return principal;
}

async function openRepresentative(accounts: AccountStore, identity: Identity, subjectIndex: string, at: Date) {
  const { displayName, firmCode } = identity;
  if (firmCode === undefined) return undefined;
  const id = derivedId("account", "identity", subjectIndex);
  const person = { role: "enterprise", standing: "representative", displayName, firmCode } as const;
  // Nothing is opened for a firm that is not registered.
  await accounts.openAll([{ id, login: id, ...person, passwordHash: NO_PASSWORD, at }]);
  return accounts.findById(id);
}

function isStill(principal: Principal, { role, firmCode }: Identity): boolean {
  return principal.role === "enterprise"
    ? principal.standing === "representative" && role === "representative" && principal.firmCode === firmCode
    : principal.role === role;
}

function unknown({ role }: Identity): DomainError {
  const message =
    role === undefined || role === "representative"
      ? "这个身份在本系统没有对应的企业或岗位。法定代表人请在统一身份认证平台选择法人身份；经办人请用授权时的登录名。Nobody here belongs to this identity. Representatives choose the firm at the provider; delegates use the login from their delegation."
      : "这个岗位的账户还没有开通，请联系管理员。No account was opened for this office; ask the administrator.";
  return new DomainError("identity-unknown", message);
}
