import { Prisma } from "../platform/generated/client.ts";

/** What is owed in all: as decided, unless later corrections left less. */
const DEBT = Prisma.sql`least(decided_fen, claimed_fen - corrected_fen)`;

/** Each query answers with `subject` and `detail` of every breach. */
export const recoveryQueries = {
  "receivable-is-owed": Prisma.sql`
    SELECT line.id AS subject, format('books %s, recoveries %s', line.receivable_fen, coalesce(sum(open_fen), 0)) AS detail
    FROM budget_line line LEFT JOIN (
      SELECT budget_line, ${DEBT} - received_fen - offset_fen AS open_fen FROM recovery WHERE status IN ('owed', 'closed')
    ) AS owed ON owed.budget_line = line.id
    GROUP BY line.id HAVING line.receivable_fen <> coalesce(sum(open_fen), 0)`,

  "recovered-is-booked": Prisma.sql`
    SELECT line.id AS subject, format('books %s, recoveries %s', line.recovered_fen, coalesce(sum(came_back), 0)) AS detail
    FROM budget_line line LEFT JOIN (
      SELECT budget_line, received_fen + offset_fen AS came_back FROM recovery
    ) AS back ON back.budget_line = line.id
    GROUP BY line.id HAVING line.recovered_fen <> coalesce(sum(came_back), 0)`,

  "received-by-credits": Prisma.sql`
    SELECT recovery.id AS subject, format('received %s, booked %s', received_fen, coalesce(sum(line.amount_fen), 0)) AS detail
    FROM recovery LEFT JOIN statement_line line
      ON line.recovery_id = recovery.id AND (line.result, line.direction) = ('recovered', 'credit')
    GROUP BY recovery.id HAVING received_fen <> coalesce(sum(line.amount_fen), 0)
    UNION ALL
    SELECT line.reference, 'booked as paid back for no recovery' FROM statement_line line
    WHERE line.result = 'recovered' AND NOT EXISTS (SELECT FROM recovery WHERE id = line.recovery_id)`,

  "nothing-recovered-twice": Prisma.sql`
    SELECT owed.id AS subject, format('granted %s, asked back %s', granted_fen(owed.id), claimed_fen(owed.id)) AS detail
    FROM entitlement owed
    WHERE EXISTS (SELECT FROM recovery WHERE entitlement_id = owed.id) AND claimed_fen(owed.id) > granted_fen(owed.id)
    UNION ALL
    SELECT id, format('owed %s, came back %s, held back %s', coalesce(${DEBT}, 0), received_fen + offset_fen, held_fen)
    FROM recovery WHERE received_fen + offset_fen + held_fen > coalesce(${DEBT}, 0)
      OR (status = 'closed') <> (coalesce(decided_fen, 0) > 0 AND received_fen + offset_fen = ${DEBT})`,

  // A benefit that was withdrawn has its offset until the step that follows from it.
  "offsets-on-both-sides": Prisma.sql`
    SELECT recovery.id AS subject, format('held %s, set off %s; offsets say %s, %s', held_fen, offset_fen,
      coalesce(sum(kept_back.amount_fen) FILTER (WHERE kept_back.status = 'agreed'), 0),
      coalesce(sum(kept_back.amount_fen) FILTER (WHERE kept_back.status = 'applied'), 0)) AS detail
    FROM recovery LEFT JOIN recovery_offset kept_back ON kept_back.recovery_id = recovery.id
    GROUP BY recovery.id HAVING held_fen <> coalesce(sum(kept_back.amount_fen) FILTER (WHERE kept_back.status = 'agreed'), 0)
      OR offset_fen <> coalesce(sum(kept_back.amount_fen) FILTER (WHERE kept_back.status = 'applied'), 0)
    UNION ALL
    SELECT kept_back.id, format('%s 分 of %s, which is %s', kept_back.amount_fen, owed.id, coalesce(owed.status, 'nothing'))
    FROM recovery_offset kept_back
    LEFT JOIN entitlement owed ON owed.id = kept_back.entitlement_id
    LEFT JOIN recovery ON recovery.id = kept_back.recovery_id
    WHERE kept_back.status IN ('agreed', 'applied') AND (owed.firm_code IS DISTINCT FROM recovery.firm_code
      OR owed.status NOT IN ('confirmed', 'paid', 'received', 'withdrawn') OR kept_back.amount_fen > owed.amount_fen)`,

  "two-people-per-recovery": Prisma.sql`
    SELECT id AS subject, format('asked by %s, decided by %s', opened_by, decided_by) AS detail
    FROM recovery WHERE decided_by = opened_by
      OR NOT EXISTS (SELECT FROM account WHERE account.id = opened_by AND role <> 'enterprise')
      OR (decided_by IS NOT NULL AND NOT EXISTS (SELECT FROM account WHERE account.id = decided_by AND role <> 'enterprise'))`,

  // What was topped up rests on the award's line, or where that has been carried over to.
  "review-followed-to-the-fen": Prisma.sql`
    WITH RECURSIVE succession AS (
      SELECT id AS line, id AS later FROM budget_line
      UNION
      SELECT line, to_line FROM succession JOIN carry_over ON from_line = later
    )
    SELECT follow.reassessment_id AS subject, format('%s, found %s; asked back %s, taken back %s and %s, topped up %s',
      coalesce(review.status, 'no review'), review.due_fen - review.paid_fen, coalesce(recovery.claimed_fen, 0),
      follow.corrected_fen, follow.withdrawn_fen, coalesce(extra.amount_fen, 0)) AS detail
    FROM review_follow_up follow
    LEFT JOIN reassessment review ON review.id = follow.reassessment_id
    LEFT JOIN recovery ON recovery.id = follow.recovery_id
    LEFT JOIN entitlement extra ON extra.id = follow.top_up_id
    LEFT JOIN entitlement award ON award.id = follow.award_id
    WHERE review.status IS DISTINCT FROM 'upheld' OR review.entitlement_id IS DISTINCT FROM follow.award_id
      OR review.due_fen - review.paid_fen IS DISTINCT FROM
        coalesce(extra.amount_fen, 0) + follow.corrected_fen - follow.withdrawn_fen - coalesce(recovery.claimed_fen, 0)
      OR follow.top_up_fen <> coalesce(extra.amount_fen, 0)
      OR (extra.id IS NOT NULL AND ((extra.firm_code, extra.policy_id, extra.policy_version_id, extra.decision_id)
          <> (award.firm_code, award.policy_id, award.policy_version_id, award.decision_id)
        OR NOT EXISTS (SELECT FROM succession WHERE (line, later) = (award.budget_line, extra.budget_line))))`,

  "journal-knows-each-recovery": Prisma.sql`
    WITH told AS (
      SELECT subject AS id,
        max(payload->>'claimedFen') FILTER (WHERE type = 'recovery-noticed') AS claimed_fen,
        max(actor) FILTER (WHERE type = 'recovery-noticed') AS opened_by,
        max(payload->>'statementSha256') FILTER (WHERE type = 'recovery-stated') AS statement_sha256,
        max(payload->>'decidedFen') FILTER (WHERE type = 'recovery-decided') AS decided_fen,
        max(payload->>'reasonsSha256') FILTER (WHERE type = 'recovery-decided') AS reasons_sha256,
        max(actor) FILTER (WHERE type = 'recovery-decided') AS decided_by,
        coalesce(sum((payload->>'amountFen')::bigint) FILTER (WHERE type = 'recovery-corrected'), 0) AS corrected_fen,
        coalesce(sum((payload->>'amountFen')::bigint) FILTER (WHERE type = 'recovery-received'), 0) AS received_fen
      FROM journal_event WHERE type LIKE 'recovery-%' GROUP BY subject
    )
    SELECT recovery.id AS subject, format('%s: asked %s, decided %s, corrected %s, received %s; journal: %s, %s, %s, %s', status,
      recovery.claimed_fen, recovery.decided_fen, recovery.corrected_fen, recovery.received_fen,
      coalesce(told.claimed_fen, 'nothing'), told.decided_fen, told.corrected_fen, told.received_fen) AS detail
    FROM recovery LEFT JOIN told ON told.id = recovery.id
    WHERE (recovery.claimed_fen::text, recovery.opened_by, recovery.decided_fen::text, recovery.decided_by,
        recovery.corrected_fen, recovery.received_fen,
        encode(sha256(convert_to(statement, 'UTF8')), 'hex'), encode(sha256(convert_to(reasons, 'UTF8')), 'hex'))
      IS DISTINCT FROM (told.claimed_fen, told.opened_by, told.decided_fen, told.decided_by, told.corrected_fen,
        told.received_fen, told.statement_sha256, told.reasons_sha256)`,
};
