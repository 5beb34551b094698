import type { Entitlement } from "../entitlement/entitlement.ts";
import { type Fen, fen } from "../kernel/money.ts";
import type { Payment } from "./payment.ts";

/** What is kept back of a benefit for a debt of its firm: in all, and of that in the books already. 分 */
export type SetOff = Readonly<{ setOffFen: Fen; bookedFen: Fen }>;

/** Where the money of a benefit lies that was agreed to and has no payment under way. 分 */
export type HeldMoney = Readonly<{ reservedFen: Fen; returnedFen: Fen }>;

/** Whether the bank sent its money back, and no new attempt has taken that up. */
export function isSentBack(attempts: readonly Pick<Payment, "status">[]): boolean {
  return attempts.at(-1)?.status === "returned";
}

/**
 * What the bank sent back lies aside until a new attempt takes it up. What is kept back for a debt never leaves, so
 * that it is reserved beside it; once that is booked it is in neither.
 *
 * @param attempts of this benefit, first attempt first; none is with the bank
 */
export function heldMoney(
  { amountFen }: Pick<Entitlement, "amountFen">,
  attempts: readonly Pick<Payment, "status">[],
  { setOffFen, bookedFen }: SetOff,
): HeldMoney {
  const rest = amountFen - setOffFen;
  const keptBack = setOffFen - bookedFen;
  return isSentBack(attempts)
    ? { reservedFen: fen(keptBack), returnedFen: fen(rest) }
    : { reservedFen: fen(rest + keptBack), returnedFen: fen(0) };
}
