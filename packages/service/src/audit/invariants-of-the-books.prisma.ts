import { Prisma } from "../platform/generated/client.ts";

/** It was sent back, and nothing has been tried since. */
const CAME_BACK = Prisma.sql`last.status = 'returned'
  AND NOT EXISTS (SELECT FROM payment later WHERE later.entitlement_id = last.entitlement_id AND later.attempt > last.attempt)`;

/** What paid a debt, by the line that it was booked on; its benefit may have gone on to another year's since. */
const SET_OFF_BY_LINE = Prisma.sql`SELECT coalesce(booked.budget_line, owed.budget_line), kept_back.amount_fen
  FROM recovery_offset kept_back JOIN entitlement owed ON owed.id = kept_back.entitlement_id
  LEFT JOIN posting booked ON booked.business_key = 'offset-paid:' || kept_back.id AND booked.bucket = 'paid'
  WHERE kept_back.status = 'applied'`;

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
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'committed'), 0) AS committed,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'in-transit'), 0) AS in_transit,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'paid'), 0) AS paid,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'returned'), 0) AS returned,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'carried'), 0) AS carried,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'receivable'), 0) AS receivable,
        coalesce(sum(amount_fen) FILTER (WHERE bucket = 'recovered'), 0) AS recovered
      FROM posting GROUP BY budget_line
    ), compared AS (
      SELECT line.id, to_jsonb(ARRAY[appropriated_fen, available_fen, reserved_fen, committed_fen, in_transit_fen, paid_fen,
          returned_fen, carried_fen, receivable_fen, recovered_fen]) AS balances,
        to_jsonb(ARRAY[coalesce(appropriated, 0), coalesce(available, 0), coalesce(reserved, 0), coalesce(committed, 0),
          coalesce(in_transit, 0), coalesce(paid, 0), coalesce(returned, 0), coalesce(carried, 0),
          coalesce(receivable, 0), coalesce(recovered, 0)]) AS postings
      FROM budget_line line LEFT JOIN moved ON moved.id = line.id
    )
    SELECT id AS subject, format('balances %s, postings %s', balances, postings) AS detail
    FROM compared WHERE balances <> postings`,

  "appropriation-is-whole": Prisma.sql`
    WITH summed AS (
      SELECT id, appropriated_fen, available_fen + reserved_fen + committed_fen + in_transit_fen + paid_fen + returned_fen
        + carried_fen AS parts_fen FROM budget_line
    )
    SELECT id AS subject, format('%s of %s', parts_fen, appropriated_fen) AS detail
    FROM summed WHERE parts_fen <> appropriated_fen`,

  "reserved-is-owed": Prisma.sql`
    WITH gone AS (
      SELECT owed.id FROM entitlement owed WHERE owed.status = 'confirmed' AND (
        EXISTS (SELECT FROM payment LEFT JOIN payment_batch batch ON batch.id = payment.batch_id
          WHERE entitlement_id = owed.id AND (payment.status IN ('submitted', 'accepted')
            OR payment.status = 'batched' AND batch.status = 'approved'))
        OR EXISTS (SELECT FROM payment last WHERE last.entitlement_id = owed.id AND ${CAME_BACK}))
    ), kept AS (
      SELECT budget_line, amount_fen - ${appliedTo("owed.id")} AS fen FROM entitlement owed
      WHERE status = 'confirmed' AND id NOT IN (SELECT id FROM gone)
      UNION ALL
      -- What is kept back for a debt stays until the rest is booked.
      SELECT owed.budget_line, kept_back.amount_fen FROM recovery_offset kept_back
      JOIN entitlement owed ON owed.id = kept_back.entitlement_id
      WHERE kept_back.status = 'agreed' AND (owed.status IN ('paid', 'received') OR owed.id IN (SELECT id FROM gone))
    )
    SELECT line.id AS subject, format('reserved %s, owed %s', line.reserved_fen, coalesce(sum(kept.fen), 0)) AS detail
    FROM budget_line line LEFT JOIN kept ON kept.budget_line = line.id
    GROUP BY line.id HAVING line.reserved_fen <> coalesce(sum(kept.fen), 0)`,

  "committed-is-approved": Prisma.sql`
    SELECT line.id AS subject, format('committed %s, approved %s', line.committed_fen, coalesce(sum(payment.amount_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN (payment JOIN payment_batch batch ON batch.id = payment.batch_id
      AND batch.status = 'approved' AND payment.status = 'batched') ON payment.budget_line = line.id
    GROUP BY line.id, line.committed_fen HAVING line.committed_fen <> coalesce(sum(payment.amount_fen), 0)`,

  "returned-waits-for-an-account": Prisma.sql`
    WITH waiting AS (
      SELECT owed.budget_line AS id, owed.amount_fen - set_off_fen(owed.id) AS fen
      FROM payment last JOIN entitlement owed ON owed.id = last.entitlement_id
      WHERE owed.status = 'confirmed' AND ${CAME_BACK}
    )
    SELECT line.id AS subject, format('returned %s, waiting %s', line.returned_fen, coalesce(sum(waiting.fen), 0)) AS detail
    FROM budget_line line LEFT JOIN waiting ON waiting.id = line.id
    GROUP BY line.id, line.returned_fen HAVING line.returned_fen <> coalesce(sum(waiting.fen), 0)`,

  "in-transit-is-with-the-bank": Prisma.sql`
    SELECT line.id AS subject, format('books %s, payments %s', line.in_transit_fen, coalesce(sum(payment.amount_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN payment
      ON payment.budget_line = line.id AND payment.status IN ('submitted', 'accepted')
    GROUP BY line.id HAVING line.in_transit_fen <> coalesce(sum(payment.amount_fen), 0)`,

  "paid-is-settled": Prisma.sql`
    WITH out AS (
      SELECT budget_line, amount_fen FROM payment WHERE status = 'settled'
      UNION ALL
      ${SET_OFF_BY_LINE}
    )
    SELECT line.id AS subject, format('books %s, payments and offsets %s', line.paid_fen, coalesce(sum(out.amount_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN out ON out.budget_line = line.id
    GROUP BY line.id HAVING line.paid_fen <> coalesce(sum(out.amount_fen), 0)`,

  // A return whose debit the bank has not reported yet undoes nothing that is counted here.
  "paid-is-booked-by-the-bank": Prisma.sql`
    WITH booked AS (
      SELECT payment.budget_line AS id, debit.amount_fen - coalesce(credit.amount_fen, 0) AS fen
      FROM statement_line debit JOIN payment ON payment.end_to_end_id = debit.end_to_end_id
      LEFT JOIN statement_line credit ON credit.end_to_end_id = debit.end_to_end_id
        AND credit.result = 'returned' AND credit.direction = 'credit'
      WHERE debit.result = 'settled' AND debit.direction = 'debit'
      UNION ALL
      -- What paid a debt instead went through no bank.
      ${SET_OFF_BY_LINE}
    )
    SELECT line.id AS subject, format('books %s, bank %s', paid_fen, coalesce(sum(booked.fen), 0)) AS detail
    FROM budget_line line LEFT JOIN booked ON booked.id = line.id
    GROUP BY line.id HAVING line.paid_fen <> coalesce(sum(booked.fen), 0)`,
};

/** What of a benefit has paid a debt of its firm. */
function appliedTo(benefit: string): Prisma.Sql {
  return Prisma.sql`coalesce((SELECT sum(amount_fen) FROM recovery_offset
    WHERE entitlement_id = ${Prisma.raw(benefit)} AND status = 'applied'), 0)`;
}
