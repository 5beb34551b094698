import type { Day } from "../kernel/day.ts";
import { formatYuan } from "../kernel/money.ts";
import type { NoticeText } from "../notice/notice.ts";
import type { InstalmentStanding } from "./instalments.ts";
import { debtOf, type Recovery } from "./recovery.ts";

/** What a firm can do against a decision. Source: 行政复议法 §20 (60 days), 行政诉讼法 §46 (6 months). */
export const remediesZh = "不服本决定的，可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼。";
const remediesEn =
  "Against the decision you may ask for administrative review within 60 days, or sue within 6 months, of knowing of it.";
const contactZh = "疑问拨 12345。我们不会让您把钱转到个人账户。";
const contactEn = "Questions: call 12345. We never ask for a transfer to a person's account.";

/** 拟追缴告知书: facts, basis, amount, the right to be heard, and the remedies that a decision would leave. */
export function recoveryNotice(title: string, { ground, facts, claimedFen, stateBy }: Recovery): NoticeText {
  const yuan = formatYuan(claimedFen);
  return {
    subject: `拟追缴“${title}”${yuan} 元，请在 ${stateBy} 前陈述申辩`,
    body: [
      `事实：${facts}`,
      `依据：${ground.document}。`,
      `拟追缴金额：${yuan} 元。现在还不用付款。`,
      `贵公司有权陈述和申辩，请在 ${stateBy} 前打开“免申即享”填写；届时由另一名工作人员决定是否追缴、追缴多少。`,
      `决定作出后，${remediesZh}${contactZh}`,
      "",
      `CNY ${yuan} of this benefit may have to be paid back. You need not pay now: you may state your view until ${stateBy}, and a second official decides then. ${remediesEn} ${contactEn}`,
    ].join("\n"),
  };
}

/** What was decided after the firm was heard, with reasons, calendar and remedies. */
export function decisionNotice(title: string, recovery: Recovery): NoticeText {
  if (recovery.status !== "owed") return waivedNotice(title, recovery);
  const yuan = formatYuan(debtOf(recovery));
  const lines = recovery.instalments.map(({ dueOn, amountFen }) => `· ${dueOn} 前：${formatYuan(amountFen)} 元`);
  return {
    subject: `追缴决定：“${title}”应退回 ${yuan} 元`,
    body: [
      `经听取陈述申辩，决定追缴 ${yuan} 元（原拟追缴 ${formatYuan(recovery.claimedFen)} 元）。理由：${recovery.reasons}`,
      "退回期限：",
      ...lines,
      `转账时请在附言里写明编号 ${recovery.reference}；收款账户见“免申即享”。也可以选择从以后的补贴里抵扣。`,
      `${remediesZh}${contactZh}`,
      "",
      `CNY ${yuan} has to be paid back, on the days above. Write ${recovery.reference} on the transfer. ${remediesEn} ${contactEn}`,
    ].join("\n"),
  };
}

function waivedNotice(title: string, recovery: Recovery): NoticeText {
  const reasons = recovery.status === "waived" ? `理由：${recovery.reasons}` : "数据再次更正，不需要退回。";
  return {
    subject: `“${title}”不追缴`,
    body: [
      `经听取陈述申辩和核实，决定不追缴。${reasons}${contactZh}`,
      "",
      `Nothing has to be paid back. ${contactEn}`,
    ].join("\n"),
  };
}

/** An instalment is due in a few days, or was due and has not come. */
export function instalmentNotice(
  title: string,
  { reference }: Pick<Recovery, "reference">,
  { dueOn, amountFen, paidFen, overdue }: InstalmentStanding,
): NoticeText {
  const yuan = formatYuan(amountFen - paidFen);
  return {
    subject: overdue ? `“${title}”应退回的 ${yuan} 元已逾期` : `“${title}”${yuan} 元请在 ${dueOn} 前退回`,
    body: [
      `按追缴决定，${dueOn} 前应退回的款项还差 ${yuan} 元。转账附言请写明编号 ${reference}；收款账户见“免申即享”。已经转账的，银行入账后会自动登记。${contactZh}`,
      "",
      `CNY ${yuan} is still open of what was due by ${dueOn}. Write ${reference} on the transfer; what you have sent is booked with the bank's statement. ${contactEn}`,
    ].join("\n"),
  };
}

/** More is due than was paid: paid without another confirmation, or to be confirmed. */
export function topUpNotice(title: string, amountFen: bigint, consent: "covered" | "asked", lastDay: Day): NoticeText {
  const yuan = formatYuan(amountFen);
  const next =
    consent === "covered"
      ? {
          zh: "原来的确认继续有效，会直接拨付到您确认过的账户。",
          en: "Your consent covers it; it goes to the same account.",
        }
      : {
          zh: `收款账户有变化，请在 ${lastDay} 前再确认一次。`,
          en: `Your account has changed: please confirm until ${lastDay}.`,
        };
  return {
    subject: `“${title}”补发 ${yuan} 元`,
    body: [
      `数据更正后重新计算，“${title}”少付了 ${yuan} 元，现予补发。${next.zh}${contactZh}`,
      "",
      `A correction shows that CNY ${yuan} more was due. ${next.en} ${contactEn}`,
    ].join("\n"),
  };
}
