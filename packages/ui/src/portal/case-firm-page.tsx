import type { Bilingual } from "../kit/bilingual.ts";
import type { ConditionLine } from "../kit/condition.ts";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { BenefitCase } from "./benefit.ts";

export type CaseFirmProps = Readonly<{
  context: PageContext;
  case: BenefitCase;
  conditions: readonly ConditionLine[];
  calculation?: Bilingual | undefined;
  document?: string | undefined;
  receiptNo?: string | undefined;
  account?: MaskedAccount | undefined;
  /** Which forms to offer; the service decides and enforces. */
  may: Readonly<{ changeAccount: boolean; confirmReceipt: boolean; reopen: boolean }>;
  /** The account form as it came back, with the sentence for each wrong field. */
  accountForm?: AccountForm | undefined;
  /** What the reader has just done (after the redirect). */
  done?: "account-changed" | "received" | "reopened" | "declined" | undefined;
  problem?: Readonly<{ message: string }> | undefined;
}>;

export type AccountForm = Readonly<{
  values: Readonly<Partial<Record<AccountField, string>>>;
  errors: Readonly<Partial<Record<AccountField, Bilingual>>>;
}>;

export type AccountField = "holderName" | "accountNo" | "bankName" | "bankCode";

/**
 * GET /cases/:id. Forms: POST /cases/:id/account `holderName accountNo bankName bankCode`,
 * POST /cases/:id/received, POST /cases/:id/reopen; each with `_csrf`.
 */
export function caseFirmPage(_props: CaseFirmProps): string {
  return "";
}
