import type { WaitingAccount } from "../desk/account-checks-page.tsx";
import { creditCode, firmName } from "./sample-benefits.ts";

export const waitingAccount: WaitingAccount = {
  bankAccountId: "account_1",
  firmName,
  firmCode: creditCode,
  holderName: firmName,
  accountNoMasked: "6222 **** 0001",
  bankName: "示例银行郑州分行",
  doubt: "account-new",
  recordedBy: "会计",
  recordedAt: "2025-11-04T02:00:00.000Z",
  restsUntil: "2025-11-06T16:00:00.000Z",
  payments: 2,
  totalFen: "1250000",
  may: "check",
};

export const misnamedAccount: WaitingAccount = {
  ...waitingAccount,
  bankAccountId: "account_2",
  holderName: "另一家示例有限公司",
  doubt: "name-differs",
  recordedBy: "bank-accounts",
  restsUntil: undefined,
  payments: 1,
  totalFen: "30000",
};
