import type { PaymentLine } from "@apply-free/ui";

/** Where a firm's money went, or is to go. */
export type Paid = Readonly<{ firmCode: string; accountNo: string }>;

/**
 * What is new about a payment to a firm, against the last one that arrived there: a checker looks at these first.
 *
 * @param arrived the last settled payment of each firm outside the batch
 */
export function differenceOf(
  { firmCode, accountNo }: Paid,
  arrived: ReadonlyMap<string, Paid>,
): PaymentLine["difference"] {
  const before = arrived.get(firmCode);
  if (before === undefined) return "first-payment";
  return before.accountNo === accountNo ? undefined : "other-account";
}
