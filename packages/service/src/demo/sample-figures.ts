import type { Fen } from "../kernel/money.ts";

export type Staff = Readonly<{
  yearStart: number;
  yearEnd: number;
  insured: number;
  /** Per cent, as decimal text. */
  layoffRate: string;
  fullyPaidMonths: number;
  isLabourDispatch: boolean;
}>;

/** Revenue and assets are whole hundreds of 元: forms carry 万元 with two decimals. */
export type Finances = Readonly<{
  revenue: Fen;
  totalAssets: Fen;
  employerPremium: Fen;
  employeePremium: Fen;
  arrears: Fen;
}>;
