import type { Day } from "../kernel/day.ts";
import { formatYuan } from "../kernel/money.ts";

export type NoticeText = Readonly<{ subject: string; body: string }>;

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
  | "recovery"
  | "recovery-decided"
  | "instalment-due"
  | "top-up";

export type OfferLine = Readonly<{ title: string; amountFen: bigint }>;

const contactZh = "我们不收费、不要验证码。疑问拨 12345。";
const contactEn = "We never charge a fee and never ask for a code. Questions: call 12345.";

/** One message for everything a firm is newly offered on one day; a firm gets at most one a day. */
export function offerNotice(lines: readonly OfferLine[], lastDay: Day): NoticeText {
  const total = formatYuan(lines.reduce((sum, { amountFen }) => sum + amountFen, 0n));
  const items = lines.map(({ title, amountFen }) => `· ${title}：${formatYuan(amountFen)} 元`).join("\n");
  return {
    subject: `贵公司符合 ${lines.length} 项补贴条件，共 ${total} 元，不用申请`,
    body: [
      `贵公司符合 ${lines.length} 项补贴条件，共 ${total} 元，不用申请，只需您确认一次：`,
      items,
      `请打开“豫事办”搜“免申即享”确认，${dayZh(lastDay)}前有效。${contactZh}`,
      "",
      `Your firm qualifies for ${lines.length} benefit(s), CNY ${total}. No application is needed, only your confirmation, until ${lastDay}.`,
      contactEn,
    ].join("\n"),
  };
}

export function withdrawnNotice({ title, amountFen }: OfferLine): NoticeText {
  return {
    subject: `“${title}”暂不能发放`,
    body: [
      `根据最新数据，“${title}”（${formatYuan(amountFen)} 元）暂不能发放。打开“免申即享”可以看到是哪一项数据，认为有误可以当场提出。`,
      `如果数据补齐或更正后符合条件，我们会再通知您。${contactZh}`,
      "",
      `By the newest data this benefit cannot be paid for now. The portal shows which fact it is and how to be heard. ${contactEn}`,
    ].join("\n"),
  };
}

/** What a department answered to a firm that disputed a fact. */
export function disputeNotice(
  fact: Readonly<{ zh: string; en: string }>,
  isCorrected: boolean,
  answer: string,
): NoticeText {
  const outcome = isCorrected
    ? {
        zh: "已经更正，相关补贴正在自动重新核对",
        en: "It was corrected, and what depends on it is checked again by itself",
      }
    : { zh: "经核实维持原数据", en: "It was checked and stays as it was" };
  return {
    subject: `您对“${fact.zh}”的异议已有答复`,
    body: [
      `您对“${fact.zh}”的异议已有答复：${outcome.zh}。`,
      `部门答复：${answer}`,
      `不服的，可以申请行政复议（六十日内）或提起行政诉讼（六个月内）。${contactZh}`,
      "",
      `Your dispute about "${fact.en}" was answered. ${outcome.en}. ${contactEn}`,
    ].join("\n"),
  };
}

export function reminderNotice({ title, amountFen }: OfferLine, lastDay: Day): NoticeText {
  return {
    subject: `还有一项补贴等您确认，${dayZh(lastDay)}截止`,
    body: [
      `“${title}”${formatYuan(amountFen)} 元还没有确认，${dayZh(lastDay)}截止。请打开“豫事办”搜“免申即享”。${contactZh}`,
      "",
      `A benefit of CNY ${formatYuan(amountFen)} still waits for your confirmation, until ${lastDay}. ${contactEn}`,
    ].join("\n"),
  };
}

export function lapsedNotice({ title, amountFen }: OfferLine): NoticeText {
  return {
    subject: `“${title}”确认期限已过`,
    body: [
      `“${title}”${formatYuan(amountFen)} 元没有在期限内确认，已自动关闭。不是您的原因？请拨 12345 或到政务大厅窗口说明，可以恢复。`,
      "",
      `The time to confirm has passed and the offer is closed. Not your doing? Call 12345 or visit the service hall. ${contactEn}`,
    ].join("\n"),
  };
}

export function paidNotice({ title, amountFen }: OfferLine): NoticeText {
  return {
    subject: `${formatYuan(amountFen)} 元已拨付`,
    body: [
      `“${title}”${formatYuan(amountFen)} 元已经拨付到您确认的账户。请核对后在“免申即享”里点“到账确认”。${contactZh}`,
      "",
      `CNY ${formatYuan(amountFen)} has been paid to your account. Please check and confirm the receipt. ${contactEn}`,
    ].join("\n"),
  };
}

export function returnedNotice({ title, amountFen }: OfferLine, reason: string): NoticeText {
  return {
    subject: `银行退回了“${title}”的款项，不影响资格`,
    body: [
      `银行退回：${reason}。“${title}”${formatYuan(amountFen)} 元的资格不受影响。请打开“免申即享”改账户，我们会重新拨付。${contactZh}`,
      "",
      `The bank returned the payment (${reason}). Your entitlement stands: correct the account and it will be paid again. ${contactEn}`,
    ].join("\n"),
  };
}

export function confirmedNotice(receiptNo: string, totalFen: bigint): NoticeText {
  return {
    subject: `已收到您的确认，回执编号 ${receiptNo}`,
    body: [
      `您确认领取共 ${formatYuan(totalFen)} 元，回执编号 ${receiptNo}。接下来：复核、拨付、到账，每一步都会告诉您。`,
      "",
      `We have your confirmation of CNY ${formatYuan(totalFen)}, receipt ${receiptNo}. Next: check, payment, arrival; we tell you at each step.`,
    ].join("\n"),
  };
}

/** `2025-12-03` → `12 月 3 日`. */
function dayZh(day: Day): string {
  return `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;
}
