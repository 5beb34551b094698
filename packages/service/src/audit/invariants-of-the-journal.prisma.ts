import { Prisma } from "../platform/generated/client.ts";

/** The digest of `accountSha256` (payment/prepare-payment.ts): canonical JSON has its keys in this order. */
const ACCOUNT_SHA256 = Prisma.sql`encode(sha256(convert_to(format('{"accountNo":%s,"bankCode":%s,"holderName":%s}',
  to_json(account_no), to_json(bank_code), to_json(holder_name)), 'UTF8')), 'hex')`;

/*
 * A row says what is; the journal says how it came to be. The last event about a thing must lead
 * to the state and the amount that its row has. Each query answers with `subject` and `detail`.
 */
export const journalQueries = {
  "journal-knows-each-benefit": Prisma.sql`
    WITH meaning (type, status) AS (VALUES
      ('entitlement-offered', 'offered'), ('entitlement-reopened', 'offered'),
      ('entitlement-confirmed', 'confirmed'), ('entitlement-admitted', 'confirmed'),
      ('entitlement-waitlisted', 'waitlisted'), ('entitlement-declined', 'declined'),
      ('entitlement-lapsed', 'lapsed'), ('entitlement-withdrawn', 'withdrawn'),
      ('payment-settled', 'paid'), ('payment-returned', 'confirmed'), ('receipt-confirmed', 'received')
    ), told AS (
      SELECT coalesce(event.payload->>'entitlementId', event.subject) AS id, event.seq, meaning.status,
        (event.payload->>'amountFen')::bigint AS amount_fen
      FROM journal_event event JOIN meaning ON meaning.type = event.type
    ), last_state AS (
      SELECT DISTINCT ON (id) id, status FROM told ORDER BY id, seq DESC
    ), last_amount AS (
      SELECT DISTINCT ON (id) id, amount_fen FROM told WHERE amount_fen IS NOT NULL ORDER BY id, seq DESC
    )
    SELECT owed.id AS subject, format('%s, %s 分; journal: %s, %s 分', owed.status, owed.amount_fen,
      coalesce(last_state.status, 'nothing'), coalesce(last_amount.amount_fen, 0)) AS detail
    FROM entitlement owed
    LEFT JOIN last_state ON last_state.id = owed.id
    LEFT JOIN last_amount ON last_amount.id = owed.id
    WHERE (owed.status, owed.amount_fen) IS DISTINCT FROM (last_state.status, last_amount.amount_fen)`,

  "journal-knows-each-payment": Prisma.sql`
    WITH meaning (type, status) AS (VALUES
      ('payment-prepared', 'under way'), ('payment-voided', 'voided'), ('payment-settled', 'settled'),
      ('payment-rejected', 'rejected'), ('payment-returned', 'returned')
    ), told AS (
      SELECT DISTINCT ON (event.subject) event.subject AS id, meaning.status
      FROM journal_event event JOIN meaning ON meaning.type = event.type
      ORDER BY event.subject, event.seq DESC
    ), prepared AS (
      SELECT subject AS id, payload FROM journal_event WHERE type = 'payment-prepared'
    )
    SELECT payment.id AS subject, format('%s, %s 分; journal: %s, %s 分', payment.status, payment.amount_fen,
      coalesce(told.status, 'nothing'), coalesce(prepared.payload->>'amountFen', '0')) AS detail
    FROM payment LEFT JOIN told ON told.id = payment.id LEFT JOIN prepared ON prepared.id = payment.id
    WHERE (CASE WHEN payment.status IN ('reserved', 'batched', 'submitted', 'accepted') THEN 'under way'
        ELSE payment.status END, payment.amount_fen::text, payment.entitlement_id, payment.attempt::text, ${ACCOUNT_SHA256})
      IS DISTINCT FROM (told.status, prepared.payload->>'amountFen', prepared.payload->>'entitlementId',
        prepared.payload->>'attempt', prepared.payload->>'accountSha256')`,

  // Between approval and the bank's word a batch is on its way; that has no event of its own.
  "journal-knows-each-batch": Prisma.sql`
    WITH meaning (type, status) AS (VALUES
      ('batch-drafted', 'drafted'), ('batch-approved', 'approved'), ('batch-cancelled', 'cancelled'),
      ('batch-sent', 'sent'), ('batch-closed', 'closed')
    ), told AS (
      SELECT DISTINCT ON (event.subject) event.subject AS id, meaning.status
      FROM journal_event event JOIN meaning ON meaning.type = event.type
      ORDER BY event.subject, event.seq DESC
    ), approval AS (
      SELECT subject AS id, actor, payload->>'maker' AS maker FROM journal_event WHERE type = 'batch-approved'
    )
    SELECT batch.id AS subject, format('%s, checked by %s; journal: %s, checked by %s', batch.status, batch.checker,
      coalesce(told.status, 'nothing'), approval.actor) AS detail
    FROM payment_batch batch LEFT JOIN told ON told.id = batch.id LEFT JOIN approval ON approval.id = batch.id
    WHERE (CASE batch.status WHEN 'sending' THEN 'approved' ELSE batch.status END) IS DISTINCT FROM told.status
      OR batch.checker IS DISTINCT FROM approval.actor OR (approval.id IS NOT NULL AND batch.maker <> approval.maker)`,
};
