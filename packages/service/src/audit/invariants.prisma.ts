import type { Day } from "../kernel/day.ts";
import type { Sealing } from "../kernel/sealing.ts";
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
import { type SealedCheck, sealedChecks } from "./invariants-of-sealed.prisma.ts";
import { booksQueries } from "./invariants-of-the-books.prisma.ts";
import { journalQueries } from "./invariants-of-the-journal.prisma.ts";

const SHOWN = 100;

type Looked = Readonly<{ prisma: Tx; sealing: Sealing }>;

/**
 * Checks every sentence. Most are one statement, so they look at one moment of the store even while
 * others write; rows that lie sealed are read one after the other, and none of them ever changes.
 *
 * @param today decides what is overdue
 */
export async function checkInvariants(store: Looked, today: Day): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  for (const name of invariantNames) results.push(await checkInvariant(store, today, name));
  return results;
}

/** Checks one sentence. */
export async function checkInvariant(
  { prisma: db, sealing }: Looked,
  today: Day,
  name: InvariantName,
): Promise<InvariantResult> {
  const check = checksOn(today)[name];
  if (typeof check !== "function") {
    return invariantResult(name, await db.$queryRaw<Breach[]>(Prisma.sql`${check} LIMIT ${SHOWN}`));
  }
  const found: Breach[] = [];
  for await (const breach of check(db, sealing)) {
    found.push(breach);
    if (found.length === SHOWN) break;
  }
  return invariantResult(name, found);
}

function checksOn(today: Day): Readonly<Record<InvariantName, Prisma.Sql | SealedCheck>> {
  return {
    ...sealedChecks,
    ...booksQueries,
    ...paymentQueries,
    ...recoveryQueries,
    ...decisionQueries,
    ...publicationQueries(newestOverdueBooking(today)),
    ...journalQueries,
  };
}
