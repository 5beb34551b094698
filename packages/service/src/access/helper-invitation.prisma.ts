import type { HelperInvitation as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { HelperInvitation, InvitationStore } from "./helper-invitation.ts";

export function invitationStore(tx: Tx): InvitationStore {
  return {
    async helperBy(login) {
      const found = await tx.account.findFirst({ where: { login, role: "helper" }, select: { id: true } });
      return found?.id;
    },
    async liveOf(firmCode) {
      await tx.$queryRaw`SELECT code FROM firm WHERE code = ${firmCode} FOR UPDATE`;
      return liveInvitations(tx, { firmCode });
    },
    async insert(invitation) {
      await tx.helperInvitation.create({ data: invitation });
    },
    async end(id, endedBy, endedAt) {
      await tx.helperInvitation.update({ where: { id }, data: { endedBy, endedAt } });
    },
  };
}

/** What has not ended, of a firm, of a helper, or between the two. */
export async function liveInvitations(
  tx: Tx,
  whose: Readonly<{ firmCode?: string; helper?: string }>,
): Promise<HelperInvitation[]> {
  const where = { ...whose, endedAt: null };
  return (await tx.helperInvitation.findMany({ where, orderBy: [{ invitedAt: "asc" }, { id: "asc" }] })).map(
    ({ endedBy: _by, endedAt: _at, ...invitation }: Row) => invitation,
  );
}
