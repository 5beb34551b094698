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
        OR position(firm.email IN concat(masked_name, masked_code, policy_title)) > 0`,

    // Numbers of the firm itself are found in any spacing, those of all others as they are stored.
    "no-account-number-in-writing": Prisma.sql`
      WITH written AS (
        SELECT id, firm_code, concat(subject, ' ', body) AS text FROM inbox_message
        UNION ALL
        SELECT mail.id, message.firm_code, concat(mail.subject, ' ', mail.body)
        FROM outgoing_mail mail LEFT JOIN inbox_message message ON message.id = mail.id
        UNION ALL
        SELECT result.id, owed.firm_code, concat(masked_name, ' ', masked_code, ' ', policy_title)
        FROM disclosure result JOIN entitlement owed ON owed.id = result.entitlement_id
        UNION ALL
        SELECT id, NULL, payload::text FROM journal_event
      ), known AS (
        SELECT account_no FROM bank_account UNION SELECT account_no FROM payer_account
      )
      SELECT written.id AS subject, format('contains ****%s', right(account.account_no, 4)) AS detail
      FROM written JOIN bank_account account ON account.firm_code = written.firm_code
      WHERE position(account.account_no IN translate(written.text, ' -　', '')) > 0
      UNION
      SELECT written.id, format('contains ****%s', right(known.account_no, 4))
      FROM written CROSS JOIN LATERAL regexp_matches(written.text, '[0-9]{8,30}', 'g') AS run (digits)
      JOIN known ON known.account_no = run.digits[1]`,
  };
}
