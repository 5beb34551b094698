import { Prisma } from "../platform/generated/client.ts";

const LIVE = Prisma.sql`('reserved', 'batched', 'submitted', 'accepted', 'settled')`;

/** Each query answers with `subject` and `detail` of every breach. */
export const paymentQueries = {
  "paid-by-one-payment": Prisma.sql`
    SELECT owed.id AS subject, format('%s, %s 分, with %s settled payments of together %s 分',
      owed.status, owed.amount_fen, count(payment.id), coalesce(sum(payment.amount_fen), 0)) AS detail
    FROM entitlement owed LEFT JOIN payment ON payment.entitlement_id = owed.id AND payment.status = 'settled'
    GROUP BY owed.id
    HAVING CASE WHEN owed.status IN ('paid', 'received')
      THEN coalesce(sum(payment.amount_fen), 0) + set_off_fen(owed.id) <> owed.amount_fen
        OR count(payment.id) <> CASE WHEN set_off_fen(owed.id) = owed.amount_fen THEN 0 ELSE 1 END
      ELSE count(payment.id) > 0 END`,

  "settled-by-one-debit": Prisma.sql`
    WITH counted AS (
      SELECT payment.id,
        count(line.id) FILTER (WHERE line.result = 'settled' AND line.direction = 'debit'
          AND line.amount_fen = payment.amount_fen AND line.booked_on = payment.settled_on) AS debits,
        count(line.id) FILTER (WHERE line.result = 'returned') AS returns
      FROM payment LEFT JOIN statement_line line ON line.end_to_end_id = payment.end_to_end_id
      WHERE payment.status = 'settled' GROUP BY payment.id
    )
    SELECT id AS subject, format('%s matching debits, %s returns', debits, returns) AS detail
    FROM counted WHERE debits <> 1 OR returns <> 0`,

  "booked-lines-have-payments": Prisma.sql`
    SELECT line.reference AS subject,
      format('%s %s of %s 分, payment %s', line.result, line.direction, line.amount_fen,
        coalesce(format('%s of %s 分', payment.status, payment.amount_fen), 'unknown')) AS detail
    FROM statement_line line LEFT JOIN payment ON payment.end_to_end_id = line.end_to_end_id
    WHERE line.result NOT IN ('suspense', 'recovered') AND NOT coalesce(payment.amount_fen = line.amount_fen AND (
      (line.result, line.direction) = ('settled', 'debit') AND payment.status IN ('settled', 'returned')
      OR (line.result, line.direction) = ('returned', 'credit') AND payment.status = 'returned'), false)
    UNION ALL
    SELECT payment.id, 'returned without a line of the statement' FROM payment
    WHERE status = 'returned' AND NOT EXISTS (
      SELECT FROM statement_line WHERE end_to_end_id = payment.end_to_end_id AND result = 'returned')`,

  "one-live-payment": Prisma.sql`
    SELECT entitlement_id AS subject, format('%s payments alive', count(*)) AS detail
    FROM payment WHERE status IN ${LIVE} GROUP BY entitlement_id HAVING count(*) > 1`,

  "payment-like-benefit": Prisma.sql`
    SELECT payment.id AS subject, format('%s 分 from %s to account %s; owed %s 分 from %s', payment.amount_fen,
      payment.budget_line, payment.bank_account_id, owed.amount_fen, owed.budget_line) AS detail
    FROM payment
    LEFT JOIN entitlement owed ON owed.id = payment.entitlement_id
    LEFT JOIN bank_account account ON account.id = payment.bank_account_id
    WHERE payment.status IN ${LIVE} AND (
      (payment.amount_fen, payment.budget_line, payment.bank_account_id, account.firm_code)
        IS DISTINCT FROM (owed.amount_fen - set_off_fen(owed.id), owed.budget_line, owed.bank_account_id, owed.firm_code)
      OR (payment.holder_name, payment.account_index, payment.bank_code)
        IS DISTINCT FROM (account.holder_name, account.account_index, account.bank_code))`,

  "batch-is-its-payments": Prisma.sql`
    SELECT batch.id AS subject, format('says %s payments, %s 分; has %s, %s 分', batch.count, batch.total_fen,
      count(payment.id), coalesce(sum(payment.amount_fen), 0)) AS detail
    FROM payment_batch batch LEFT JOIN payment ON payment.batch_id = batch.id
    GROUP BY batch.id
    HAVING CASE WHEN batch.status = 'cancelled' THEN count(payment.id) > 0
      ELSE count(payment.id) <> batch.count OR coalesce(sum(payment.amount_fen), 0) <> batch.total_fen END`,

  "two-people-per-batch": Prisma.sql`
    SELECT batch.id AS subject, format('made by %s (%s), checked by %s (%s)', batch.maker,
      coalesce(maker.role, 'no account'), batch.checker, coalesce(checker.role, 'no account')) AS detail
    FROM payment_batch batch
    LEFT JOIN account maker ON maker.id = batch.maker
    LEFT JOIN account checker ON checker.id = batch.checker
    WHERE batch.maker = batch.checker
      OR NOT (batch.maker LIKE 'system:%' OR coalesce(maker.role = 'finance-maker', false))
      OR (batch.status NOT IN ('drafted', 'cancelled') AND checker.role IS DISTINCT FROM 'finance-checker')`,
};
