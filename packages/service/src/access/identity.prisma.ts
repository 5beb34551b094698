import type { Sealing } from "../kernel/sealing.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { IdentityStore } from "./admit-identity.ts";

export function identityStore(tx: Tx, sealing: Sealing): IdentityStore {
  return {
    indexOf: ({ issuer, subject, firmCode = "" }) =>
      sealing.index(["subject of a provider", issuer, subject, firmCode].join("\u0000")),
    async accountOf(subjectIndex) {
      return (await tx.identity.findUnique({ where: { subjectIndex }, select: { accountId: true } }))?.accountId;
    },
    async isTaken(issuer, accountId) {
      return (await tx.identity.count({ where: { issuer, accountId } })) > 0;
    },
    async link({ at, ...link }) {
      await tx.identity.create({ data: { ...link, linkedAt: at } });
    },
    async begin({ at, next = null, ...pending }) {
      await tx.identitySignIn.create({ data: { ...pending, next, startedAt: at } });
    },
    async take(tokenHash, now) {
      // Of two that come at once, the one that deletes it has it.
      const [row] = await tx.identitySignIn.findMany({ where: { tokenHash, expiresAt: { gt: now } } });
      const { count } = await tx.identitySignIn.deleteMany({ where: { tokenHash } });
      if (!row || count === 0) return undefined;
      const { startedAt: at, next, ...pending } = row;
      return { ...pending, at, ...(next !== null && { next }) };
    },
    async dropExpired(now) {
      return (await tx.identitySignIn.deleteMany({ where: { expiresAt: { lte: now } } })).count;
    },
  };
}
