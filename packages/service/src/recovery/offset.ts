import { DomainError } from "../kernel/errors.ts";
import type { Fen } from "../kernel/money.ts";

/** So much of what a firm owes back is kept back of what it is still to be paid (抵扣). */
export type Offset = Readonly<{
  id: string;
  recoveryId: string;
  /** The benefit that it is kept back of; the rest of it is paid as ever. */
  entitlementId: string;
  amountFen: Fen;
  basis: OffsetBasis;
  /** What the firm agreed to, in its words; or the clause that allows it without. */
  ground: string;
  agreedBy: string;
  agreedAt: Date;
}> &
  OffsetState;

export type OffsetBasis = "consent" | "law";

type OffsetState =
  /** In no book yet: the benefit may still be withdrawn. */
  | Readonly<{ status: "agreed" }>
  /** The rest of the benefit is booked, or there was no rest. */
  | Readonly<{ status: "applied"; settledAt: Date }>
  | Readonly<{ status: "fell-away"; settledAt: Date }>;

export function apply(current: Offset, settledAt: Date): Offset {
  if (current.status === "applied") return current;
  if (current.status !== "agreed") throw notOpen(current);
  return { ...current, status: "applied", settledAt };
}

/** The benefit that it was kept back of is withdrawn. */
export function fallAway(current: Offset, settledAt: Date): Offset {
  return current.status === "fell-away" ? current : { ...current, status: "fell-away", settledAt };
}

function notOpen({ id, status }: Offset): DomainError {
  return new DomainError("offset-not-possible", `这笔抵扣已经失效。The offset is ${status}.`, { id, status });
}

/** Live offsets of one benefit, as one transaction sees them. */
export type OffsetStore = {
  liveOf(entitlementId: string): Promise<Offset | undefined>;
  /** How many there have been for this debt and benefit. */
  countOf(recoveryId: string, entitlementId: string): Promise<number>;
  /** Budget line that paid what is applied. */
  paidFrom(id: string): Promise<string>;
  insert(offset: Offset): Promise<void>;
  save(offset: Offset): Promise<void>;
};
