import { z } from "zod";
import type { Tx } from "../platform/store.prisma.ts";
import { type AccountRow, isRevoked, principalWith } from "./access.prisma.ts";
import { isOver, isWorthNoting, type SessionStore } from "./session.ts";

const method = z.enum(["password", "identity", "code"]);

type FoundSession = AccountRow &
  Readonly<{
    sessionId: string;
    csrfToken: string;
    expiresAt: Date;
    lastSeenAt: Date;
    idleMinutes: number;
    isKiosk: boolean;
    method: string;
    firmCode: string | null;
    firmName: string | null;
  }>;

export function sessionStore(tx: Tx): SessionStore {
  return {
    async open({ at, ...session }) {
      await tx.session.create({ data: { ...session, createdAt: at, lastSeenAt: at } });
    },
    async find(tokenHash, now) {
      // One statement: every page begins with it.
      const [row] = await tx.$queryRaw<FoundSession[]>`
        SELECT session.id AS "sessionId", session.csrf_token AS "csrfToken", session.expires_at AS "expiresAt",
          session.last_seen_at AS "lastSeenAt", session.idle_minutes AS "idleMinutes", session.is_kiosk AS "isKiosk",
          session.method, account.id, account.role, account.display_name AS "displayName",
          account.source_id AS "sourceId", account.standing, firm.code AS "firmCode", firm.name AS "firmName"
        FROM session JOIN account ON account.id = session.account_id LEFT JOIN firm ON firm.code = account.firm_code
        WHERE token_hash = ${tokenHash}`;
      if (!row || isOver(row, now) || (await isRevoked(tx, row))) return undefined;
      // Of requests at once one writes it down; the others find it done.
      if (isWorthNoting(row, now)) {
        await tx.session.updateMany({ where: { tokenHash, lastSeenAt: row.lastSeenAt }, data: { lastSeenAt: now } });
      }
      const { sessionId: id, csrfToken, expiresAt, isKiosk, firmCode, firmName } = row;
      const firm = firmCode !== null && firmName !== null ? { code: firmCode, name: firmName } : undefined;
      return {
        id,
        principal: principalWith(row, firm),
        csrfToken,
        expiresAt,
        isKiosk,
        method: method.parse(row.method),
      };
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
