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
      notCarried: "未办成",
    },
    step: {
      confirm: { title: "您确认领取", next: "核对后点一次“确认领取”即可" },
      review: { title: "财政复核", next: "由另一名工作人员复核后才会付款，您不用做什么" },
      send: { title: "财政拨付", next: "复核后交给银行" },
      arrive: { title: "到账", next: "款项到账后我们会通知您" },
      receive: { title: "您确认到账", next: "核对账户后点“到账确认”" },
    },
    state: { past: "已完成", now: "进行中", ahead: "待办", stopped: "受阻" },
    waiting: "已确认，正在等资金。按政策公布的规则和次序自动办理，不用再确认；次序见“公示”里的轮候公示。",
    returned: (reason: string) => `银行退回：${reason}。请改账户，不影响资格。`,
    rejected: (reason: string) => `银行没有受理：${reason}。请改账户，不影响资格。`,
    notCarried: (reason: string) =>
      `经办单位没有办成：${reason}。不影响资格，不用改账户；户号或贷款信息由部门更正后自动重新办理。`,
    doubt: {
      "account-new": "账户是新填或刚变更的，为防冒领，满两个工作日或经我们向您核实后付款。您不用做什么。",
      "name-differs": "账户户名与登记名称不一致，我们会向您核实后付款；也可以改用本单位名下的账户。",
    },
    afterCorrection: "改好账户后我们会重新拨付",
    afterNumber: "户号或贷款信息更正后自动重新办理",
    noReason: "原因待银行说明",
    attempt: (nth: number) => `第 ${nth} 次拨付`,
    deadlineBefore: "请在 ",
    deadlineAfter: "前确认（含当天）",
    deadlineThen: "，逾期自动关闭",
    payWithin: {
      promised: (days: number, clause: string) => `承诺时限：资金落实后 ${days} 个工作日内到账（${clause}）`,
      statutory: (days: number, clause: string) => `规定时限：资金落实后 ${days} 个工作日内到账（${clause}）`,
    },
    payBy: { promised: "承诺到账：", statutory: "最迟到账：" },
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
      notCarried: "Not carried out",
    },
    step: {
      confirm: { title: "You confirm", next: "Check, then press “Confirm” once" },
      review: { title: "Finance checks", next: "A second official checks before money moves; nothing for you to do" },
      send: { title: "Finance pays", next: "The order goes to the bank" },
      arrive: { title: "Money arrives", next: "We tell you when it does" },
      receive: { title: "You confirm receipt", next: "Check your account, then press “It has arrived”" },
    },
    state: { past: "Done", now: "In progress", ahead: "To come", stopped: "Held up" },
    waiting:
      "You have agreed and wait for money. It goes on by itself, by the policy's published rule and order; no need to confirm again. Your place is in the waiting list under Results.",
    returned: (reason) => `Returned by the bank: ${reason}. Please correct the account; your entitlement stands.`,
    rejected: (reason) => `Not accepted by the bank: ${reason}. Please correct the account; your entitlement stands.`,
    notCarried: (reason) =>
      `The institution did not carry it out: ${reason}. Your entitlement stands and no account needs correcting; it is done anew once the department has put the number right.`,
    doubt: {
      "account-new":
        "The account is new or was changed. To keep your money from others it is paid after two working days, or once we have asked you. Nothing for you to do.",
      "name-differs":
        "The account is not in your registered name. We ask you before we pay; or name an account in your own name.",
    },
    afterCorrection: "We pay again as soon as the account is corrected",
    afterNumber: "It is done anew once the number is right",
    noReason: "the bank has not said why yet",
    attempt: (nth) => `Payment attempt ${nth}`,
    deadlineBefore: "Please confirm by ",
    deadlineAfter: " (that day included)",
    deadlineThen: "; afterwards this offer closes",
    payWithin: {
      promised: (days, clause) =>
        `Promised: in your account within ${days} working days once the money is set aside (${clause})`,
      statutory: (days, clause) =>
        `By rule: in your account within ${days} working days once the money is set aside (${clause})`,
    },
    payBy: { promised: "promised by ", statutory: "due by " },
  },
);
