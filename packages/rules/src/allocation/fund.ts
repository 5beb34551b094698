import type { Formula } from "../formula/parse.ts";

/** What becomes of those whom the fund does not reach: they wait, in an order that everyone can see, or are told no. */
export type WhenShort = "waiting-list" | "turned-away";

/**
 * How a policy's fund is given out, as the policy itself declares it. `first-come` serves each in the
 * moment of its consent; the others collect consents until a day has passed and then decide once.
 */
export type Fund =
  | Readonly<{ rule: "first-come"; whenShort: WhenShort; clause: string }>
  | Readonly<{ rule: "pro-rata"; whenShort: "reduced"; closes: string; clause: string }>
  /** The highest number is served first. */
  | Readonly<{ rule: "ranked"; by: Formula; whenShort: WhenShort; closes: string; clause: string }>
  /** The seed is fixed, by its digest, in the published policy: before anyone has agreed to anything. */
  | Readonly<{ rule: "lottery"; seedSha256: string; whenShort: WhenShort; closes: string; clause: string }>;

export type WindowedFund = Exclude<Fund, { rule: "first-come" }>;

/** Whether consents are collected and served together. */
export function isWindowed(fund: Fund | undefined): fund is WindowedFund {
  return fund !== undefined && fund.rule !== "first-come";
}

/**
 * The last day on which a consent takes part, `YYYY-MM-DD`; it counts whole.
 *
 * @param period award period: a year, for which `closes` names month and day, or `once`
 */
export function closingDay({ closes }: WindowedFund, period: string): string {
  return closes.length === "MM-DD".length ? `${period}-${closes}` : closes;
}
