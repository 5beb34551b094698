import { derivedId } from "../kernel/id.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { cloudEventOf } from "./cloud-event.ts";
import type { NoticeBoard } from "./notice-store.ts";
import { addressedTo } from "./to-person.ts";

export function noticeBoard(tx: Tx): NoticeBoard {
  return {
    async post(written) {
      const notice = addressedTo(written.firmCode, written);
      const { id, firmCode, kind, entitlementIds = [], subject, body, at } = notice;
      // The page of a message leads to the benefit, where it is about one.
      const entitlementId = entitlementIds.length === 1 ? (entitlementIds[0] ?? null) : null;
      const text = { subject: subject.zh, body: body.zh, subjectEn: subject.en, bodyEn: body.en };
      const inbox = { id, firmCode, kind, ...text, entitlementId, outbound: "waiting", createdAt: at };
      const { count } = await tx.inboxMessage.createMany({ data: [inbox], skipDuplicates: true });
      if (count === 0) return;
      if (entitlementIds.length > 0) {
        const about = entitlementIds.map((each) => ({ noticeId: id, entitlementId: each }));
        await tx.noticeAbout.createMany({ data: about });
      }
      const setting = await tx.noticeSetting.findUnique({ where: { firmCode }, select: { webhookUrl: true } });
      if (!setting?.webhookUrl) return;
      await tx.dispatch.create({
        data: {
          ...{ id: derivedId("dispatch", id, "webhook"), channel: "webhook", firmCode, noticeId: id },
          ...{ recipient: setting.webhookUrl, subject: "", body: cloudEventOf(notice) },
          ...{ status: "queued", queuedAt: at, nextAttemptAt: at },
        },
      });
    },
  };
}
