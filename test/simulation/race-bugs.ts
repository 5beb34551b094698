import type { Bug } from "./bugs.ts";

/**
 * Mistakes that one session alone never sees: each takes away what makes the second of two wait or look again.
 * The embedded store has one connection, so these are found on a server only, by `rush.ts`.
 */
export const raceBugs: readonly Bug[] = [
  {
    name: "a reservation looks at the fund without waiting for its turn",
    breaks: /check constraint "budget_line_/,
    file: "budget/budget.prisma.ts",
    find: `FOR UPDATE
    )
    INSERT INTO posting`,
    replace: `)
    INSERT INTO posting`,
  },
  {
    name: "a consent is written over what another window wrote meanwhile",
    breaks: /reserved-is-owed|the journal says twice that entitlement-confirmed/,
    file: "entitlement/entitlement.prisma.ts",
    find: "where: { id, rowVersion },",
    replace: "where: { id },",
  },
  {
    name: "what a bank does not know yet is given to it again, although it recognises nothing",
    breaks: /is given again to a bank that does not recognise it/,
    file: "payment/send-batch.ts",
    find: "if (mayBeThere && !deduplicates) throw",
    replace: "if (mayBeThere && !deduplicates && !queries) throw",
  },
];
