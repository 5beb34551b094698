import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type GuardianshipStore, guardianshipNotFound, isInOffice } from "./guardianship.ts";
import { type SessionStore, sessionIdOf, sessionLimits, tokenHashOf } from "./session.ts";

type Stores = Readonly<{ sessions: SessionStore; guardianships: GuardianshipStore; journal: Journal }>;
export type ActForWardDeps = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  wallClock: Clock;
  random: Random;
}>;

type Opened = Readonly<{ token: string; expiresAt: Date }>;
/** Who asks: the account, and the token of the session that ends with this. */
type Asked = Readonly<{ accountId: string; token: string }>;

/**
 * The guardian turns to a ward: another session under another account, so that nothing of the two mixes, and the journal
 * names both. @throws DomainError guardianship-not-found
 */
export function actForWard(deps: ActForWardDeps, id: string, { accountId: guardian, token }: Asked): Promise<Opened> {
  return deps.transaction(async (stores) => {
    const known = await stores.guardianships.find(id);
    const at = deps.clock.now();
    if (known?.guardian !== guardian || !isInOffice(known, dayOf(at))) throw guardianshipNotFound();
    const { ward, accountId } = known;
    const opened = await exchange(deps, stores, token, accountId);
    // Each turn is a session of its own, also two within one instant.
    const payload = { ward, accountId, sessionSha256: digestOf(tokenHashOf(opened.token)) };
    await stores.journal.append({ type: "ward-opened", subject: id, actor: guardian, at, payload });
    return opened;
  });
}

/** Back to the guardian's own affairs; also when the guardianship has run out meanwhile. */
export function returnToOwn(deps: ActForWardDeps, { accountId, token }: Asked): Promise<Opened> {
  return deps.transaction(async (stores) => {
    const known = await stores.guardianships.ofAccount(accountId);
    if (!known) throw guardianshipNotFound();
    return exchange(deps, stores, token, known.guardian);
  });
}

/** What the new session may is what the old one might: turning to somebody prolongs nothing, and a terminal stays one. */
async function exchange(
  { wallClock, random }: ActForWardDeps,
  { sessions }: Stores,
  before: string,
  accountId: string,
): Promise<Opened> {
  const at = wallClock.now();
  const old = await sessions.find(tokenHashOf(before), at);
  if (!old) throw new DomainError("sign-in-required", "请先登录。Please sign in first.");
  const token = random.token();
  const tokenHash = tokenHashOf(token);
  const { isKiosk, method, expiresAt } = old;
  const { idleMinutes } = sessionLimits("enterprise", isKiosk, at);
  await sessions.close(tokenHashOf(before));
  await sessions.open({
    ...{ id: sessionIdOf(tokenHash), tokenHash, accountId, csrfToken: random.token() },
    ...{ method, isKiosk, at, idleMinutes, expiresAt },
  });
  return { token, expiresAt };
}
