import type { StopCause } from "../payment/payment-stop.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Books } from "./compare-books.ts";
import { paymentQueries } from "./invariants-of-payment.prisma.ts";
import { booksQueries } from "./invariants-of-the-books.prisma.ts";

/** Who made and checked a batch is another question; a wrong answer to it moves no balance. */
const { "two-people-per-batch": _, ...ofMoney } = paymentQueries;
const queries = { ...booksQueries, ...ofMoney };

/** All sentences in one statement, so that they are asked of one moment while others write. */
export function booksOn(tx: Tx): Books {
  const each = Object.entries(queries).map(
    ([sentence, query]) =>
      Prisma.sql`SELECT ${sentence}::text AS sentence, subject::text, detail::text FROM (${query} LIMIT 100) AS "breach"`,
  );
  return {
    differences: () => tx.$queryRaw<StopCause[]>`${Prisma.join(each, " UNION ALL ")} ORDER BY sentence, subject`,
  };
}
