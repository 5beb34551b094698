import type { Day } from "../kernel/day.ts";

/**
 * Every word that a firm is sent, by whatever channel, in one catalogue. Chinese is the source and
 * decides the keys. Text messages carry subjects only, so a subject holds no number that could be
 * taken for a code, and nothing anywhere holds a link: people are told where to go, not led there.
 */
export type Language = "zh" | "en";

const zh = {
  offerSubject: (count: number, yuan: string) => `贵公司符合 ${count} 项补贴条件，共 ${yuan} 元，不用申请`,
  offerBody: (count: number, yuan: string, items: string, lastDay: Day) =>
    `贵公司符合 ${count} 项补贴条件，共 ${yuan} 元，不用申请，只需您确认一次：\n${items}\n请打开“豫事办”搜“免申即享”确认，${dayZh(lastDay)}前有效。`,
  offerItem: (title: string, yuan: string, wasNear: boolean) =>
    `· ${title}：${yuan} 元${wasNear ? "（之前差一点，现在符合了）" : ""}`,
  repairSubject: (count: number) => `有 ${count} 项补贴只差信用修复`,
  repairItem: (title: string, record: string, keeper: string | undefined) =>
    `· ${title}：${record}${keeper === undefined ? "" : `（${keeper}）`}`,
  repairBody: (items: string) =>
    `以下补贴的其他条件贵公司都符合，只有信用记录这一项不符合：\n${items}\n怎么修复、最晚到什么时候，请打开“免申即享”的“差一点”查看。修复后部门会把结果送来，我们自动重新核对，符合就通知您，您不用再来。认为记录有误的，可以在“我的数据”里提出异议。`,
  withdrawnSubject: (title: string) => `“${title}”暂不能发放`,
  ground: (label: string, clause: string | undefined) =>
    clause === undefined ? `· ${label}` : `· ${label}（依据：${clause}）`,
  withdrawnBody: (title: string, yuan: string, grounds: string) =>
    [
      `根据最新数据，“${title}”（${yuan} 元）暂不能发放。${grounds === "" ? "" : `不再符合的条件：\n${grounds}\n`}打开“免申即享”可以看到是哪一项数据、由哪个部门提供。`,
      "认为数据有误的，可以在“我的数据”里当场提出异议，部门限期答复；更正后自动重新核对，符合条件会再通知您。",
      remediesZh,
    ].join("\n"),
  admittedSubject: (title: string, yuan: string) => `“${title}”资金已落实，${yuan} 元`,
  admittedBody: (title: string, yuan: string) =>
    `“${title}”的资金已为贵公司留好，金额 ${yuan} 元，财政复核后拨付，不用再确认。金额和名次怎么来的，打开“免申即享”可以看到。`,
  turnedAwaySubject: (title: string) => `“${title}”本次资金已分配完`,
  turnedAwayBody: (title: string, yuan: string) =>
    [
      `贵公司符合“${title}”条件（${yuan} 元），但本次资金按政策公布的规则分配后没有余额，这次不能发放。分配规则、名次和结果都已公开，可以查验。`,
      remediesZh,
    ].join("\n"),
  besideOthersSubject: (title: string) => `“${title}”不再单独发放`,
  besideOthersBody: (title: string, yuan: string) =>
    [
      `按政策关于不重复享受、扣减或限额的规定，与贵公司已确认或已领取的其他补贴一并计算，“${title}”（${yuan} 元）不再按此发放。打开“免申即享”可以看到是哪一条规定。如果还有应得的部分，我们会重新通知您。`,
      remediesZh,
    ].join("\n"),
  answeredSubject: (fact: string) => `您对“${fact}”的异议已有答复`,
  answeredBody: (fact: string, isCorrected: boolean, answer: string) =>
    [
      `您对“${fact}”的异议已有答复：${isCorrected ? "已经更正，相关补贴正在自动重新核对" : "经核实维持原数据"}。`,
      `部门答复：${answer}`,
      remediesZh,
    ].join("\n"),
  heardSubject: (kind: Heard) => `您的${heardZh[kind]}已有答复`,
  heardBody: (kind: Heard, isCorrected: boolean, answer: string) =>
    [
      `您的${heardZh[kind]}已有答复：${isCorrected ? "问题属实，已经改正" : "已经核实，说明如下"}。`,
      `答复：${answer}`,
      remediesZh,
    ].join("\n"),
  commentSubject: "您对政策的留言已有答复",
  commentBody: (answer: string) => `您对政策的留言已有答复：\n${answer}`,
  reminderSubject: (lastDay: Day) => `还有一项补贴等您确认，${dayZh(lastDay)}截止`,
  reminderBody: (title: string, yuan: string, lastDay: Day) =>
    `“${title}”${yuan} 元还没有确认，${dayZh(lastDay)}截止。请打开“豫事办”搜“免申即享”。`,
  extendedSubject: (lastDay: Day) => `确认期限延长到 ${dayZh(lastDay)}`,
  extendedBody: (title: string, yuan: string, lastDay: Day) =>
    `没有凭据证明贵公司及时收到了“${title}”（${yuan} 元）的通知，所以确认期限延长到 ${dayZh(lastDay)}，不影响金额和资格。请打开“豫事办”搜“免申即享”确认。`,
  lapsedSubject: (title: string) => `“${title}”确认期限已过`,
  lapsedBody: (title: string, yuan: string) =>
    [
      `“${title}”${yuan} 元没有在期限内确认，已自动关闭。不是您的原因？请拨 12345 或到政务大厅窗口说明，可以恢复。`,
      remediesZh,
    ].join("\n"),
  paidSubject: (yuan: string) => `${yuan} 元已拨付`,
  paidBody: (title: string, yuan: string) =>
    `“${title}”${yuan} 元已经拨付到您确认的账户。请核对后在“免申即享”里点“到账确认”。`,
  returnedSubject: (title: string) => `银行退回了“${title}”的款项，不影响资格`,
  returnedBody: (title: string, yuan: string, reason: string) =>
    `银行退回：${reason}。“${title}”${yuan} 元的资格不受影响。请打开“免申即享”改账户，我们会重新拨付。`,
  notCarriedSubject: (title: string) => `“${title}”这次没有办成，不影响资格`,
  notCarriedBody: (title: string, yuan: string, reason: string) =>
    `经办单位没有办成：${reason}。“${title}”${yuan} 元的资格不受影响，不用改账户。户号或贷款信息由部门更正后，我们自动重新办理；认为有误的，可以在“我的数据”里提出异议。`,
  bankReason: (code: string) => bankReasonsZh[code] ?? `银行未能入账（${code}）`,
  confirmedSubject: "已收到您的确认",
  confirmedBody: (receiptNo: string, yuan: string) =>
    `您确认领取共 ${yuan} 元，回执编号 ${receiptNo}。接下来：复核、拨付、到账，每一步都会告诉您。`,

  letterSubject: (first: string, count: number) => (count === 1 ? first : `${first}（共 ${count} 条消息）`),
  trust: "我们不收费、不要验证码、邮件和短信里没有链接。疑问拨 12345。",
  sms: (subject: string) => `${subject}。请打开“豫事办”搜“免申即享”查看。我们不收费、不要验证码，疑问拨12345。`,
  smsPlain: (count: number) =>
    `您有 ${count} 条补贴消息。请打开“豫事办”搜“免申即享”查看。我们不收费、不要验证码，疑问拨12345。`,
};

