import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";
import { isRevoked, principalOf } from "./access.prisma.ts";
import { isOver, isWorthNoting, type SessionStore } from "./session.ts";

const method = z.enum(["password", "identity", "code"]);

export function sessionStore(tx: Tx): SessionStore {
  return {
    async open({ at, ...session }) {
      await tx.session.create({ data: { ...session, createdAt: at, lastSeenAt: at } });
    },
    async find(tokenHash, now) {
      const row = await tx.session.findUnique({ where: { tokenHash }, include: { account: true } });
      if (!row || isOver(row, now) || (await isRevoked(tx, row.account))) return undefined;
      // Of requests at once one writes it down; the others find it done.
      if (isWorthNoting(row, now)) {
        await tx.session.updateMany({ where: { tokenHash, lastSeenAt: row.lastSeenAt }, data: { lastSeenAt: now } });
      }
      const { id, csrfToken, expiresAt, isKiosk, account } = row;
      const principal = await principalOf(tx, account);
      return { id, principal, csrfToken, expiresAt, isKiosk, method: method.parse(row.method) };
    },
    async close(tokenHash) {
      await tx.session.deleteMany({ where: { tokenHash } });
    },
    async listOf(accountId, now) {
      const rows = await tx.session.findMany({
        where: { accountId },
        orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
      });
      return rows
        .filter((row) => !isOver(row, now))
        .map(({ id, isKiosk, createdAt, lastSeenAt, expiresAt, ...row }) => ({
          ...{ id, isKiosk, lastSeenAt, expiresAt, method: method.parse(row.method) },
          openedAt: createdAt,
        }));
    },
    async closeOf(accountId, id) {
      return (await tx.session.deleteMany({ where: { accountId, ...(id !== undefined && { id }) } })).count;
    },
    closeExpired(now) {
      return tx.$executeRaw`
        DELETE FROM session WHERE expires_at <= ${now}::timestamptz
          OR last_seen_at + make_interval(mins => idle_minutes) <= ${now}::timestamptz`;
    },
    closeOfEndedDelegates(day) {
      return tx.$executeRaw`
        DELETE FROM session USING account WHERE account.id = session.account_id AND account.standing = 'delegate'
          AND NOT EXISTS (SELECT FROM delegation WHERE delegation.account_id = account.id
            AND revoked_at IS NULL AND expires_on >= ${day}::date)`;
    },
  };
}
