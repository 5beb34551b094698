import { derivedId } from "../kernel/id.ts";
import type { NoticeSetting, Dispatch as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { ChannelName } from "./channel.ts";
import type { Dispatch, DispatchStore } from "./letter-store.ts";
import type { NoticeKind } from "./notice.ts";

export function dispatchStore(tx: Tx): DispatchStore {
  return {
    async queue({ letterId, channel, at, ...message }) {
      const id = derivedId("dispatch", letterId, channel);
      const times = { queuedAt: at, nextAttemptAt: at };
      await tx.dispatch.create({ data: { id, letterId, channel, ...message, status: "queued", ...times } });
    },
    async claim(channels, now, leaseUntil, limit) {
      if (channels.length === 0) return [];
      const due = await tx.dispatch.findMany({
        where: { status: "queued", nextAttemptAt: { lte: now }, channel: { in: [...channels] } },
        orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
        take: limit,
      });
      const taken: Row[] = [];
      for (const dispatch of due) {
        const { count } = await tx.dispatch.updateMany({
          where: { id: dispatch.id, status: "queued", nextAttemptAt: dispatch.nextAttemptAt },
          data: { nextAttemptAt: leaseUntil },
        });
        if (count === 1) taken.push(dispatch);
      }
      return withContents(tx, taken);
    },
    async record(id, attempt, next) {
      const error = attempt.result === "taken" ? null : attempt.error;
      const { nth, result, at } = attempt;
      await tx.dispatchAttempt.create({ data: { dispatchId: id, nth, result, error, at } });
      const outcome =
        "retryAt" in next
          ? { nextAttemptAt: next.retryAt }
          : { status: next.status, sentAt: next.status === "sent" ? at : null };
      await tx.dispatch.update({ where: { id }, data: { attempts: nth, lastError: error, ...outcome } });
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
