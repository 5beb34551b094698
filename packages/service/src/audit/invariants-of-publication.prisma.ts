import type { Day } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";

/**
 * Each query answers with `subject` and `detail` of every breach.
 *
 * @param newestOverdue the newest booking day whose time for publication is over
 */
export function publicationQueries(newestOverdue: Day) {
  return {
    "results-are-paid": Prisma.sql`
      SELECT result.id AS subject, format('%s 分; payment %s, benefit %s', result.amount_fen,
        coalesce(payment.status, 'missing'), coalesce(owed.status, 'missing')) AS detail
      FROM disclosure result
      LEFT JOIN payment ON payment.id = result.payment_id
      LEFT JOIN entitlement owed ON owed.id = result.entitlement_id
      WHERE (result.amount_fen, result.entitlement_id, result.policy_id, result.paid_on)
          IS DISTINCT FROM (payment.amount_fen, payment.entitlement_id, owed.policy_id, payment.settled_on)
        OR NOT (payment.status = 'returned'
          OR payment.status = 'settled' AND owed.status IN ('paid', 'received') AND owed.amount_fen - set_off_fen(owed.id) = result.amount_fen)`,

    "results-in-time": Prisma.sql`
      SELECT payment.id AS subject, format('booked on %s, not published', payment.settled_on) AS detail
      FROM payment WHERE status = 'settled' AND settled_on <= ${newestOverdue}::date
        AND NOT EXISTS (SELECT FROM disclosure WHERE payment_id = payment.id)`,

    "results-are-masked": Prisma.sql`
      SELECT result.id AS subject, 'shows the firm''s full name, code or address' AS detail
      FROM disclosure result
      JOIN entitlement owed ON owed.id = result.entitlement_id
      JOIN firm ON firm.code = owed.firm_code
      WHERE position(firm.code IN concat(masked_code, masked_name, policy_title)) > 0
        OR position(firm.name IN concat(masked_name, policy_title)) > 0
        -- Addresses lie sealed, so that whatever looks like one is looked for.
        OR concat(masked_name, ' ', masked_code, ' ', policy_title) ~ '[^[:space:]@＠]+[@＠][^[:space:]@＠]+'`,
  };
}
