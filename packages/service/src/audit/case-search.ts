import type { EntitlementStatus } from "../entitlement/entitlement.ts";
import type { Fen } from "../kernel/money.ts";

export type CaseSummary = Readonly<{
  /** Id of the entitlement, or of the newest decision where nothing was offered. */
  id: string;
  firmCode: string;
  firmName: string;
  policyId: string;
  policyTitle: string;
  period: string;
  outcome: "eligible" | "ineligible" | "undetermined";
  status?: EntitlementStatus;
  amountFen?: Fen;
  /** When it was offered, or decided. */
  since: Date;
}>;

export type CaseFilter = Readonly<{
  /** Receipt number, credit code, part of a firm's name, end-to-end id, id of a case, or an amount in 元. */
  text?: string;
  policyId?: string;
  status?: EntitlementStatus;
  /** `next` of the page before. */
  cursor?: string;
  /** 1 to 200; 50 when not given. */
  limit?: number;
}>;

export type CasePage = Readonly<{
  /** Newest first. */
  cases: readonly CaseSummary[];
  next?: string;
}>;

export type CaseSearch = { page(filter: CaseFilter): Promise<CasePage> };
