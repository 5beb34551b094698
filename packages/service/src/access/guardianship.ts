import { addDays, type Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import type { IdentityNumber } from "../kernel/identity-number.ts";
import type { Fen } from "../kernel/money.ts";
import { type DelegatedPolicies, LONGEST_DELEGATION_DAYS } from "./delegation.ts";

/** Why somebody acts for another (Civil Code arts. 27, 28, 31, 32). */
export const guardianBases = ["parent", "court", "appointed"] as const;
export type GuardianBasis = (typeof guardianBases)[number];

/** A natural person's guardian (监护人): bounded and ended as a delegation, but granted by a paper, not by the ward. */
export type Guardianship = Readonly<{
  id: string;
  /** Pseudonym of the person acted for. */
  ward: string;
  /** The guardian's own account. */
  guardian: string;
  /** The account under which the guardian acts for this ward, and for nobody else. */
  accountId: string;
  basis: GuardianBasis;
  paperNo: string;
  policies: DelegatedPolicies;
  /** The most that one confirmation may come to. */
  capFen: Fen;
  /** The last day on which it holds. */
  expiresOn: Day;
  recordedBy: string;
  recordedAt: Date;
  /** Nothing may be done under it before. */
  checked?: Readonly<{ by: string; at: Date }>;
  ended?: Readonly<{ by: string; at: Date }>;
}>;

/** Guardianships as one transaction sees them. */
export type GuardianshipStore = {
  find(id: string): Promise<Guardianship | undefined>;
  ofAccount(accountId: string): Promise<Guardianship | undefined>;
  /** The account under which a registered person acts for itself, and the person's name. */
  personBy(code: string): Promise<Readonly<{ name: string; accountId?: string }> | undefined>;
  insert(guardianship: Guardianship): Promise<void>;
  check(id: string, by: string, at: Date): Promise<void>;
  end(id: string, by: string, at: Date): Promise<void>;
};

/** Whether something may be done under it on this day. */
export function isInOffice({ checked, ended, expiresOn }: Guardianship, day: Day): boolean {
  return checked !== undefined && ended === undefined && day <= expiresOn;
}

const OF_AGE_YEARS = 18;

type Terms = Readonly<{
  ward: IdentityNumber;
  guardian: IdentityNumber;
  basis: GuardianBasis;
  policies: DelegatedPolicies;
  capFen: Fen;
  expiresOn: Day;
}>;

/**
 * Refuses what no paper can make somebody: a minor is no guardian, parents are not the guardians of grown children by
 * being parents, and the guardianship of a child ends before it comes of age.
 *
 * Source: Civil Code arts. 17, 18, 27, 28
 *
 * @throws DomainError bad-input
 */
export function refuseUnlawful({ ward, guardian, basis, policies, capFen, expiresOn }: Terms, day: Day): void {
  if (ward === guardian) throw refused("监护人和被监护人不能是同一人。Nobody is their own guardian.");
  if (ofAgeOn(guardian) > day) throw refused("监护人未满十八周岁。The guardian is not of age.");
  const ofAge = ofAgeOn(ward);
  if (ofAge <= day && basis === "parent") {
    throw refused(
      "被监护人已成年，须有法院判决或指定文件。The ward is of age: a judgement or an appointment is needed.",
    );
  }
  const latest = addDays(day, LONGEST_DELEGATION_DAYS);
  const last = ofAge > day && ofAge <= latest ? addDays(ofAge, -1) : latest;
  if (capFen > 0n && policies.length > 0 && day <= expiresOn && expiresOn <= last) return;
  throw refused(
    `监护登记要有范围、上限，和 ${day} 至 ${last} 之间的到期日。A guardianship needs a scope, a cap, and an end from ${day} to ${last}.`,
  );
}

/** The eighteenth birthday: from this day on a person acts for itself. */
function ofAgeOn(identityNo: IdentityNumber): Day {
  const [year, monthDay] = [Number(identityNo.slice(6, 10)) + OF_AGE_YEARS, identityNo.slice(10, 14)];
  // Born on 29 February: the day before 1 March has passed when the year has no such day.
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const born = monthDay === "0229" && !isLeap ? "0301" : monthDay;
  return `${year}-${born.slice(0, 2)}-${born.slice(2)}` as Day;
}

function refused(message: string): DomainError {
  return new DomainError("bad-input", message);
}

/** The same answer for what is not there, not hers, not checked yet and over: nobody learns whose ward somebody is. */
export function guardianshipNotFound(): DomainError {
  return new DomainError("guardianship-not-found", "没有这项监护。No such guardianship.");
}
