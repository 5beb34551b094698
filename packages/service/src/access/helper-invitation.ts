import type { Clock } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";

/** A helper cadre (助企干部) may read what waits for a firm, while the firm wants it to. */
export type HelperInvitation = Readonly<{
  id: string;
  firmCode: string;
  /** Account id of the helper. */
  helper: string;
  invitedBy: string;
  invitedAt: Date;
}>;

/** Invitations as one transaction sees them. */
export type InvitationStore = {
  /** Account id of the helper who signs in so. */
  helperBy(login: string): Promise<string | undefined>;
  /** Locks the firm. Only what has not ended. */
  liveOf(firmCode: string): Promise<HelperInvitation[]>;
  insert(invitation: HelperInvitation): Promise<void>;
  end(id: string, by: string, at: Date): Promise<void>;
};

type Stores = Readonly<{ invitations: InvitationStore; journal: Journal }>;
export type InviteDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;
type Whose = Readonly<{ firmCode: string; actor: string }>;

/** Inviting the same helper again changes nothing. @throws DomainError helper-not-found */
export function inviteHelper(
  { transaction, clock }: InviteDeps,
  { firmCode, actor, login }: Whose & Readonly<{ login: string }>,
): Promise<void> {
  return transaction(async ({ invitations, journal }) => {
    const helper = await invitations.helperBy(login);
    if (!helper) throw notFound("没有这位助企干部，请核对其登录名。No such helper; check the login.");
    if ((await invitations.liveOf(firmCode)).some((live) => live.helper === helper)) return;
    const at = clock.now();
    const id = derivedId("invitation", firmCode, helper, at.toISOString());
    await invitations.insert({ id, firmCode, helper, invitedBy: actor, invitedAt: at });
    await journal.append({ type: "helper-invited", subject: id, actor, at, payload: { firmCode, helper } });
  });
}

/** From now on the helper reads nothing of the firm. Ending twice says nothing more. */
export function endInvitation(
  { transaction, clock }: InviteDeps,
  { firmCode, actor, helper }: Whose & Readonly<{ helper: string }>,
): Promise<void> {
  return transaction(async ({ invitations, journal }) => {
    const live = (await invitations.liveOf(firmCode)).find((each) => each.helper === helper);
    if (!live) return;
    const at = clock.now();
    await invitations.end(live.id, actor, at);
    await journal.append({ type: "helper-dismissed", subject: live.id, actor, at, payload: { firmCode, helper } });
  });
}

function notFound(message: string): DomainError {
  return new DomainError("helper-not-found", message);
}
