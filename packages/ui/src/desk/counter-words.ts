import { catalogue } from "../kit/reader.ts";

const window = catalogue(
  {
    title: "窗口代办",
    lead: "企业的人带着签字盖章的确认书来办。先登记谁来了、哪份确认书，再打开。每次打开都记入日志。",
    code: "统一社会信用代码或公民身份号码",
    person: "办理人姓名",
    personHint: "按证件上的姓名填写，证件号码不要填。",
    paper: "确认书编号",
    open: "打开",
    firm: "企业",
    standing: "来办的人",
    bank: "收款银行",
    noBank: "还没有收款账户，不能确认",
    bankHint: "窗口看不到账号，也不能改。要改请法定代表人登录办理。",
    none: "这家企业目前没有待确认的补贴。",
    choose: "确认书上勾选的补贴",
    until: "截止 ",
    checked: "我已核对办理人和确认书，金额与确认书一致。",
    confirm: "按确认书确认",
    another: "办理下一家",
    done: (receiptNo: string) => `已确认，回执号 ${receiptNo}。请抄在确认书上，原件归档。`,
  },
  {
    title: "Counter",
    lead: "Somebody of the firm comes with the signed paper. Say first who is here and with which paper; then open. Each opening is journaled.",
    code: "Credit code, or a person's identity number",
    person: "Name of the person",
    personHint: "As on the identity card; leave its number out.",
    paper: "Number of the paper",
    open: "Open",
    firm: "Firm",
    standing: "Who is here",
    bank: "Bank to be paid through",
    noBank: "There is no account yet, so nothing can be confirmed",
    bankHint:
      "The counter does not see the account number and cannot change it; the legal representative can, after signing in.",
    none: "Nothing waits for this firm.",
    choose: "Ticked on the paper",
    until: "until ",
    checked: "I have checked the person and the paper, and the amounts are those on the paper.",
    confirm: "Confirm as on the paper",
    another: "Next firm",
    done: (receiptNo) => `Confirmed; the receipt is ${receiptNo}. Write it on the paper and file the original.`,
  },
);

/** The same page for an agent of the hotline: a call instead of a visit, a ticket instead of a paper. */
const hotline = catalogue<typeof window.zh>(
  {
    ...window.zh,
    title: "电话代办",
    lead: "企业的人打 12345 来办。先登记谁来电、哪张工单，再打开。通话有录音，每次打开都记入日志。",
    person: "来电人姓名",
    personHint: "按来电人自报的姓名填写，证件号码和账号不要问。",
    paper: "工单号",
    standing: "来电人",
    bankHint: "热线看不到账号，也不能改。要改请法定代表人登录办理。",
    choose: "来电人要领取的补贴",
    checked: "我已逐项念出名称和金额，来电人明确同意，通话有录音。",
    confirm: "按来电确认",
    another: "办理下一个来电",
    done: (receiptNo: string) => `已确认，回执号 ${receiptNo}。请念给来电人，并记入工单。`,
  },
  {
    ...window.en,
    title: "By telephone",
    lead: "Somebody of the firm calls 12345. Say first who calls and under which ticket; then open. Calls are recorded, and each opening is journaled.",
    person: "Name of the caller",
    personHint: "As the caller says it; never ask for an identity number or an account.",
    paper: "Number of the ticket",
    standing: "Who calls",
    bankHint:
      "The hotline does not see the account number and cannot change it; the legal representative can, after signing in.",
    choose: "What the caller agrees to",
    checked: "I have read out each title and amount, the caller agreed in so many words, and the call is recorded.",
    confirm: "Confirm as said",
    another: "Next call",
    done: (receiptNo) => `Confirmed; the receipt is ${receiptNo}. Read it to the caller and note it on the ticket.`,
  },
);

export const counterWords = { window, hotline };
