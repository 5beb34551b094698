import type { Day } from "../kernel/day.ts";
import type { Fen } from "../kernel/money.ts";

/** One line of the public list (结果公示): what anybody may see of a payment, and nothing else. */
export type PublishedResult = Readonly<{
  id: string;
  policyId: string;
  policyTitle: string;
  /** `郑州****有限公司` */
  maskedName: string;
  /** `91410100********1K` */
  maskedCode: string;
  /** GB/T 2260 */
  regionCode: string;
  amountFen: Fen;
  /** The day on which the bank booked it. */
  paidOn: Day;
  publishedAt: Date;
}>;

/** A booked payment that is not published yet. */
export type UnpublishedPayment = Readonly<{
  /**
   * Of the result to be, drawn by chance. Ids of payments are derived from credit codes, which anybody can
   * list; an id derived from them would say whose a masked row is.
   */
  id: string;
  entitlementId: string;
  paymentId: string;
  policyId: string;
  policyTitle: string;
  firmName: string;
  firmCode: string;
  regionCode: string;
  amountFen: Fen;
  paidOn: Day;
}>;

/** Results as one transaction sees them. */
export type ResultStore = {
  /** Payments that stand: receipt confirmed, or booked on `bookedUntil` or earlier. Oldest first. */
  due(bookedUntil: Day, limit: number): Promise<readonly UnpublishedPayment[]>;
  /** Returns the ids of those that were not there before. */
  insertAll(
    results: readonly (PublishedResult & Readonly<{ entitlementId: string; paymentId: string }>)[],
  ): Promise<ReadonlySet<string>>;
};

export type ResultFilter = Readonly<{
  policyId?: string;
  /** Part of a masked name, of a policy's title or of a region code; or a firm's own full code. */
  text?: string;
}>;

export type ResultPage = Readonly<{
  /** Newest first. */
  results: readonly PublishedResult[];
  /** For `cursor`, while there is more. */
  next?: string;
}>;

/** The public list. A payment that the bank sent back is not on it. */
export type ResultList = {
  /** @param limit 1 to 500 @throws DomainError bad-input when the cursor is not one of ours */
  page(filter: ResultFilter, limit: number, cursor?: string): Promise<ResultPage>;
  /** Of the whole filtered list. */
  total(filter: ResultFilter): Promise<Readonly<{ count: number; totalFen: Fen }>>;
  /** Policies with at least one result. */
  policies(): Promise<readonly Readonly<{ id: string; title: string }>[]>;
};
