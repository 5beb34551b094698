import type { Bilingual } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { formatYuan } from "../kernel/money.ts";
import type { NoticeText } from "../notice/notice.ts";
import { type InstalmentStanding, REST_DUE_AFTER_DAYS, restDueOn } from "./instalments.ts";
import { debtOf, type Recovery } from "./recovery.ts";

/** What a firm can do against a decision. Source: 行政复议法 §20 (60 days), 行政诉讼法 §46 (6 months). */
const remediesZh = "不服本决定的，可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼。";
const remediesEn =
  "Against the decision you may ask for administrative review within 60 days, or sue within 6 months, of knowing of it.";
const contactZh = "疑问拨 12345。我们不会让您把钱转到个人账户。";
const contactEn = "Questions: call 12345. We never ask for a transfer to a person's account.";

/** 拟追缴告知书: facts, basis, amount, the right to be heard, and the remedies that a decision would leave. */
export function recoveryNotice(title: Bilingual, { ground, facts, claimedFen, stateBy }: Recovery): NoticeText {
  const yuan = formatYuan(claimedFen);
  return {
    subject: {
      zh: `拟追缴“${title.zh}”${yuan} 元，请在期限内陈述申辩`,
      en: `CNY ${yuan} of "${title.en}" may have to be paid back; you can be heard first`,
    },
    body: {
      zh: [
        `事实：${facts}`,
        `依据：${ground.document}。`,
        `拟追缴金额：${yuan} 元。现在还不用付款。`,
        `贵公司有权陈述和申辩，请在 ${stateBy} 前打开“免申即享”填写；届时由另一名工作人员决定是否追缴、追缴多少。`,
        `决定作出后，${remediesZh}${contactZh}`,
      ].join("\n"),
      en: [
        `Facts: ${facts}`,
        `Basis: ${ground.document}.`,
        `CNY ${yuan} of this benefit may have to be paid back. You need not pay now.`,
        `You may state your view in the portal until ${stateBy}; a second official decides then whether, and how much.`,
        `${remediesEn} ${contactEn}`,
      ].join("\n"),
    },
  };
}

/** What was decided after the firm was heard, with reasons, calendar and remedies. */
export function decisionNotice(title: Bilingual, recovery: Recovery): NoticeText {
  if (recovery.status !== "owed") return waivedNotice(title, recovery);
  const yuan = formatYuan(debtOf(recovery));
  const lines = (say: (dueOn: Day, yuan: string) => string) =>
    recovery.instalments.map(({ dueOn, amountFen }) => say(dueOn, formatYuan(amountFen)));
  return {
    subject: {
      zh: `追缴决定：“${title.zh}”应退回 ${yuan} 元`,
      en: `Decision: CNY ${yuan} of "${title.en}" have to be paid back`,
    },
    body: {
      zh: [
        `经听取陈述申辩，决定追缴 ${yuan} 元（原拟追缴 ${formatYuan(recovery.claimedFen)} 元）。理由：${recovery.reasons}`,
        "退回期限：",
        ...lines((dueOn, each) => `· ${dueOn} 前：${each} 元`),
        ...(recovery.callsInRest ? [`某一期逾期超过 ${REST_DUE_AFTER_DAYS} 天仍未退回的，其余各期一并到期。`] : []),
        `转账时请在附言里写明编号 ${recovery.reference}；收款账户见“免申即享”。也可以选择从以后的补贴里抵扣。`,
        `${remediesZh}${contactZh}`,
      ].join("\n"),
      en: [
        `After hearing you: CNY ${yuan} have to be paid back (asked were ${formatYuan(recovery.claimedFen)}). Reasons: ${recovery.reasons}`,
        ...lines((dueOn, each) => `· by ${dueOn}: CNY ${each}`),
        ...(recovery.callsInRest
          ? [
              `Where an instalment is missed for more than ${REST_DUE_AFTER_DAYS} days, all that are left are due at once.`,
            ]
          : []),
        `Write ${recovery.reference} on the transfer; the account is named in the portal. It may also be set off against later benefits.`,
        `${remediesEn} ${contactEn}`,
      ].join("\n"),
    },
  };
}

function waivedNotice(title: Bilingual, recovery: Recovery): NoticeText {
  const isWaived = recovery.status === "waived";
  return {
    subject: { zh: `“${title.zh}”不追缴`, en: `Nothing of "${title.en}" has to be paid back` },
    body: {
      zh: `经听取陈述申辩和核实，决定不追缴。${isWaived ? `理由：${recovery.reasons}` : "数据再次更正，不需要退回。"}${contactZh}`,
      en: `Nothing has to be paid back. ${isWaived ? `Reasons: ${recovery.reasons}` : "The facts were corrected once more."} ${contactEn}`,
    },
  };
}

