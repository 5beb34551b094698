import { toDecimalYuan } from "../kernel/money.ts";
import type { PublishedResult } from "./published-result.ts";

/**
 * One result as open data. The fields are named one by one: what the table or the list gains later
 * is not published because nobody thought of it.
 */
export type OpenResult = Readonly<{
  id: string;
  policyId: string;
  policyTitle: string;
  /** `郑州****有限公司` */
  beneficiary: string;
  /** `91410100********1K` */
  code: string;
  /** GB/T 2260 */
  regionCode: string;
  /** Decimal 元 as text, `12600.00`. */
  amountYuan: string;
  /** `YYYY-MM-DD` */
  paidOn: string;
  /** ISO instant. */
  publishedAt: string;
}>;

export function openResult(result: PublishedResult): OpenResult {
  return {
    id: result.id,
    policyId: result.policyId,
    policyTitle: result.policyTitle,
    beneficiary: result.maskedName,
    code: result.maskedCode,
    regionCode: result.regionCode,
    amountYuan: toDecimalYuan(result.amountFen),
    paidOn: result.paidOn,
    publishedAt: result.publishedAt.toISOString(),
  };
}