export type NoticeWords = typeof zh;

const en: NoticeWords = {
  offerSubject: (count, yuan) => `Your firm qualifies for ${benefits(count)}, CNY ${yuan}; no application needed`,
  offerBody: (count, yuan, items, lastDay) =>
    `Your firm qualifies for ${benefits(count)}, CNY ${yuan}. No application is needed, only your confirmation:\n${items}\nOpen Yushiban and search for Apply-free until ${lastDay}.`,
  offerItem: (title, yuan, wasNear) => `· ${title}: CNY ${yuan}${wasNear ? " (it was one fact away before)" : ""}`,
  repairSubject: (count) => `Only a record of credit stands between your firm and ${benefits(count)}`,
  repairItem: (title, record, keeper) => `· ${title}: ${record}${keeper === undefined ? "" : ` (${keeper})`}`,
  repairBody: (items) =>
    `Your firm meets everything else; only a record of credit is in the way:\n${items}\nHow to repair it, and until when, is in the portal under Nearly. The department tells us about the repair, we check again by ourselves, and you hear from us. If the record is wrong, dispute it under My data.`,
  withdrawnSubject: (title) => `"${title}" cannot be paid for now`,
  ground: (label, clause) => (clause === undefined ? `· ${label}` : `· ${label} (by ${clause})`),
  withdrawnBody: (title, yuan, grounds) =>
    [
      `By the newest data "${title}" (CNY ${yuan}) cannot be paid for now. ${grounds === "" ? "" : `No longer met:\n${grounds}\n`}The portal shows which fact it is, and which department said so.`,
      "If the fact is wrong, dispute it there under My data: the department answers in its time, and a correction is checked again by itself.",
      remediesEn,
    ].join("\n"),
  admittedSubject: (title, yuan) => `The money for "${title}" is kept: CNY ${yuan}`,
  admittedBody: (title, yuan) =>
    `CNY ${yuan} for "${title}" are kept for your firm and will be paid after finance has checked; no need to confirm again. The portal shows how amount and place came about.`,
  turnedAwaySubject: (title) => `The fund of "${title}" is used up`,
  turnedAwayBody: (title, yuan) =>
    [
      `Your firm qualifies for "${title}" (CNY ${yuan}), but the fund was used up under the policy's published rule and nothing is left this time. The rule, the order and the result are public and can be checked.`,
      remediesEn,
    ].join("\n"),
  besideOthersSubject: (title) => `"${title}" is not granted beside your other benefits`,
  besideOthersBody: (title, yuan) =>
    [
      `Beside what your firm agreed to or received, "${title}" (CNY ${yuan}) is not granted as offered. The portal names the rule; what is left is offered anew.`,
      remediesEn,
    ].join("\n"),
  answeredSubject: (fact) => `Your dispute about "${fact}" was answered`,
  answeredBody: (fact, isCorrected, answer) =>
    [
      `Your dispute about "${fact}" was answered. ${isCorrected ? "It was corrected, and what depends on it is checked again by itself" : "It was checked and stays as it was"}.`,
      `The department says: ${answer}`,
      remediesEn,
    ].join("\n"),
  heardSubject: (kind) => `There is an answer to your ${heardEn[kind]}`,
  heardBody: (kind, isCorrected, answer) =>
    [
      `There is an answer to your ${heardEn[kind]}. ${isCorrected ? "You were right, and it was put right" : "It was checked, and the reasons are these"}.`,
      `We say: ${answer}`,
      remediesEn,
    ].join("\n"),
  commentSubject: "There is an answer to your comment on a policy",
  commentBody: (answer) => `There is an answer to your comment on a policy:\n${answer}`,
  reminderSubject: (lastDay) => `A benefit still waits for your confirmation, until ${lastDay}`,
  reminderBody: (title, yuan, lastDay) =>
    `"${title}", CNY ${yuan}, still waits for your confirmation, until ${lastDay}. Open Yushiban and search for Apply-free.`,
  extendedSubject: (lastDay) => `You have until ${lastDay} to confirm`,
  extendedBody: (title, yuan, lastDay) =>
    `Nothing proves that your firm had our notice about "${title}" (CNY ${yuan}) in time, so the deadline is now ${lastDay}; amount and entitlement stay. Open Yushiban and search for Apply-free.`,
  lapsedSubject: (title) => `The time to confirm "${title}" has passed`,
  lapsedBody: (title, yuan) =>
    [
      `"${title}", CNY ${yuan}, was not confirmed in time, and the offer is closed. Not your doing? Call 12345 or visit the service hall.`,
      remediesEn,
    ].join("\n"),
  paidSubject: (yuan) => `CNY ${yuan} has been paid`,
  paidBody: (title, yuan) =>
    `CNY ${yuan} for "${title}" has been paid to your account. Please check, and confirm the receipt in the portal.`,
  returnedSubject: (title) => `The bank returned the payment for "${title}"; your entitlement stands`,
  returnedBody: (title, yuan, reason) =>
    `The bank returned the payment: ${reason}. Your entitlement to CNY ${yuan} ("${title}") stands: correct the account in the portal and it will be paid again.`,
  notCarriedSubject: (title) => `"${title}" was not carried out this time; your entitlement stands`,
  notCarriedBody: (title, yuan, reason) =>
    `The institution did not carry it out: ${reason}. Your entitlement to CNY ${yuan} ("${title}") stands, and no account needs correcting. Once the department has put the customer or loan number right, it is done anew by itself; if the number is wrong, dispute it under My data.`,
  bankReason: (code) => bankReasonsEn[code] ?? `the bank could not book it (${code})`,
  confirmedSubject: "We have your confirmation",
  confirmedBody: (receiptNo, yuan) =>
    `We have your confirmation of CNY ${yuan}, receipt ${receiptNo}. Next: check, payment, arrival; we tell you at each step.`,

  letterSubject: (first, count) => (count === 1 ? first : `${first} (${count} messages)`),
  trust:
    "We never charge a fee, never ask for a code, and put no links into mails or text messages. Questions: call 12345.",
  sms: (subject) =>
    `${subject}. Open Yushiban and search for Apply-free. We never charge or ask for a code. Questions: 12345.`,
  smsPlain: (count) =>
    `You have ${count} message(s) about benefits. Open Yushiban and search for Apply-free. We never charge or ask for a code. Questions: 12345.`,
};

