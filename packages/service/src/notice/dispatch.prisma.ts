import { derivedId } from "../kernel/id.ts";
import type { NoticeSetting, Dispatch as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ChannelName } from "./channel.ts";
import type { Dispatch, DispatchStore } from "./letter-store.ts";
import type { NoticeKind } from "./notice.ts";

export function dispatchStore(tx: Tx): DispatchStore {
  return {
    async queue(dispatches) {
      if (dispatches.length === 0) return;
      const data = dispatches.map(({ letterId, channel, at, ...message }) => ({
        ...{ id: derivedId("dispatch", letterId, channel), letterId, channel, ...message },
        ...{ status: "queued", queuedAt: at, nextAttemptAt: at },
      }));
      await tx.dispatch.createMany({ data });
    },
    async claim(channels, now, leaseUntil, limit) {
      if (channels.length === 0) return [];
      const taken = await tx.$queryRaw<{ id: string }[]>`
        UPDATE dispatch SET next_attempt_at = ${leaseUntil}::timestamptz WHERE id IN (
          SELECT id FROM dispatch WHERE status = 'queued' AND next_attempt_at <= ${now}::timestamptz
            AND channel = ANY(${[...channels]}::text[])
          ORDER BY queued_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED) RETURNING id`;
      const where = { id: { in: taken.map(({ id }) => id) } };
      return withContents(tx, await tx.dispatch.findMany({ where, orderBy: [{ queuedAt: "asc" }, { id: "asc" }] }));
    },
    async sent(ids, at) {
      if (ids.length === 0) return;
      await tx.$executeRaw`
        INSERT INTO dispatch_attempt (dispatch_id, nth, result, at)
        SELECT id, attempts + 1, 'taken', ${at}::timestamptz FROM dispatch WHERE id = ANY(${[...ids]}::text[])`;
      await tx.dispatch.updateMany({
        where: { id: { in: [...ids] } },
        data: { status: "sent", sentAt: at, attempts: { increment: 1 }, lastError: null },
      });
    },
    async failed(id, { nth, at, result, error }, retryAt) {
      await tx.dispatchAttempt.create({ data: { dispatchId: id, nth, result, error, at } });
      const next = retryAt ? { nextAttemptAt: retryAt } : { status: "dead" };
      await tx.dispatch.update({ where: { id }, data: { attempts: nth, lastError: error, ...next } });
    },
    async bounced(id, error, at) {
      const { count } = await tx.dispatch.updateMany({
        where: { id, status: "sent" },
        data: { status: "bounced", lastError: error },
      });
      if (count === 0) return undefined;
      const row = await tx.dispatch.findUniqueOrThrow({ where: { id } });
      const nth = 1 + (await tx.dispatchAttempt.count({ where: { dispatchId: id } }));
      await tx.dispatchAttempt.create({ data: { dispatchId: id, nth, result: "bounced", error, at } });
      return (await withContents(tx, [row]))[0];
    },
    async takenBy(channel, id) {
      const [row] = await tx.$queryRaw<{ letter_id: string | null }[]>`
        SELECT letter_id FROM dispatch WHERE id = ${id} AND channel = ${channel} AND status = 'sent' FOR UPDATE`;
      return row && (row.letter_id === null ? {} : { letterId: row.letter_id });
    },
    async isOurs(channel, id) {
      return (await tx.dispatch.count({ where: { id, channel } })) > 0;
    },
    async channelsTried(letterId) {
      const rows = await tx.dispatch.findMany({ where: { letterId }, select: { channel: true } });
      return new Set(rows.map(({ channel }) => channel as ChannelName));
    },
  };
}

/** What each carries, and what it is signed with. */
async function withContents(tx: Tx, rows: readonly Row[]): Promise<Dispatch[]> {
  const notices = await tx.inboxMessage.findMany({
    where: {
      OR: [
        { id: { in: rows.flatMap(({ noticeId }) => noticeId ?? []) } },
        { letterId: { in: rows.flatMap(({ letterId }) => letterId ?? []) } },
      ],
    },
    select: { id: true, kind: true, letterId: true },
  });
  const firms = rows.filter(({ channel }) => channel === "webhook").map(({ firmCode }) => firmCode);
  const settings = await tx.noticeSetting.findMany({ where: { firmCode: { in: firms } } });
  const settingOf = new Map(settings.map((setting) => [setting.firmCode, setting]));
  return rows.map(({ id, channel, firmCode, letterId, noticeId, recipient, subject, body, attempts }) => ({
    ...{ id, firmCode, recipient, subject, body, attempts },
    channel: channel as ChannelName,
    ...(letterId && { letterId }),
    notices: notices
      .filter((notice) => (letterId ? notice.letterId === letterId : notice.id === noticeId))
      .map((notice) => ({ id: notice.id, kind: notice.kind as NoticeKind })),
    // Where the firm's system is now, and what it knows now; nowhere once the firm has taken it back.
    ...(channel === "webhook" && endpointOf(settingOf.get(firmCode), recipient)),
  }));
}

function endpointOf(setting: NoticeSetting | undefined, recipient: string) {
  const secrets = [setting?.webhookSecret, setting?.webhookSecretBefore].filter((secret) => typeof secret === "string");
  return { recipient: setting?.webhookUrl ?? recipient, secrets };
}
