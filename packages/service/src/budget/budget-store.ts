import type { Fen } from "../kernel/money.ts";
import type { Move } from "./posting.ts";

export type Reservation = Readonly<{
  line: string;
  amountFen: Fen;
  /** The same key again reserves nothing more. */
  businessKey: string;
  at: Date;
}>;

/** What an appropriation holds, in 分: available + reserved + inTransit + paid = appropriated. */
export type BudgetLine = Readonly<{
  id: string;
  title: string;
  year: number;
  appropriatedFen: Fen;
  availableFen: Fen;
  reservedFen: Fen;
  inTransitFen: Fen;
  paidFen: Fen;
}>;

/** Budget lines as one transaction sees them. */
export type BudgetStore = {
  /**
   * Reserves in one conditional statement, so that no race can spend a fen twice. Nobody overtakes
   * the waiting list: while someone waits for the line, a newcomer is told `exhausted` as well.
   *
   * @throws DomainError budget-line-unknown
   */
  reserve(reservation: Reservation): Promise<"reserved" | "exhausted">;
  /** The same for the head of the waiting list. */
  reserveForWaiting(reservation: Reservation): Promise<"reserved" | "exhausted">;
  /**
   * Moves money between buckets; a business key that has moved already moves nothing.
   *
   * @returns how many moved now
   * @throws DomainError request-key-reused: a key is known with another amount or line
   */
  move(moves: readonly Move[], at: Date): Promise<number>;
  /** Opens a line; one that exists stays as it is. */
  open(line: Pick<BudgetLine, "id" | "title" | "year">): Promise<void>;
  /** @throws DomainError budget-line-unknown */
  get(id: string): Promise<BudgetLine>;
  list(): Promise<BudgetLine[]>;
};
