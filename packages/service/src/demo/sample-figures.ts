import type { Fen } from "../kernel/money.ts";
import type { Random } from "./sample-random.ts";

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

/**
 * The end of a year that changed the number of people by so many per cent: part of the leavers retire
 * or go of their own will, only the rest are laid off.
 */
export function peopleAfter(
  random: Random,
  yearStart: number,
  changePercent: number,
): Pick<Staff, "yearEnd" | "insured" | "layoffRate"> {
  const yearEnd = Math.max(1, yearStart + Math.round((yearStart * changePercent) / 100));
  const lost = Math.max(0, yearStart - yearEnd);
  const hundredths = Math.round((lost / yearStart) * 10_000 * (0.4 + 0.6 * random.next()));
  const insured = Math.max(1, Math.round(yearEnd * (0.85 + 0.15 * random.next())));
  return { yearEnd, insured, layoffRate: (hundredths / 100).toFixed(2) };
}
