/**
 * Sentences that must be true of the store at every moment, whoever wrote to it and by whatever
 * way. Most of them are also refused by constraints and triggers; these find what went around.
 */
const sentences = {
  // the books
  "postings-balance": {
    zh: "同一笔业务的分录合计为零。",
    en: "The postings of one business key sum to zero.",
  },
  "balances-follow-postings": {
    zh: "预算指标的各项余额等于其分录合计。",
    en: "Every balance of a budget line is the sum of its postings.",
  },
  "appropriation-is-whole": {
    zh: "下达数 = 可用 + 预留 + 已批 + 在途 + 已付 + 退回 + 结转。",
    en: "Appropriated is available, reserved, committed, in transit, paid, returned and carried over.",
  },
  "reserved-is-owed": {
    zh: "预留数等于已确认、尚未复核批准的应付合计。",
    en: "Reserved is what confirmed benefits are owed whose payment nobody has approved yet.",
  },
  "committed-is-approved": {
    zh: "已批数等于已复核、尚未送银行的拨付合计。",
    en: "Committed is the sum of payments that are approved and not sent.",
  },
  "returned-waits-for-an-account": {
    zh: "退回数等于被银行退回、尚未重新编制的拨付合计。",
    en: "Returned is the sum of payments that came back and were not tried again.",
  },
  "in-transit-is-with-the-bank": {
    zh: "在途数等于已送银行、尚未有结果的拨付合计。",
    en: "In transit is the sum of payments that are with the bank.",
  },
  "paid-is-settled": {
    zh: "已付数等于银行已入账的拨付合计。",
    en: "Paid is the sum of settled payments.",
  },
  "paid-is-booked-by-the-bank": {
    zh: "已付数等于银行对账单上的净付出。",
    en: "Paid is what the bank's statements booked out and not back.",
  },
  // payment
  "paid-by-one-payment": {
    zh: "每项已拨付的权益恰有一笔同额的已入账拨付，未拨付的没有。",
    en: "A benefit is paid if and only if exactly one payment of its amount is settled.",
  },
  "settled-by-one-debit": {
    zh: "每笔已入账的拨付在对账单上恰有一条同额借记，且未被退回。",
    en: "Every settled payment has exactly one booked debit of its amount and no return.",
  },
  "booked-lines-have-payments": {
    zh: "对账单上每条已匹配的记录都有状态一致的拨付。",
    en: "Every matched line of a statement has a payment in the state that the line says.",
  },
  "bank-files-are-as-received": {
    zh: "银行文件与收到时一致。",
    en: "Every file of the bank is as it was received.",
  },
  "sealed-accounts-are-what-they-say": {
    zh: "每个加密存放的账号都能打开，且与其索引一致。",
    en: "Every account number that lies sealed can be opened, and is the one its index says.",
  },
  "one-live-payment": {
    zh: "一项权益同时至多有一笔有效的拨付。",
    en: "No benefit has two payments alive.",
  },
  "payment-like-benefit": {
    zh: "拨付的金额、指标和收款账户与权益一致，账户属于该企业。",
    en: "A payment has the amount, line and account of its benefit, and the account is that firm's.",
  },
  "batch-is-its-payments": {
    zh: "批次的笔数和合计等于其中的拨付。",
    en: "Count and total of a batch are those of its payments.",
  },
  "batch-file-is-what-was-approved": {
    zh: "送银行的文件就是复核人复核的文件。",
    en: "The file of a batch is the file that was approved.",
  },
  "two-people-per-batch": {
    zh: "制单人与复核人不是同一人，且各有其岗。",
    en: "Maker and checker of a batch are two people, each with the role for it.",
  },
  // after payment
  "receivable-is-owed": {
    zh: "应收追缴数等于已决定追缴、尚未收回的合计。",
    en: "Receivable is what firms owe back by decision and has not come back.",
  },
  "recovered-is-booked": {
    zh: "已收回数等于银行入账的退款与抵扣之和。",
    en: "Recovered is what the bank has booked as paid back, and what was set off.",
  },
  "received-by-credits": {
    zh: "每件追缴收到的数等于对账单上写明其编号、同一账户的贷记合计。",
    en: "Every recovery has received the sum of the booked credits that carry its reference.",
  },
  "nothing-recovered-twice": {
    zh: "一项权益上追缴的合计不超过在其上发放的合计，收回的不超过决定的。",
    en: "No award is asked back for more than was granted on it, and no recovery brings more than was decided.",
  },
  "offsets-on-both-sides": {
    zh: "抵扣在追缴和补贴两边同额入账，属于同一企业。",
    en: "Every offset is on both sides, the debt's and the benefit's, of one firm.",
  },
  "two-people-per-recovery": {
    zh: "提出追缴的人与决定的人不是同一人，都有账号。",
    en: "Who asks money back and who decides it are two people, each with an account.",
  },
  "review-followed-to-the-fen": {
    zh: "每次成立的复核只引出一次追缴或补发，金额就是复核的差额；补发与原权益的企业、政策、指标一致。",
    en: "Every upheld review leads to the difference that it found, once; a top-up is its award's in firm, policy and line.",
  },
  // decision and consent
  "confirmed-by-consent": {
    zh: "每项已确认的权益都在同额的确认回执上。",
    en: "Every confirmed benefit is on a consent of its firm with the same amount.",
  },
  "consent-adds-up": {
    zh: "确认回执的合计等于其中各项之和。",
    en: "The total of a consent is the sum of what it agrees to.",
  },
  "confirmed-in-time": {
    zh: "确认都在期限之前。",
    en: "Every confirmation was made before the deadline.",
  },
  "lapsed-was-known": {
    zh: "逾期关闭的权益，企业都在截止五整天之前已经知道。",
    en: "Every offer that lapsed was known to its firm at least five whole days before its end.",
  },
  "benefit-like-decision": {
    zh: "每项权益与其决定的企业、政策、年度、金额一致，且决定为“符合”。",
    en: "Every benefit has an eligible decision for the same firm, policy, period and exact amount.",
  },
  "parts-make-up-the-award": {
    zh: "分期拨付的各期合计等于该项权益，一分不差。",
    en: "The parts of an award that is paid in parts make it up to the fen.",
  },
  "decision-by-published-rule": {
    zh: "每个决定所依据的政策版本都已发布，摘要与发布时一致。",
    en: "Every decision's policy version is published, with the digest it was published with.",
  },
  "facts-were-delivered": {
    zh: "决定所用的每项已知数据都在所注明的那批数据里。",
    en: "Every known fact of a decision is in the delivery that it names.",
  },
  // publication
  "results-are-paid": {
    zh: "公示的每条结果都有同额、已入账的拨付。",
    en: "Every published result has a settled payment of the same amount, and its benefit is paid.",
  },
  "results-in-time": {
    zh: "已拨付的都在 7 个工作日内公示。",
    en: "Everything paid is published within seven working days.",
  },
  "results-are-masked": {
    zh: "公示内容里没有企业全称、完整代码和邮箱。",
    en: "No published result contains a full name, a full code or an address.",
  },
  "no-account-number-in-writing": {
    zh: "通知、公示和日志里没有银行账号。",
    en: "No notice, mail, published result or event contains an account number.",
  },
  // journal
  "journal-knows-each-benefit": {
    zh: "每项权益的状态都是日志最后所记的状态，金额一致。",
    en: "The state and amount of every benefit are what the journal last said of it.",
  },
  "journal-knows-each-offer": {
    zh: "每项权益的决定及其结果就是日志所记的。",
    en: "The decision behind every benefit, and its result, are what the journal said when it was offered.",
  },
  "journal-knows-each-consent": {
    zh: "每项权益的答复由日志所记的人在所记的时间作出。",
    en: "Every answer to an offer was given by whom and when the journal says.",
  },
  "journal-knows-each-payment": {
    zh: "每笔拨付的状态都是日志最后所记的状态，金额和收款账户一致。",
    en: "The state, amount and account of every payment are what the journal said of it.",
  },
  "journal-knows-each-booking": {
    zh: "日志所记的每次入账都在银行对账单上。",
    en: "Every booking that the journal tells of is in the bank's statement.",
  },
  "journal-knows-each-recovery": {
    zh: "每件追缴的金额、陈述、决定、收回和状态都是日志所记的。",
    en: "Amount, statement, decision, receipts and state of every recovery are what the journal said of it.",
  },
  "journal-knows-each-batch": {
    zh: "每个批次的状态都是日志最后所记的状态。",
    en: "The state of every batch is what the journal last said of it.",
  },
  "journal-knows-each-delivery": {
    zh: "每批数据的来源、摘要和行数就是日志所记的。",
    en: "Source, digest and rows of every delivery are what the journal says.",
  },
  "journal-knows-each-run": {
    zh: "每次匹配的结果数就是日志所记的。",
    en: "The counts of every finished run are what the journal says.",
  },
} as const;

export type InvariantName = keyof typeof sentences;

/** Where a sentence is not true: the row it is not true of, and what is found there. */
export type Breach = Readonly<{ subject: string; detail: string }>;

export type InvariantResult = Readonly<{
  name: InvariantName;
  sentence: Readonly<{ zh: string; en: string }>;
  /** Empty when it holds; the first hundred otherwise. */
  breaches: readonly Breach[];
}>;

export const invariantNames = Object.keys(sentences) as InvariantName[];

export function invariantResult(name: InvariantName, breaches: readonly Breach[]): InvariantResult {
  return { name, sentence: sentences[name], breaches };
}

/** How many of the sentences are not true. */
export function countBroken(results: readonly InvariantResult[]): number {
  return results.filter(({ breaches }) => breaches.length > 0).length;
}
