import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { type LetterPart, textMessageFlaw, writeLetter } from "./letter.ts";
import {
  confirmedNotice,
  disputeNotice,
  grievanceNotice,
  lapsedNotice,
  type NoticeText,
  offerNotice,
  paidNotice,
  reminderNotice,
  returnedNotice,
  withdrawnNotice,
} from "./notice.ts";

const line = { title: { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" }, amountFen: 1_260_000n };
const lastDay = "2025-12-15" as Day;
const every: Readonly<Record<string, NoticeText>> = {
  offer: offerNotice([line, line], lastDay),
  withdrawn: withdrawnNotice(line),
  reminder: reminderNotice(line, lastDay),
  lapsed: lapsedNotice(line),
  paid: paidNotice(line),
  returned: returnedNotice(line, "AC01"),
  confirmed: confirmedNotice("MSJX-20251104-7K3M9Q2X", 1_260_000n),
  "grievance-answered": grievanceNotice("complaint", true, "已改正"),
  "dispute-answered": disputeNotice({ zh: "裁员率", en: "Layoff rate" }, false, "数据无误"),
};
const parts = Object.entries(every).map(([kind, text]) => ({ ...text, id: kind, kind }) as LetterPart);
const han = /\p{Script=Han}/u;

describe.each(Object.entries(every))("the message %s", (_kind, { subject, body }) => {
  test("is there in both languages, and English has no Chinese in its subject", () => {
    expect(subject.zh).toMatch(han);
    expect(subject.en).not.toMatch(han);
    expect(body.zh).toMatch(han);
  });

  test("leads nowhere by a link", () => {
    for (const text of [subject.zh, subject.en, body.zh, body.en]) expect(text).not.toMatch(/:\/\/|www\./);
  });

  test("uses full-width punctuation beside Chinese", () => {
    expect(/\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u.exec(subject.zh + body.zh)?.[0]).toBeUndefined();
  });
});

test("what is taken back names every way to be heard: the fact, reconsideration, the court", () => {
  const { body } = withdrawnNotice(line, [{ label: { zh: "裁员率", en: "Layoff rate" }, clause: "第二条" }]);
  expect(body.zh).toContain("· 裁员率（依据：第二条）");
  expect(body.en).toContain("· Layoff rate (by 第二条)");
  expect(body.zh).toMatch(/提出异议[\s\S]*六十日内依法提起行政复议[\s\S]*六个月内向人民法院提起行政诉讼/);
  expect(body.en).toMatch(/dispute it[\s\S]*reconsideration within sixty days[\s\S]*court within six months/);
});

describe("a text message", () => {
  test.each([...parts.map((part) => [part]), parts])("is short, without links and codes: %#", (...these) => {
    for (const language of ["zh", "en"] as const) {
      const { subject, body } = writeLetter(these, language, "sms");
      expect(subject).toBe("");
      expect(textMessageFlaw(body), body).toBeUndefined();
    }
  });

  test.each([
    ["请点击 https://a.example/x", "link"],
    ["打开 www.example.cn 查看", "link"],
    ["打开 gov-henan.top/a 查看", "link"],
    ["您的验证码为 483920", "code"],
    ["密码1234", "code"],
    ["长".repeat(201), "long"],
    ["疑问拨12345。2025 年补贴 25,340.00 元", undefined],
  ])("%s: %s", (text, flaw) => expect(textMessageFlaw(text)).toBe(flaw));

  property.prop([fc.string({ unit: "grapheme", maxLength: 80 }), fc.constantFrom("zh", "en")])(
    "holds no link and no code whatever a title holds",
    (title, language) => {
      const hostile = withdrawnNotice({ ...line, title: { zh: `${title} https://x.example 483920`, en: title } });
      const { body } = writeLetter([{ ...hostile, id: "1", kind: "withdrawn" }], language, "sms");
      expect(textMessageFlaw(body)).toBeUndefined();
    },
  );
});

describe("a mail", () => {
  test("of several messages begins with what a deadline hangs on and says how many there are", () => {
    const mail = writeLetter(parts.toReversed(), "zh", "email");
    expect(mail.subject).toBe(`${every.offer?.subject.zh}（共 ${parts.length} 条消息）`);
    expect(mail.body.indexOf("1. 贵公司符合")).toBe(0);
  });

  test("is in the firm's language first, with its subject, and whole in the other after it", () => {
    const mail = writeLetter(parts.slice(0, 1), "en", "email");
    expect(mail.subject).toBe(every.offer?.subject.en);
    const [first = "", second = ""] = mail.body.split("──────────");
    expect(first).toContain("Your firm qualifies");
    expect(second).toContain("贵公司符合 2 项补贴条件");
  });
});
