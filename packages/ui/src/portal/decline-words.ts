import { catalogue } from "../kit/reader.ts";

export const declineWords = catalogue(
  {
    title: "暂不领取",
    lead: "期限以前可以随时改变主意，在“首页 → 已结束”里重新打开。",
    which: "哪些暂不领取？",
    why: "原因",
    whyHint: "只用来改进政策，不影响您以后的资格。",
    reasons: {
      "not-now": "现在不需要",
      "cannot-meet-obligations": "做不到领取后的要求",
      "data-wrong": "数据或金额不对",
      other: "其他",
    },
    note: "想补充的话（可不填）",
    submit: "确定暂不领取",
    back: "返回核对页",
    backTo: "待确认的补贴",
    problemWord: "错误：",
    problem: {
      "nothing-chosen": "请至少选择一项暂不领取的补贴。",
      "reason-missing": "请选一个原因。",
      "confirmation-closed": "这项补贴的确认期限已过，不用再选择。",
      "form-expired": "页面放置太久，已经过期。请再提交一次。",
    },
  },
  {
    title: "Not for now",
    lead: "You may change your mind until the deadline: open it again under Home, Closed.",
    which: "Which ones not for now?",
    why: "Reason",
    whyHint: "Only used to make policies better; it does not affect what you are entitled to later.",
    reasons: {
      "not-now": "We do not need it now",
      "cannot-meet-obligations": "We cannot meet what is asked afterwards",
      "data-wrong": "The data or the amount is wrong",
      other: "Something else",
    },
    note: "Anything to add (optional)",
    submit: "Decline for now",
    back: "Back to the offers",
    backTo: "Benefits to confirm",
    problemWord: "Error: ",
    problem: {
      "nothing-chosen": "Choose at least one benefit to decline.",
      "reason-missing": "Choose a reason.",
      "confirmation-closed": "The time to answer has passed; there is nothing to choose any more.",
      "form-expired": "The page was open too long and has expired. Please send it once more.",
    },
  },
);

/** Values of the field `reason`; a free `note` may follow. */
export const declineReasons = ["not-now", "cannot-meet-obligations", "data-wrong", "other"] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** The words for a stored reason; a reason that is not one of ours is shown as it is. */
export function reasonText(reason: string, lang: "zh" | "en"): string {
  const known = declineReasons.find((candidate) => candidate === reason);
  return known === undefined ? reason : declineWords[lang].reasons[known];
}
