import { catalogue } from "../kit/reader.ts";

export const accountChecksWords = catalogue(
  {
    title: "账户待核实",
    lead: "应付而暂不付的账户。请用登记机关留存的电话或当面向企业核实，不要用随账户一起提供的联系方式。",
    empty: "没有等待核实的账户。",
    notRecorded: "没有记录核实结果",
    checked: "已记录核实结果，下一次编制批次时付款。",
    doubt: {
      "account-new": "账户是新填或刚变更的，冷静期内不付款；冷静期满或另一人核实后付款。",
      "name-differs": "户名与企业登记名称（含曾用名）不一致，须另一人核实后才付款。",
    },
    holder: "户名",
    account: "账号",
    payments: "等待付款",
    count: (count: number) => `${count} 笔，`,
    recorded: "登记",
    restsUntil: "冷静期至",
    note: "核实记录",
    noteHint: "写明向谁、用什么方式核实、对方如何答复",
    check: "已核实，可以付款",
    may: {
      "recorded-it": "账户是您登记的，须由另一人核实。",
      "no-role": "由财政人员核实，这里只能查看。",
    },
  },
  {
    title: "Accounts to check",
    lead: "Money is due to these accounts and does not go yet. Ask the firm by the telephone number on the register or in person, never by a contact that came with the account.",
    empty: "No account waits for a check.",
    notRecorded: "The check was not recorded",
    checked: "The check is on record; the next batch pays.",
    doubt: {
      "account-new":
        "New or changed a short time ago: paid when its time of rest is over, or when another person has checked it.",
      "name-differs":
        "Not in the firm's registered name or a former one: paid only when another person has checked it.",
    },
    holder: "Holder",
    account: "Account",
    payments: "Waiting",
    count: (count) => (count === 1 ? "1 payment, " : `${count} payments, `),
    recorded: "Recorded",
    restsUntil: "Rests until",
    note: "What was found",
    noteHint: "Whom you asked, how, and what was answered",
    check: "Checked, may be paid",
    may: {
      "recorded-it": "You recorded this account; another person has to check it.",
      "no-role": "Finance checks accounts; here you can only read.",
    },
  },
);
