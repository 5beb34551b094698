import type { Fen } from "../kernel/money.ts";
import type { Move } from "./posting.ts";

export type Reservation = Readonly<{
  line: string;
  amountFen: Fen;
  /** The same key again reserves nothing more. */
  businessKey: string;
  at: Date;
}>;

export const levels = ["central", "provincial", "municipal", "district"] as const;
/** Whose budget it is: 中央 · 省 · 市 · 区县. */
export type Level = (typeof levels)[number];

/** What a line is, whatever it holds. What is absent was never said. */
export type LineIdentity = Readonly<{
  id: string;
  title: string;
  year: number;
  level?: Level | undefined;
  /** 指标, as the treasury knows it; unique within a year. */
  code?: string | undefined;
  /** The office that answers for it now. */
  department?: string | undefined;
}>;

/** What an appropriation holds, in 分: available to carried are together what was appropriated. */
export type BudgetLine = LineIdentity &
  Readonly<{
    appropriatedFen: Fen;
    availableFen: Fen;
    reservedFen: Fen;
    committedFen: Fen;
    inTransitFen: Fen;
    paidFen: Fen;
    returnedFen: Fen;
    carriedFen: Fen;
    /** What firms owe back of what was paid. */
    receivableFen: Fen;
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
  /** Opens a line; one that exists stays as it is. @throws DomainError bad-input: its code is another line's */
  open(line: LineIdentity): Promise<void>;
  /** For a decision about many: nobody else moves money of the line until the transaction ends. @throws DomainError budget-line-unknown */
  lock(id: string): Promise<BudgetLine>;
  /** Another office answers for a locked line. */
  assign(id: string, department: string): Promise<void>;
  /** @throws DomainError budget-line-unknown */
  get(id: string): Promise<BudgetLine>;
  list(): Promise<BudgetLine[]>;
};
