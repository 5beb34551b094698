import { Prisma } from "../platform/generated/client.ts";

const AGREED = Prisma.sql`('confirmed', 'waitlisted', 'paid', 'received')`;

/** Each query answers with `subject` and `detail` of every breach. */
export const decisionQueries = {
  "confirmed-by-consent": Prisma.sql`
    SELECT owed.id AS subject, format('%s 分, consent %s', owed.amount_fen, coalesce(owed.consent_id, 'none')) AS detail
    FROM entitlement owed LEFT JOIN consent ON consent.id = owed.consent_id
    LEFT JOIN review_follow_up follow ON follow.top_up_id = owed.id
    LEFT JOIN entitlement award ON award.id = follow.award_id
    WHERE owed.status IN ${AGREED} AND NOT coalesce(
      consent.firm_code = owed.firm_code AND consent.at = owed.confirmed_at AND consent.lines @> jsonb_build_array(
        jsonb_build_object('entitlementId', owed.id, 'amountFen', coalesce(owed.claimed_fen, owed.amount_fen)::text,
          'answer', 'confirmed')), false)
      AND NOT coalesce((owed.consent_id, owed.bank_account_id) = (award.consent_id, award.bank_account_id), false)`,

  "consent-adds-up": Prisma.sql`
    WITH summed AS (
      SELECT consent.id, total_fen, coalesce(sum((line->>'amountFen')::bigint), 0) AS lines_fen
      FROM consent LEFT JOIN LATERAL jsonb_array_elements(lines) line ON line->>'answer' = 'confirmed'
      GROUP BY consent.id
    )
    SELECT id AS subject, format('total %s, lines %s', total_fen, lines_fen) AS detail
    FROM summed WHERE total_fen <> lines_fen`,

  "confirmed-in-time": Prisma.sql`
    SELECT id AS subject, format('confirmed %s, deadline %s', confirmed_at, confirm_before) AS detail
    FROM entitlement WHERE confirmed_at >= confirm_before`,

  "lapsed-was-known": Prisma.sql`
    SELECT owed.id AS subject, format('lapsed %s, offered %s; known %s', owed.confirm_before, owed.offered_at,
      coalesce(min(proof.at)::text, 'never')) AS detail
    FROM entitlement owed
    LEFT JOIN notice_proof proof ON proof.entitlement_id = owed.id AND proof.offered_at = owed.offered_at
      AND NOT EXISTS (SELECT FROM withdrawn_proof withdrawn
        WHERE withdrawn.evidence = proof.evidence AND withdrawn.at < owed.closed_at)
    WHERE owed.status = 'lapsed' GROUP BY owed.id
    HAVING coalesce(min(proof.at) > owed.confirm_before - interval '5 days', true)`,

  "benefit-like-decision": Prisma.sql`
    SELECT owed.id AS subject, format('%s 分; decision %s: %s %s', owed.amount_fen, owed.decision_id,
      coalesce(decision.outcome, 'missing'), decision.amount) AS detail
    FROM entitlement owed LEFT JOIN decision ON decision.id = owed.decision_id
      -- Offered anew it is a whole award again, until the firm agrees.
      LEFT JOIN award_part part ON part.entitlement_id = owed.id AND part.amount_fen = owed.amount_fen
        AND (part.part > 1 OR owed.status NOT IN ('offered', 'declined', 'lapsed'))
      LEFT JOIN stacking_terms beside ON beside.entitlement_id = coalesce(part.award_id, owed.id)
        AND beside.granted_fen = coalesce(owed.claimed_fen, part.award_fen, owed.amount_fen)
    WHERE NOT EXISTS (SELECT FROM review_follow_up WHERE top_up_id = owed.id)
      AND (decision.outcome, decision.amount->>'kind', decision.amount->>'fen', decision.firm_code, decision.policy_id,
        decision.policy_version_id, decision.period)
      IS DISTINCT FROM ('eligible', 'exact', coalesce(beside.asked_fen, owed.claimed_fen, part.award_fen, owed.amount_fen)::text, owed.firm_code,
        owed.policy_id, owed.policy_version_id, split_part(owed.period, '/', 1))`,

  "parts-make-up-the-award": Prisma.sql`
    SELECT award.id AS subject, format('%s 分 in %s parts; there are %s of together %s 分', max(own.award_fen), max(own.parts),
      count(*), sum(own.amount_fen)) AS detail
    FROM entitlement award JOIN award_part own ON own.award_id = award.id
    JOIN award_part first ON first.entitlement_id = award.id AND own.part <= first.parts
    JOIN entitlement owed ON owed.id = own.entitlement_id
    WHERE award.consent_id IS NOT NULL GROUP BY award.id
    HAVING count(*) <> max(own.parts) OR sum(own.amount_fen) <> max(own.award_fen)
      OR NOT bool_and(owed.amount_fen = own.amount_fen)`,

  "decision-by-published-rule": Prisma.sql`
    SELECT decision.id AS subject, format('policy %s, version %s', decision.policy_id, decision.policy_version_id) AS detail
    FROM decision LEFT JOIN policy_version version ON version.id = decision.policy_version_id
    WHERE version.policy_id IS DISTINCT FROM decision.policy_id
    UNION ALL
    SELECT version.id, format('digest %s is not the published one', version.sha256) FROM policy_version version
    WHERE NOT EXISTS (SELECT FROM journal_event WHERE subject = version.id AND type = 'policy-published'
      AND payload->>'sha256' = version.sha256)`,

  // Our own payments are added to the delivered ledger, so there the delivery is a part of the fact.
  "facts-were-delivered": Prisma.sql`
    SELECT decision.id AS subject, format('%s from %s', used.key, used.value->>'deliveryId') AS detail
    FROM decision CROSS JOIN LATERAL jsonb_each(decision.facts) used
    WHERE used.value->>'state' = 'known' AND used.value->>'deliveryId' IS NOT NULL AND NOT EXISTS (
      SELECT FROM fact WHERE fact.delivery_id = used.value->>'deliveryId' AND fact.firm_code = decision.firm_code
        AND fact.fact_id = used.key AND CASE WHEN used.key = 'ledger.paid' THEN used.value->'value' @> fact.value
          ELSE used.value->'value' = fact.value END)`,
};
