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
import { recoveryQueries } from "./invariants-of-recovery.prisma.ts";
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
  const results: InvariantResult[] = [];
  for (const name of invariantNames) results.push(await checkInvariant(db, today, name));
  return results;
}

/** Checks one sentence. */
export async function checkInvariant(db: Tx, today: Day, name: InvariantName): Promise<InvariantResult> {
  const query = queriesOn(today)[name];
  return invariantResult(name, await db.$queryRaw<Breach[]>(Prisma.sql`${query} LIMIT ${SHOWN}`));
}

function queriesOn(today: Day): Readonly<Record<InvariantName, Prisma.Sql>> {
  return {
    ...booksQueries,
    ...paymentQueries,
    ...recoveryQueries,
    ...decisionQueries,
    ...publicationQueries(newestOverdueBooking(today)),
    ...journalQueries,
  };
}
