import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import type { Random } from "../kernel/random.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { type GuardianshipStore, guardianshipNotFound, isInOffice } from "./guardianship.ts";
import { type SessionStore, sessionEnd, tokenHashOf } from "./session.ts";

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
    await stores.journal.append({
      type: "ward-opened",
      subject: id,
      actor: guardian,
      at,
      payload: { ward, accountId },
    });
    return exchange(deps, stores, token, accountId);
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

async function exchange(
  { wallClock, random }: ActForWardDeps,
  { sessions }: Stores,
  before: string,
  accountId: string,
): Promise<Opened> {
  const token = random.token();
  const at = wallClock.now();
  const expiresAt = sessionEnd({ role: "enterprise" }, at);
  await sessions.close(tokenHashOf(before));
  await sessions.open({ tokenHash: tokenHashOf(token), accountId, csrfToken: random.token(), at, expiresAt });
  return { token, expiresAt };
}
