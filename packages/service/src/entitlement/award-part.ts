import { cut, type Instalments } from "@apply-free/rules";
import { addMonths, type Day } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { type Fen, fen } from "../kernel/money.ts";
import { type Entitlement, grantOf } from "./entitlement.ts";

/**
 * One part of an award that is paid in parts (分期拨付). Each part is an entitlement of its own: it has its
 * own day, its own money and its own payment, and can fall away alone. Part 1 is the award itself.
 */
export type AwardPart = Readonly<{
  entitlementId: string;
  awardId: string;
  /** 1 for the first of `parts`. */
  part: number;
  parts: number;
  /** What the whole award comes to. */
  awardFen: Fen;
  amountFen: Fen;
  /** From this day on it is paid; the first is due at once. */
  dueOn: Day;
  /** Names of the conditions that have to hold then; absent: all of them. */
  stillRequired?: readonly string[];
}>;

/** Part terms with the offer that they are of. `waits`: its money is that of a later year's line. */
export type PartClaim = Readonly<{ entitlement: Entitlement; part: AwardPart; waits: boolean }>;

/** Parts as one transaction sees them. */
export type AwardParts = {
  /** How the awards of a policy are paid; `undefined`: in one sum. */
  planOf(policyVersionId: string): Promise<Instalments | undefined>;
  of(entitlementIds: readonly string[]): Promise<ReadonlyMap<string, AwardPart>>;
  /** Writes the calendar of an award that is offered. */
  put(parts: readonly AwardPart[]): Promise<void>;
  /** Digest of a decision's result, for the journal. */
  resultOf(decisionId: string): Promise<string>;
  /** Later parts of the award that this is a part of, in order. */
  laterThan(entitlementId: string): Promise<string[]>;
  /** Where the other parts of its award go that are agreed to: ids of accounts, or of what stands for one. */
  accountsBeside(entitlementId: string): Promise<string[]>;
  /** Why a part is not to be paid on that day; `undefined`: nothing in its calendar stands against it. */
  waitsFor(entitlementId: string, day: Day): Promise<"its-day" | "an-earlier-part" | undefined>;
  /** Agreed parts whose day has come and that no payment was prepared for. */
  dueWithoutPayment(day: Day): Promise<string[]>;
};

/** The award period of a part: `2026` for the first, `2026/2` for the second. */
export function periodOfPart(period: string, part: number): string {
  return part === 1 ? period : `${period}/${part}`;
}

/** Whether it is a whole award as decided: no later part of one, and no top-up. */
export function isWholeAward({ period }: Pick<Entitlement, "period">): boolean {
  return /^[^/+]+$/.test(period);
}

/** Whether one is a later part of the other. */
export function isLaterPartOf(award: Entitlement, other: Entitlement): boolean {
  return other.policyId === award.policyId && other.period.startsWith(`${award.period}/`);
}

/** One part for each place that it arrives at, all due at once; the places sum to the award. */
export function partsByPlace(award: Entitlement, amountsFen: readonly bigint[], agreedOn: Day): readonly PartClaim[] {
  const terms = { awardId: award.id, parts: amountsFen.length, awardFen: award.amountFen, dueOn: agreedOn };
  return amountsFen.map((amount, place): PartClaim => {
    const part = place + 1;
    const amountFen = fen(amount);
    const id = part === 1 ? award.id : derivedId("entitlement", award.id, "part", part);
    const period = periodOfPart(award.period, part);
    return {
      entitlement: { ...grantOf(award), id, period, amountFen, status: "offered" },
      part: { ...terms, entitlementId: id, part, amountFen },
      waits: false,
    };
  });
}

/** `talent` and `talent-2026` both lead to `talent-2027`. */
function lineOfYear(line: string, year: string): string {
  return `${line.replace(/-\d{4}$/, "")}-${year}`;
}

/**
 * Cuts an offer into its parts, to the last 分; one that comes to nothing is none. Empty where it is paid
 * in one sum.
 *
 * @param agreedOn the day of the consent, from which the calendar runs
 */
export function partsOfAward(award: Entitlement, plan: Instalments, agreedOn: Day): readonly PartClaim[] {
  const amounts = cut(
    award.amountFen,
    plan.parts.map(({ share }) => share),
  );
  const due = plan.parts.flatMap(({ afterMonths }, place) => {
    const amountFen = fen(amounts[place] ?? 0n);
    return amountFen > 0n ? [{ amountFen, dueOn: addMonths(agreedOn, afterMonths) }] : [];
  });
  if (due.length < 2) return [];
  return due.map(({ amountFen, dueOn }, place): PartClaim => {
    const part = place + 1;
    const id = part === 1 ? award.id : derivedId("entitlement", award.id, "part", part);
    const waits = part > 1 && plan.money === "own-year" && dueOn.slice(0, 4) !== agreedOn.slice(0, 4);
    const budgetLine = waits ? lineOfYear(award.budgetLine, dueOn.slice(0, 4)) : award.budgetLine;
    const period = periodOfPart(award.period, part);
    const terms = { entitlementId: id, awardId: award.id, part, parts: due.length, awardFen: award.amountFen };
    return {
      entitlement: { ...grantOf(award), id, period, budgetLine, amountFen, status: "offered" },
      part: { ...terms, amountFen, dueOn, ...(plan.stillRequired && { stillRequired: plan.stillRequired }) },
      waits,
    };
  });
}