/**
 * An instalment is due in a few days, was due and has not come, or is due early because an earlier one was missed.
 * `laterFen`: what has not come back of the instalments after it. 分
 */
export function instalmentNotice(
  title: Bilingual,
  { reference, callsInRest = false }: Pick<Recovery, "reference"> & Readonly<{ callsInRest?: boolean }>,
  instalment: InstalmentStanding & Readonly<{ laterFen: bigint }>,
): NoticeText {
  const { dueOn, amountFen, paidFen, overdue, laterFen } = instalment;
  const yuan = formatYuan(amountFen - paidFen);
  const why = instalment.calledIn
    ? {
        zh: `因前面的分期逾期超过 ${REST_DUE_AFTER_DAYS} 天，按追缴决定，其余分期自 ${dueOn} 起一并到期，其中这一期还差 ${yuan} 元。补足逾期的分期后，其余仍按原日期退回。`,
        en: `An earlier instalment was missed for more than ${REST_DUE_AFTER_DAYS} days, so by the decision the rest is due since ${dueOn}; CNY ${yuan} of it is this instalment. Once what was missed is made up, the other days hold again.`,
      }
    : {
        zh: `按追缴决定，${dueOn} 前应退回的款项还差 ${yuan} 元。`,
        en: `CNY ${yuan} is still open of what was due by ${dueOn}.`,
      };
  const warnsOfRest = callsInRest && overdue && !instalment.calledIn && laterFen > 0n;
  const rest = warnsOfRest
    ? {
        zh: `如果 ${restDueOn(instalment)} 前仍未退回，其余 ${formatYuan(laterFen)} 元将一并到期。`,
        en: ` If it has not come back by ${restDueOn(instalment)}, the other CNY ${formatYuan(laterFen)} are due as well.`,
      }
    : { zh: "", en: "" };
  return {
    subject: overdue
      ? { zh: `“${title.zh}”应退回的 ${yuan} 元已逾期`, en: `CNY ${yuan} of "${title.en}" are overdue` }
      : { zh: `“${title.zh}”有 ${yuan} 元即将到期，请退回`, en: `CNY ${yuan} of "${title.en}" are due back soon` },
    body: {
      zh: `${why.zh}${rest.zh}转账附言请写明编号 ${reference}；收款账户见“免申即享”。已经转账的，银行入账后会自动登记。${contactZh}`,
      en: `${why.en}${rest.en} Write ${reference} on the transfer; what you have sent is booked with the bank's statement. ${contactEn}`,
    },
  };
}

/** So much of a benefit is kept back for what the firm owes, by a clause and without its consent. All amounts in 分. */
export function offsetNotice(
  title: Bilingual,
  {
    reference,
    ground,
    amountFen,
    benefitFen,
  }: Readonly<{ reference: string; ground: string; amountFen: bigint; benefitFen: bigint }>,
): NoticeText {
  const yuan = formatYuan(amountFen);
  const restFen = benefitFen - amountFen;
  const rest =
    restFen === 0n
      ? { zh: "这项补贴已全部用于抵扣。", en: "All of this benefit is used for it." }
      : {
          zh: `其余 ${formatYuan(restFen)} 元照常拨付。`,
          en: `The other CNY ${formatYuan(restFen)} are paid as ever.`,
        };
  return {
    subject: {
      zh: `“${title.zh}”中 ${yuan} 元用于抵扣应退回的款项`,
      en: `CNY ${yuan} of "${title.en}" are set off against what you owe back`,
    },
    body: {
      zh: `依据：${ground}。从“${title.zh}”中抵扣 ${yuan} 元，用于退回编号 ${reference} 的款项，这部分不用再转账。${rest.zh}${remediesZh}${contactZh}`,
      en: `By ${ground}, CNY ${yuan} of "${title.en}" pay what you owe back under ${reference}; you need not transfer that part. ${rest.en} ${remediesEn} ${contactEn}`,
    },
  };
}

/** More is due than was paid: paid without another confirmation, or to be confirmed. */
export function topUpNotice(
  title: Bilingual,
  amountFen: bigint,
  consent: "covered" | "asked",
  lastDay: Day,
): NoticeText {
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
    subject: { zh: `“${title.zh}”补发 ${yuan} 元`, en: `CNY ${yuan} more of "${title.en}"` },
    body: {
      zh: `数据更正后重新计算，“${title.zh}”少付了 ${yuan} 元，现予补发。${next.zh}${contactZh}`,
      en: `A correction shows that CNY ${yuan} more was due. ${next.en} ${contactEn}`,
    },
  };
}
