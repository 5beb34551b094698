import { dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { InboxMessage } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { verifiedContacts } from "./firm-contact.prisma.ts";
import type { LetterPart } from "./letter.ts";
import type { Contact, LetterStore } from "./letter-store.ts";
import type { NoticeKind } from "./notice.ts";
import { toSetting } from "./notice-setting.prisma.ts";
import { defaultSetting } from "./notice-setting.ts";

export function letterStore(tx: Tx): LetterStore {
  const orderBy = [{ createdAt: "asc" as const }, { id: "asc" as const }];
  const registeredOf = async (firmCodes: readonly string[]): Promise<Map<string, Contact>> => {
    const codes = { in: [...firmCodes] };
    const select = { code: true, email: true, phone: true };
    const firms = await tx.firm.findMany({ where: { code: codes }, select });
    const settings = await tx.noticeSetting.findMany({ where: { firmCode: codes } });
    const settingOf = new Map(settings.map((row) => [row.firmCode, toSetting(row)]));
    return new Map(
      firms.map(({ code, email, phone }) => [
        code,
        {
          ...(email !== null && { email }),
          ...(phone !== null && { phone }),
          setting: settingOf.get(code) ?? defaultSetting,
        },
      ]),
    );
  };
  // What the firm named itself and proved to read comes first.
  const contactsOf = async (firmCodes: readonly string[]) => {
    const registered = await registeredOf(firmCodes);
    const ownOf = await verifiedContacts(tx, firmCodes);
    return new Map([...registered].map(([code, contact]) => [code, { ...contact, ...ownOf(code) }]));
  };
  return {
    async firmsWaiting(day, limit) {
      const rows = await tx.$queryRaw<{ firm_code: string }[]>`
        SELECT DISTINCT firm_code FROM inbox_message message WHERE outbound = 'waiting'
          AND NOT EXISTS (SELECT FROM letter WHERE letter.firm_code = message.firm_code AND day = ${day}::date)
        ORDER BY firm_code LIMIT ${limit}`;
      return rows.map(({ firm_code }) => firm_code);
    },
    async waitingOf(firmCodes) {
      const where = { firmCode: { in: [...firmCodes] }, outbound: "waiting" };
      const rows = Map.groupBy(await tx.inboxMessage.findMany({ where, orderBy }), ({ firmCode }) => firmCode);
      return new Map([...rows].map(([firmCode, messages]) => [firmCode, messages.map(toPart)]));
    },
    async leaveInInbox(ids) {
      if (ids.length === 0) return;
      await tx.inboxMessage.updateMany({ where: { id: { in: [...ids] } }, data: { outbound: "inbox-only" } });
    },
    async write(letters) {
      if (letters.length === 0) return new Map();
      const data = letters.map(({ firmCode, day, at }) => ({
        ...{ id: derivedId("letter", firmCode, day), firmCode, day: dayToDate(day), status: "sending", writtenAt: at },
      }));
      const rows = await tx.letter.createManyAndReturn({ data, skipDuplicates: true });
      const written = new Map(rows.map(({ firmCode, id }) => [firmCode, id]));
      const ids = letters.filter(({ firmCode }) => written.has(firmCode)).flatMap(({ noticeIds }) => noticeIds);
      await tx.$executeRaw`
        UPDATE inbox_message message SET outbound = 'letter', letter_id = letter.id FROM letter
        WHERE letter.id = ANY(${[...written.values()]}::text[]) AND letter.firm_code = message.firm_code
          AND message.id = ANY(${ids}::text[])`;
      return written;
    },
    async parts(letterId) {
      return (await tx.inboxMessage.findMany({ where: { letterId }, orderBy })).map(toPart);
    },
    async settle(ids, status) {
      if (ids.length > 0) await tx.letter.updateMany({ where: { id: { in: [...ids] } }, data: { status } });
    },
    contactsOf,
    async registeredContactOf(firmCode) {
      return (await registeredOf([firmCode])).get(firmCode);
    },
    async contactOf(firmCode) {
      const contact = (await contactsOf([firmCode])).get(firmCode);
      if (!contact) throw new Error(`${firmCode} is no firm`);
      return contact;
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
