import type { SignInCode as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type CodeStore, MOST_TRIES } from "./one-time-code.ts";

export function codeStore(tx: Tx): CodeStore {
  const live = (tokenHash: string, now: Date) => ({ tokenHash, usedAt: null, expiresAt: { gt: now } });
  return {
    async keep({ at, ...code }) {
      await tx.signInCode.create({ data: { ...code, sentAt: at } });
    },
    async attempt(tokenHash, now) {
      // Counted by the statement that finds it: tries at once are all counted.
      const where = { ...live(tokenHash, now), tries: { lt: MOST_TRIES } };
      const [row] = await tx.signInCode.updateManyAndReturn({ where, data: { tries: { increment: 1 } } });
      return row && toCode(row);
    },
    async subjectOf(tokenHash) {
      return (await tx.signInCode.findUnique({ where: { tokenHash }, select: { subject: true } }))?.subject;
    },
    async use(tokenHash, now) {
      return (await tx.signInCode.updateMany({ where: live(tokenHash, now), data: { usedAt: now } })).count === 1;
    },
    async dropExpired(now) {
      return (await tx.signInCode.deleteMany({ where: { expiresAt: { lte: now } } })).count;
    },
  };
}

function toCode({ accountId, sentAt, usedAt: _used, ...code }: Row) {
  return { ...code, at: sentAt, ...(accountId !== null && { accountId }) };
}
