import type { Policy } from "@apply-free/rules";
import type { Clause } from "@apply-free/ui";

/** The clauses of a policy in the order of its source. */
export function clausesOf({ clauses }: Policy): Clause[] {
  return [...clauses.values()].map(({ label, text }) => ({ name: label, text }));
}

/** What the bank has booked for one policy. */
export type Paid = Readonly<{ count: number; fen: bigint }>;
