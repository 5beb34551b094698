import { dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { InboxMessage } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { LetterPart } from "./letter.ts";
import type { LetterStore } from "./letter-store.ts";
import type { NoticeKind } from "./notice.ts";
import { settingStore } from "./notice-setting.prisma.ts";

export function letterStore(tx: Tx): LetterStore {
  const orderBy = [{ createdAt: "asc" as const }, { id: "asc" as const }];
  return {
    async firmsWaiting(day, limit) {
      const rows = await tx.$queryRaw<{ firm_code: string }[]>`
        SELECT DISTINCT firm_code FROM inbox_message message WHERE outbound = 'waiting'
          AND NOT EXISTS (SELECT FROM letter WHERE letter.firm_code = message.firm_code AND day = ${day}::date)
        ORDER BY firm_code LIMIT ${limit}`;
      return rows.map(({ firm_code }) => firm_code);
    },
    async waitingOf(firmCode) {
      const where = { firmCode, outbound: "waiting" };
      return (await tx.inboxMessage.findMany({ where, orderBy })).map(toPart);
    },
    async leaveInInbox(ids) {
      if (ids.length === 0) return;
      await tx.inboxMessage.updateMany({ where: { id: { in: [...ids] } }, data: { outbound: "inbox-only" } });
    },
    async write({ firmCode, day, noticeIds, at }) {
      const row = {
        id: derivedId("letter", firmCode, day),
        firmCode,
        day: dayToDate(day),
        status: "sending",
        writtenAt: at,
      };
      const { count } = await tx.letter.createMany({ data: [row], skipDuplicates: true });
      if (count === 0) return undefined;
      await tx.inboxMessage.updateMany({
        where: { id: { in: [...noticeIds] } },
        data: { outbound: "letter", letterId: row.id },
      });
      return row.id;
    },
    async parts(letterId) {
      return (await tx.inboxMessage.findMany({ where: { letterId }, orderBy })).map(toPart);
    },
    async settle(id, status) {
      await tx.letter.update({ where: { id }, data: { status } });
    },
    async contactOf(code) {
      const { email, phone } = await tx.firm.findUniqueOrThrow({
        where: { code },
        select: { email: true, phone: true },
      });
      const setting = await settingStore(tx).of(code);
      return { ...(email !== null && { email }), ...(phone !== null && { phone }), setting };
    },
  };
}

/** Messages of before both languages stood apart have both in the one text. */
export function toPart({ id, kind, subject, subjectEn, body, bodyEn }: TextOfMessage): LetterPart {
  return {
    id,
    kind: kind as NoticeKind,
    subject: { zh: subject, en: subjectEn ?? subject },
    body: { zh: body, en: bodyEn ?? body },
  };
}

type TextOfMessage = Pick<InboxMessage, "id" | "kind" | "subject" | "subjectEn" | "body" | "bodyEn">;