export const noticeWords: Readonly<Record<Language, NoticeWords>> = { zh, en };

/** Source: 行政复议法（2023年修订）§20, sixty days; 行政诉讼法（2017年修正）§46, six months. */
const remediesZh =
  "对这项决定不服的，可以自收到本通知之日起六十日内依法提起行政复议，或者六个月内向人民法院提起行政诉讼。";
const remediesEn =
  "Against this decision you may ask for administrative reconsideration within sixty days, or sue in the people's court within six months, from the day you received this notice.";

type Heard = "rectification" | "complaint" | "objection";
const heardZh: Readonly<Record<Heard, string>> = { rectification: "差评", complaint: "投诉", objection: "公示异议" };
const heardEn: Readonly<Record<Heard, string>> = {
  rectification: "rating",
  complaint: "complaint",
  objection: "objection to the public list",
};

/** Source: ISO 20022 external code set ExternalStatusReason1Code / ExternalReturnReason1Code. */
const bankReasonsZh: Readonly<Record<string, string>> = {
  AC01: "账号不存在",
  AC04: "账户已销户",
  AC06: "账户被冻结",
  AG01: "账户不能收款",
  BE01: "户名不一致",
  BE04: "收款人地址不全",
  AM09: "金额不符",
};
const bankReasonsEn: Readonly<Record<string, string>> = {
  AC01: "there is no such account",
  AC04: "the account was closed",
  AC06: "the account is blocked",
  AG01: "the account cannot receive payments",
  BE01: "the holder's name differs",
  BE04: "the payee's address is incomplete",
  AM09: "the amount differs",
};

function benefits(count: number): string {
  return count === 1 ? "a benefit" : `${count} benefits`;
}

/** `2025-12-03` → `12 月 3 日`. */
function dayZh(day: Day): string {
  return `${Number(day.slice(5, 7))} 月 ${Number(day.slice(8, 10))} 日`;
}
