import type { Amount, Json, Outcome } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";

/** A paid award looked at again because facts of its day turned out to be otherwise. It moves no money by itself. */
export type Reassessment = ReassessmentTerms & ReassessmentState;

export type ReassessmentTerms = Readonly<{
  id: string;
  entitlementId: string;
  /** The delivery that brought it up. */
  deliveryId: string;
  /** The day of the award's decision; it is decided again about that day. */
  asOf: Day;
  changed: readonly ChangedFact[];
  outcome: Outcome;
  /** What the award stood at: paid, as upheld reviews had corrected it. */
  paidFen: bigint;
  /** What would have been due; absent where what is known now does not tell. */
  dueFen?: bigint;
  openedAt: Date;
}>;

/** A fact as the award was decided with it, and as it is known now. Absent: unknown. */
export type ChangedFact = Readonly<{ factId: string; was?: Json; now?: Json; sourceId?: string }>;

export type ReassessmentState =
  | Readonly<{ status: "open" }>
  | Readonly<{ status: "upheld" | "dismissed" | "superseded"; closedBy: string; closedAt: Date; reason: string }>;

/** What follows if the review is upheld. `in-doubt`: it has to be cleared up first, nobody owes what is not known. */
export type Consequence =
  | Readonly<{ kind: "top-up" | "recovery"; fen: bigint }>
  | Readonly<{ kind: "none" }>
  | Readonly<{ kind: "in-doubt" }>;

/** What deciding again says was due. @returns `undefined` where that is not known exactly */
export function dueOf(outcome: Outcome, amount: Amount): bigint | undefined {
  if (outcome === "ineligible") return 0n;
  if (outcome === "undetermined" || amount.kind !== "exact") return undefined;
  return BigInt(amount.fen);
}

/**
 * What is due of an award that rules about other benefits had made less: more by itself is not more
 * beside them, so that only what is below the grant is a difference. The same of what a short fund cut.
 */
export function besideOthers(
  dueFen: bigint | undefined,
  grantedFen: bigint,
  askedFen = grantedFen,
): bigint | undefined {
  if (dueFen === undefined || askedFen === grantedFen) return dueFen;
  return dueFen < grantedFen ? dueFen : grantedFen;
}

/** The difference between what was paid and what would have been due. */
export function consequenceOf({ paidFen, dueFen }: Pick<ReassessmentTerms, "paidFen" | "dueFen">): Consequence {
  if (dueFen === undefined) return { kind: "in-doubt" };
  if (dueFen === paidFen) return { kind: "none" };
  return dueFen > paidFen ? { kind: "top-up", fen: dueFen - paidFen } : { kind: "recovery", fen: paidFen - dueFen };
}

export type Verdict = Readonly<{ verdict: "upheld" | "dismissed"; by: string; reason: string; at: Date }>;

/**
 * A person looked at it. Upheld: the difference stands, to be topped up, or asked back with a hearing.
 * @throws DomainError reassessment-not-open | bad-input without a reason, or upheld where the difference is not known
 */
export function close(current: Reassessment, { verdict, by, reason, at }: Verdict): Reassessment {
  const { id, status } = current;
  if (status !== "open") {
    throw new DomainError("reassessment-not-open", "这次复核已经办结。This review is closed.", { id, status });
  }
  if (reason.trim() === "") throw new DomainError("bad-input", "请写明理由。Say why.");
  if (verdict === "upheld" && current.dueFen === undefined) {
    throw new DomainError(
      "bad-input",
      "差额还不能确定，补齐数据后会重新计算。The difference is not known yet; it is computed again once the facts are.",
      { id },
    );
  }
  return { ...termsOf(current), status: verdict, closedBy: by, closedAt: at, reason };
}

export function termsOf(current: Reassessment): ReassessmentTerms {
  const { id, entitlementId, deliveryId, asOf, changed, outcome, paidFen, dueFen, openedAt } = current;
  const terms = { id, entitlementId, deliveryId, asOf, changed, outcome, paidFen, openedAt };
  return dueFen === undefined ? terms : { ...terms, dueFen };
}
