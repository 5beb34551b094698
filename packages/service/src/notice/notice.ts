import type { Bilingual } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { formatYuan } from "../kernel/money.ts";
import { type Language, type NoticeWords, noticeWords } from "./notice-words.ts";

/** What a firm is told, whole in both languages; the channels shorten it. */
export type NoticeText = Readonly<{ subject: Bilingual; body: Bilingual }>;

export type NoticeKind =
  | "offer"
  | "withdrawn"
  | "reminder"
  | "lapsed"
  | "confirmed"
  | "paid"
  | "returned"
  | "published"
  | "dispute-answered"
  | "grievance-answered"
  | "recovery"
  | "recovery-decided"
  | "instalment-due"
  | "top-up"
  | "repair"
  | "extended"
  | "comment-answered";

export type OfferLine = Readonly<{ title: Bilingual; amountFen: bigint; goesToNoAccount?: boolean }>;

/** `wasNear`: it was one fact away, and the house watched it. */
export type NewOfferLine = OfferLine & Readonly<{ wasNear?: boolean }>;

/** One message for everything a firm is newly offered on one day. */
export function offerNotice(lines: readonly NewOfferLine[], lastDay: Day): NoticeText {
  const total = formatYuan(lines.reduce((sum, { amountFen }) => sum + amountFen, 0n));
  return inBoth((words, language) => {
    const items = lines.map(({ title, amountFen, wasNear = false }) =>
      words.offerItem(title[language], formatYuan(amountFen), wasNear),
    );
    return {
      subject: words.offerSubject(lines.length, total),
      body: words.offerBody(lines.length, total, items.join("\n"), lastDay),
    };
  });
}

/** A benefit that only a record of credit stands in the way of. */
export type RepairLine = Readonly<{ title: Bilingual; record: Bilingual; keeper?: Bilingual | undefined }>;

/** 信用修复告知: which record, who keeps it, and that the repair is noticed without the firm. */
export function repairNotice(lines: readonly RepairLine[]): NoticeText {
  return inBoth((words, language) => {
    const items = lines.map(({ title, record, keeper }) =>
      words.repairItem(title[language], record[language], keeper?.[language]),
    );
    return { subject: words.repairSubject(lines.length), body: words.repairBody(items.join("\n")) };
  });
}

/** A requirement that a decision against the firm rests on. */
export type Ground = Readonly<{ label: Bilingual; clause?: string }>;

/** Taken back by newer data: on which grounds, and every way to be heard against it. */
export function withdrawnNotice({ title, amountFen }: OfferLine, grounds: readonly Ground[] = []): NoticeText {
  return inBoth((words, language) => {
    const items = grounds.map(({ label, clause }) => words.ground(label[language], clause));
    return {
      subject: words.withdrawnSubject(title[language]),
      body: words.withdrawnBody(title[language], formatYuan(amountFen), items.join("\n")),
    };
  });
}

/** Its turn in the queue came, or the fund was given out to all who had agreed. */
export function admittedNotice({ title, amountFen }: OfferLine): NoticeText {
  const yuan = formatYuan(amountFen);
  return inBoth((words, language) => ({
    subject: words.admittedSubject(title[language], yuan),
    body: words.admittedBody(title[language], yuan),
  }));
}

/** The fund did not reach it, and its policy lets nobody wait. */
export function turnedAwayNotice({ title, amountFen }: OfferLine): NoticeText {
  return inBoth((words, language) => ({
    subject: words.turnedAwaySubject(title[language]),
    body: words.turnedAwayBody(title[language], formatYuan(amountFen)),
  }));
}

/** Nothing of it is left beside what the firm agreed to or received; by itself it would still be due. */
export function besideOthersNotice({ title, amountFen }: OfferLine): NoticeText {
  return inBoth((words, language) => ({
    subject: words.besideOthersSubject(title[language]),
    body: words.besideOthersBody(title[language], formatYuan(amountFen)),
  }));
}

/** What a department answered to a firm that disputed a fact. */
export function disputeNotice(fact: Bilingual, isCorrected: boolean, answer: string): NoticeText {
  return inBoth((words, language) => ({
    subject: words.answeredSubject(fact[language]),
    body: words.answeredBody(fact[language], isCorrected, answer),
  }));
}

/** What an official answered to a bad rating, a complaint or an objection to the public list. */
export function grievanceNotice(
  kind: "rectification" | "complaint" | "objection",
  isCorrected: boolean,
  answer: string,
): NoticeText {
  return inBoth((words) => ({
    subject: words.heardSubject(kind),
    body: words.heardBody(kind, isCorrected, answer),
  }));
}

/** What the department says to a firm's comment on a policy. */
export function commentNotice(answer: string): NoticeText {
  return inBoth((words) => ({ subject: words.commentSubject, body: words.commentBody(answer) }));
}

export function reminderNotice({ title, amountFen }: OfferLine, lastDay: Day): NoticeText {
  return inBoth((words, language) => ({
    subject: words.reminderSubject(lastDay),
    body: words.reminderBody(title[language], formatYuan(amountFen), lastDay),
  }));
}

/** Its deadline moved, because nothing proved that the firm knew early enough. */
export function extendedNotice({ title, amountFen }: OfferLine, lastDay: Day): NoticeText {
  return inBoth((words, language) => ({
    subject: words.extendedSubject(lastDay),
    body: words.extendedBody(title[language], formatYuan(amountFen), lastDay),
  }));
}

export function lapsedNotice({ title, amountFen }: OfferLine): NoticeText {
  return inBoth((words, language) => ({
    subject: words.lapsedSubject(title[language]),
    body: words.lapsedBody(title[language], formatYuan(amountFen)),
  }));
}

export function paidNotice({ title, amountFen }: OfferLine): NoticeText {
  return inBoth((words, language) => ({
    subject: words.paidSubject(formatYuan(amountFen)),
    body: words.paidBody(title[language], formatYuan(amountFen)),
  }));
}

/** @param reasonCode the bank's, ISO 20022 */
export function returnedNotice({ title, amountFen, goesToNoAccount }: OfferLine, reasonCode: string): NoticeText {
  return inBoth((words, language) => {
    const body = goesToNoAccount ? words.notCarriedBody : words.returnedBody;
    return {
      subject: goesToNoAccount ? words.notCarriedSubject(title[language]) : words.returnedSubject(title[language]),
      body: body(title[language], formatYuan(amountFen), words.bankReason(reasonCode)),
    };
  });
}

export function confirmedNotice(receiptNo: string, totalFen: bigint): NoticeText {
  return inBoth((words) => ({
    subject: words.confirmedSubject,
    body: words.confirmedBody(receiptNo, formatYuan(totalFen)),
  }));
}

function inBoth(
  textIn: (words: NoticeWords, language: Language) => Readonly<{ subject: string; body: string }>,
): NoticeText {
  const [zh, en] = [textIn(noticeWords.zh, "zh"), textIn(noticeWords.en, "en")];
  return { subject: { zh: zh.subject, en: en.subject }, body: { zh: zh.body, en: en.body } };
}
