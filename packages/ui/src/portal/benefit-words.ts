import { catalogue } from "../kit/reader.ts";

/** How far a benefit is, in the words of someone who waits for money. */
export const benefitWords = catalogue(
  {
    tag: {
      offered: "待确认",
      confirmed: "办理中",
      waitlisted: "排队中",
      declined: "暂不领取",
      lapsed: "已过期",
      withdrawn: "已取消",
      paid: "已拨付",
      received: "已到账",
      returned: "银行退回",
    },
    step: {
      confirm: { title: "您确认领取", next: "核对后点一次“确认领取”即可" },
      review: { title: "财政复核", next: "由另一名工作人员复核后才会付款，您不用做什么" },
      send: { title: "财政拨付", next: "复核后交给银行，一般 3 个工作日内" },
      arrive: { title: "到账", next: "款项到账后我们会通知您" },
      receive: { title: "您确认到账", next: "核对账户后点“到账确认”" },
    },
    state: { past: "已完成", now: "进行中", ahead: "待办", stopped: "受阻" },
    waiting: "资金暂时用完，您已排在队里。补充资金后自动办理，不用再确认。",
    returned: (reason: string) => `银行退回：${reason}。请改账户，不影响资格。`,
    rejected: (reason: string) => `银行没有受理：${reason}。请改账户，不影响资格。`,
    afterCorrection: "改好账户后我们会重新拨付",
    noReason: "原因待银行说明",
    attempt: (nth: number) => `第 ${nth} 次拨付`,
    deadlineBefore: "请在 ",
    deadlineAfter: "前确认（含当天），逾期本批次自动关闭",
  },
  {
    tag: {
      offered: "To confirm",
      confirmed: "In progress",
      waitlisted: "In the queue",
      declined: "Declined for now",
      lapsed: "Expired",
      withdrawn: "Cancelled",
      paid: "Paid",
      received: "Received",
      returned: "Returned by the bank",
    },
    step: {
      confirm: { title: "You confirm", next: "Check, then press “Confirm” once" },
      review: { title: "Finance checks", next: "A second official checks before money moves; nothing for you to do" },
      send: { title: "Finance pays", next: "The order goes to the bank, usually within 3 working days" },
      arrive: { title: "Money arrives", next: "We tell you when it does" },
      receive: { title: "You confirm receipt", next: "Check your account, then press “It has arrived”" },
    },
    state: { past: "Done", now: "In progress", ahead: "To come", stopped: "Held up" },
    waiting:
      "The fund is used up for now and you are in the queue. It goes on by itself when the fund is topped up; no need to confirm again.",
    returned: (reason) => `Returned by the bank: ${reason}. Please correct the account; your entitlement stands.`,
    rejected: (reason) => `Not accepted by the bank: ${reason}. Please correct the account; your entitlement stands.`,
    afterCorrection: "We pay again as soon as the account is corrected",
    noReason: "the bank has not said why yet",
    attempt: (nth) => `Payment attempt ${nth}`,
    deadlineBefore: "Please confirm by ",
    deadlineAfter: " (that day included); afterwards this offer closes",
  },
);
