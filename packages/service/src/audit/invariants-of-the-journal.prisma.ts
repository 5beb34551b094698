import { Prisma } from "../platform/generated/client.ts";

/** The digest of `accountDigest` (payment/prepare-payment.ts): canonical JSON has its keys in this order. */
const ACCOUNT_DIGEST = Prisma.sql`encode(sha256(convert_to(format('{"accountIndex":%s,"bankCode":%s,"holderName":%s}',
  to_json(account_index), to_json(bank_code), to_json(holder_name)), 'UTF8')), 'hex')`;

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
      ('payment-settled', 'paid'), ('payment-returned', 'confirmed'), ('receipt-confirmed', 'received'),
      ('entitlement-set-off', 'paid')
    ), told AS (
      SELECT coalesce(event.payload->>'entitlementId', event.subject) AS id, event.seq, event.type, event.payload, meaning.status
      FROM journal_event event JOIN meaning ON meaning.type = event.type
    ), last_state AS (
      SELECT DISTINCT ON (id) id, status FROM told ORDER BY id, seq DESC
    ), last_amount AS (
      SELECT DISTINCT ON (id) id, payload->>'amountFen' AS amount_fen
      -- A payment is of what is left where a part is set off.
      FROM told WHERE payload ? 'amountFen' AND type <> 'payment-settled' ORDER BY id, seq DESC
    )
    SELECT owed.id AS subject, format('%s, %s 分; journal: %s, %s 分', owed.status, owed.amount_fen,
      coalesce(last_state.status, 'nothing'), coalesce(last_amount.amount_fen, '?')) AS detail
    FROM entitlement owed
    LEFT JOIN last_state ON last_state.id = owed.id
    LEFT JOIN last_amount ON last_amount.id = owed.id
    WHERE (owed.status, owed.amount_fen::text) IS DISTINCT FROM (last_state.status, last_amount.amount_fen)`,

  "journal-knows-each-offer": Prisma.sql`
    WITH last_offer AS (
      SELECT DISTINCT ON (subject) subject AS id, payload FROM journal_event
      WHERE type = 'entitlement-offered' ORDER BY subject, seq DESC
    )
    SELECT owed.id AS subject, format('decision %s; journal: %s', owed.decision_id,
      coalesce(last_offer.payload->>'decisionId', 'nothing')) AS detail
    FROM entitlement owed
    LEFT JOIN decision ON decision.id = owed.decision_id
    LEFT JOIN last_offer ON last_offer.id = owed.id
    WHERE (owed.decision_id, decision.result_sha256)
      IS DISTINCT FROM (last_offer.payload->>'decisionId', last_offer.payload->>'resultSha256')`,

  "journal-knows-each-consent": Prisma.sql`
    WITH last_answer AS (
      SELECT DISTINCT ON (subject) subject AS id, actor, at, payload->>'consentId' AS consent_id FROM journal_event
      WHERE type IN ('entitlement-confirmed', 'entitlement-waitlisted', 'entitlement-declined')
      ORDER BY subject, seq DESC
    )
    SELECT owed.id AS subject, format('consent %s by %s; journal: %s by %s', owed.consent_id, consent.actor,
      coalesce(last_answer.consent_id, 'nothing'), last_answer.actor) AS detail
    FROM entitlement owed
    LEFT JOIN consent ON consent.id = owed.consent_id
    LEFT JOIN last_answer ON last_answer.id = owed.id
    LEFT JOIN review_follow_up follow ON follow.top_up_id = owed.id
    LEFT JOIN entitlement award ON award.id = follow.award_id
    WHERE owed.consent_id IS NOT NULL AND 
      -- The consent to an award covers its top-up; who gave it, the award's own events say.
      (owed.consent_id, CASE WHEN owed.consent_id = award.consent_id THEN 'system:recovery' ELSE consent.actor END,
        CASE WHEN owed.consent_id = award.consent_id THEN owed.confirmed_at ELSE consent.at END)
      IS DISTINCT FROM (last_answer.consent_id, last_answer.actor, last_answer.at)`,

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
      coalesce(told.status, 'nothing'), coalesce(prepared.payload->>'amountFen', '?')) AS detail
    FROM payment LEFT JOIN told ON told.id = payment.id LEFT JOIN prepared ON prepared.id = payment.id
    WHERE (CASE WHEN payment.status IN ('reserved', 'batched', 'submitted', 'accepted') THEN 'under way'
        ELSE payment.status END, payment.amount_fen::text, payment.entitlement_id, payment.attempt::text, ${ACCOUNT_DIGEST})
      IS DISTINCT FROM (told.status, prepared.payload->>'amountFen', prepared.payload->>'entitlementId',
        prepared.payload->>'attempt', coalesce(prepared.payload->>'accountDigest', ${ACCOUNT_DIGEST}))`,

  "journal-knows-each-booking": Prisma.sql`
    SELECT event.subject, format('booked %s as %s, %s 分', event.payload->>'bookedOn', event.payload->>'reference',
      event.payload->>'amountFen') AS detail
    FROM journal_event event WHERE event.type = 'payment-settled' AND NOT EXISTS (
      SELECT FROM statement_line line JOIN payment ON payment.end_to_end_id = line.end_to_end_id
      WHERE payment.id = event.subject AND line.reference = event.payload->>'reference' AND line.direction = 'debit'
        AND line.amount_fen::text = event.payload->>'amountFen' AND line.booked_on::text = event.payload->>'bookedOn')`,

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

  "journal-knows-each-delivery": Prisma.sql`
    SELECT delivery.id AS subject, format('%s good rows, %s bad; journal: %s', rows_good, rows_bad,
      coalesce(event.payload::text, 'nothing')) AS detail
    FROM delivery LEFT JOIN journal_event event ON event.subject = delivery.id AND event.type = 'delivery-imported'
    WHERE (delivery.source_id, delivery.sha256, rows_good::text, rows_bad::text, imported_by)
      IS DISTINCT FROM (event.payload->>'sourceId', event.payload->>'sha256', event.payload->>'rowsGood',
        event.payload->>'rowsBad', event.actor)`,

  "journal-knows-each-run": Prisma.sql`
    SELECT run.id AS subject, format('%s eligible, %s ineligible, %s undetermined; journal: %s', eligible, ineligible,
      undetermined, coalesce(event.payload::text, 'nothing')) AS detail
    FROM match_run run LEFT JOIN journal_event event ON event.subject = run.id AND event.type = 'match-run-finished'
    WHERE run.finished_at IS NOT NULL
      AND (as_of::text, eligible::text, ineligible::text, undetermined::text, recorded::text)
        IS DISTINCT FROM (event.payload->>'asOf', event.payload->>'eligible', event.payload->>'ineligible',
          event.payload->>'undetermined', event.payload->>'recorded')`,
};
