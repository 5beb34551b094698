import type { EntitlementStatus } from "../entitlement/entitlement.ts";
import { type Fen, fromDecimalYuan } from "../kernel/money.ts";

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
  receiptNo?: string;
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

export type CaseSearch = {
  /** @throws DomainError bad-input when the cursor is not one of ours */
  page(filter: CaseFilter): Promise<CasePage>;
};

/** What a search text may mean; all meanings are looked for at once. */
export type SearchTerms = Readonly<{
  /** For a part of a firm's name. */
  namePart: string;
  /** For ids, codes and receipt numbers, which are read aloud and typed in either case. */
  exact: string;
  amountFen?: Fen;
}>;

/** `"25,340.00 元"` is an amount too. `undefined` when there is nothing to look for. */
export function searchTerms(text: string | undefined): SearchTerms | undefined {
  const namePart = text?.trim() ?? "";
  if (namePart === "") return undefined;
  const amountFen = fromDecimalYuan(namePart.replace(/元$/, "").replace(/[,，\s]/g, ""));
  return { namePart, exact: namePart.toUpperCase(), ...(amountFen !== undefined && amountFen > 0n && { amountFen }) };
}
