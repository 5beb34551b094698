import type { AccountForm } from "@apply-free/ui";
import type { Tx } from "../platform/store.prisma.ts";

export type AccountFields = Readonly<Record<"holderName" | "accountNo" | "bankName" | "bankCode", string>>;
type Which = Readonly<{ id: string } | { firmCode: string; status: "active" }>;

/** The form as it opens: usually only the holder's name is wrong, and that must be the firm's own. */
export async function openedForm(db: Tx, which: Which, firmName: string): Promise<AccountForm> {
  const present = await db.bankAccount.findFirst({ where: which });
  const bank = present && { bankName: present.bankName, bankCode: present.bankCode };
  return { values: { holderName: firmName, ...bank }, errors: {} };
}

/** What was typed, without the blanks of reading aloud; a number left empty is the present one, which no page shows. */
export async function completed(db: Tx, which: Which, typed: AccountFields): Promise<AccountFields> {
  const accountNo = typed.accountNo.replaceAll(/[\s-]/g, "");
  if (accountNo !== "") return { ...typed, accountNo };
  const present = await db.bankAccount.findFirst({ where: which, select: { accountNo: true } });
  return { ...typed, accountNo: present?.accountNo ?? "" };
}

/** What is wrong with each field, in words. */
export function accountErrors({ holderName, accountNo, bankName, bankCode }: AccountFields): AccountForm["errors"] {
  return {
    ...(holderName === "" && { holderName: { zh: "请填写户名。", en: "Enter the name of the account holder." } }),
    ...(!/^\d{8,30}$/.test(accountNo) && {
      accountNo: { zh: "账号应为 8 至 30 位数字。", en: "An account number has 8 to 30 digits." },
    }),
    ...(bankName === "" && { bankName: { zh: "请填写开户银行。", en: "Enter the bank." } }),
    ...(!/^\d{12}$/.test(bankCode) && {
      bankCode: {
        zh: "联行号应为 12 位数字，开户行可以告诉您。",
        en: "The bank code has 12 digits; your bank knows it.",
      },
    }),
  };
}
