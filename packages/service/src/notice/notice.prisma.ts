import type { Tx } from "../platform/store.prisma.ts";
import type { MailQueue, NoticeBoard } from "./notice-store.ts";

export function noticeBoard(tx: Tx): NoticeBoard {
  return {
    async post({ id, firmCode, kind, entitlementIds = [], subject, body, at }) {
      // The page of a message leads to the benefit, where it is about one.
      const entitlementId = entitlementIds.length === 1 ? (entitlementIds[0] ?? null) : null;
      const inbox = { id, firmCode, kind, subject, body, createdAt: at, entitlementId };
      const { count } = await tx.inboxMessage.createMany({ data: [inbox], skipDuplicates: true });
      const about = entitlementIds.map((each) => ({ noticeId: id, entitlementId: each }));
      if (count === 1) await tx.noticeAbout.createMany({ data: about });
      const firm = count === 1 && (await tx.firm.findUnique({ where: { code: firmCode }, select: { email: true } }));
      if (!firm || firm.email === null) return;
      const messageId = `<${id}@apply-free.example>`;
      const times = { queuedAt: at, nextAttemptAt: at };
      await tx.outgoingMail.create({
        data: { id, messageId, recipient: firm.email, subject, body, status: "queued", ...times },
      });
    },
  };
}

export function mailQueue(tx: Tx): MailQueue {
  return {
    async claim(now, leaseUntil, limit) {
      const due = await tx.outgoingMail.findMany({
        where: { status: "queued", nextAttemptAt: { lte: now } },
        orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
        take: limit,
      });
      const taken: typeof due = [];
      for (const mail of due) {
        const { count } = await tx.outgoingMail.updateMany({
          where: { id: mail.id, status: "queued", nextAttemptAt: mail.nextAttemptAt },
          data: { nextAttemptAt: leaseUntil },
        });
        if (count === 1) taken.push(mail);
      }
      const messages = await tx.inboxMessage.findMany({ where: { id: { in: taken.map(({ id }) => id) } } });
      const firmOf = new Map(messages.map(({ id, firmCode }) => [id, firmCode]));
      return taken.map((mail) => ({ ...mail, firmCode: firmOf.get(mail.id) ?? "" }));
    },
    async markSent(id, attempts, sentAt) {
      await tx.outgoingMail.update({ where: { id }, data: { status: "sent", attempts, sentAt, lastError: null } });
    },
    async markFailed(id, attempts, error, nextAttemptAt) {
      const outcome = nextAttemptAt ? { nextAttemptAt } : { status: "dead" };
      await tx.outgoingMail.update({ where: { id }, data: { attempts, lastError: error.slice(0, 500), ...outcome } });
    },
  };
}
