import type { Day } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { newestOverdueBooking } from "../publication/publication-term.ts";
import {
  type Breach,
  type InvariantName,
  type InvariantResult,
  invariantNames,
  invariantResult,
} from "./invariants.ts";
import { decisionQueries } from "./invariants-of-decisions.prisma.ts";
import { paymentQueries } from "./invariants-of-payment.prisma.ts";
import { publicationQueries } from "./invariants-of-publication.prisma.ts";
import { booksQueries } from "./invariants-of-the-books.prisma.ts";
import { journalQueries } from "./invariants-of-the-journal.prisma.ts";

const SHOWN = 100;

/**
 * Checks every sentence. Each is one statement, so it looks at one moment of the store even while
 * others write.
 *
 * @param today decides what is overdue
 */
export async function checkInvariants(db: Tx, today: Day): Promise<InvariantResult[]> {
  const queries: Readonly<Record<InvariantName, Prisma.Sql>> = {
    ...booksQueries,
    ...paymentQueries,
    ...decisionQueries,
    ...publicationQueries(newestOverdueBooking(today)),
    ...journalQueries,
  };
  const results: InvariantResult[] = [];
  for (const name of invariantNames) {
    const breaches = await db.$queryRaw<Breach[]>(Prisma.sql`${queries[name]} LIMIT ${SHOWN}`);
    results.push(invariantResult(name, breaches));
  }
  return results;
}
