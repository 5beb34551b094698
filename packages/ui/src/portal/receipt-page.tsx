import type { Bilingual } from "../kit/bilingual.ts";
import type { MaskedAccount } from "../kit/masked-account.ts";
import type { PageContext } from "../kit/page-context.ts";

export type ReceiptProps = Readonly<{
  context: PageContext;
  receiptNo: string;
  firmName: string;
  creditCode: string;
  /** ISO instant of the act. */
  at: string;
  /** Who pressed the button. */
  actorName: string;
  lines: readonly ReceiptLine[];
  account?: MaskedAccount | undefined;
  /** `YYYY-MM-DD` by which the money should be sent. */
  payBy?: string | undefined;
  /** SHA-256 of what was agreed to. */
  digest?: string | undefined;
}>;

export type ReceiptLine = Readonly<{
  entitlementId: string;
  title: Bilingual;
  amountFen: string;
  answer: "confirmed" | "waitlisted" | "declined";
  policyVersion: number;
}>;

/** GET /receipts/:no. Prints on one A4 page. */
export function receiptPage(_props: ReceiptProps): string {
  return "";
}
