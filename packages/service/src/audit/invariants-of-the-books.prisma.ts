import { Prisma } from "../platform/generated/client.ts";

/** Each query answers with `subject` and `detail` of every breach. */
export const booksQueries = {
  "postings-balance": Prisma.sql`
    SELECT business_key AS subject, format('sum %s', sum(amount_fen)) AS detail
    FROM posting GROUP BY business_key HAVING sum(amount_fen) <> 0`,

  "balances-follow-postings": Prisma.sql`
    WITH moved AS (
      SELECT budget_line AS id,
        -coalesce(sum(amount_fen) FILTER (WHERE bucket = 'source'), 0) AS appropriated,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'available'), 0) AS available,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'reserved'), 0) AS reserved,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'in-transit'), 0) AS in_transit,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'paid'), 0) AS paid,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'receivable'), 0) AS receivable,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'recovered'), 0) AS recovered
      FROM posting GROUP BY budget_line
    ), compared AS (
      SELECT line.id, to_jsonb(ARRAY[appropriated_fen, available_fen, reserved_fen, in_transit_fen, paid_fen,
          receivable_fen, recovered_fen]) AS balances,
        to_jsonb(ARRAY[coalesce(appropriated, 0), coalesce(available, 0), coalesce(reserved, 0), coalesce(in_transit, 0),
          coalesce(paid, 0), coalesce(receivable, 0), coalesce(recovered, 0)]) AS postings
      FROM budget_line line LEFT JOIN moved ON moved.id = line.id
    )
    SELECT id AS subject, format('balances %s, postings %s', balances, postings) AS detail
    FROM compared WHERE balances <> postings`,

  "appropriation-is-whole": Prisma.sql`
    SELECT id AS subject, format('%s of %s', available_fen + reserved_fen + in_transit_fen + paid_fen, appropriated_fen) AS detail
    FROM budget_line WHERE available_fen + reserved_fen + in_transit_fen + paid_fen <> appropriated_fen`,

  "reserved-is-owed": Prisma.sql`
    WITH kept AS (
      SELECT budget_line, amount_fen - ${appliedTo("owed.id")} AS fen FROM entitlement owed WHERE status = 'confirmed'
        AND NOT EXISTS (SELECT FROM payment WHERE entitlement_id = owed.id AND status IN ('submitted', 'accepted'))
      UNION ALL
      -- What is kept back for a debt stays until the rest is booked.
      SELECT owed.budget_line, kept_back.amount_fen FROM recovery_offset kept_back
      JOIN entitlement owed ON owed.id = kept_back.entitlement_id
      WHERE kept_back.status = 'agreed' AND (owed.status IN ('paid', 'received') OR EXISTS (
        SELECT FROM payment WHERE entitlement_id = owed.id AND status IN ('submitted', 'accepted')))
    )
    SELECT line.id AS subject, format('reserved %s, owed %s', line.reserved_fen, coalesce(sum(kept.fen), 0)) AS detail
    FROM budget_line line LEFT JOIN kept ON kept.budget_line = line.id
    GROUP BY line.id HAVING line.reserved_fen <> coalesce(sum(kept.fen), 0)`,

  "in-transit-is-with-the-bank": Prisma.sql`
    SELECT line.id AS subject, format('books %s, payments %s', line.in_transit_fen, coalesce(sum(payment.amount_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN payment
      ON payment.budget_line = line.id AND payment.status IN ('submitted', 'accepted')
    GROUP BY line.id HAVING line.in_transit_fen <> coalesce(sum(payment.amount_fen), 0)`,

  "paid-is-settled": Prisma.sql`
    WITH out AS (
      SELECT budget_line, amount_fen FROM payment WHERE status = 'settled'
      UNION ALL
      SELECT owed.budget_line, kept_back.amount_fen FROM recovery_offset kept_back
      JOIN entitlement owed ON owed.id = kept_back.entitlement_id WHERE kept_back.status = 'applied'
    )
    SELECT line.id AS subject, format('books %s, payments and offsets %s', line.paid_fen, coalesce(sum(out.amount_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN out ON out.budget_line = line.id
    GROUP BY line.id HAVING line.paid_fen <> coalesce(sum(out.amount_fen), 0)`,
};

/** What of a benefit has paid a debt of its firm. */
function appliedTo(benefit: string): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT sum(amount_fen) FROM recovery_offset
    WHERE entitlement_id = ${Prisma.raw(benefit)} AND status = 'applied'), 0)`;
}
