import { testSealing } from "../kernel/testing-sealing.ts";
import { accountNo, decisionId, emailOf, entitlementId, firmCode } from "../publication/testing-case.prisma.ts";
import type { InvariantName } from "./invariants.ts";

const of = (nth: number) => `entitlement_id = '${entitlementId(nth)}'`;
const is = (nth: number) => `id = '${entitlementId(nth)}'`;
const copied = (table: string, changes: Readonly<Record<string, unknown>>, which: string) =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(${table}, '${JSON.stringify(changes)}')).* FROM ${table} WHERE ${which}`;
const secondPayment = copied("payment", { id: "payment_second", attempt: 2, end_to_end_id: "E2E-second" }, of(4));
const sealedAs = (number: string) =>
  `account_no = '${testSealing.seal(number)}', account_index = '${testSealing.index(number)}'`;
const withoutChecks = (table: string) => `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'c' LOOP
      EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', name);
    END LOOP;
  END $$`;

/**
 * For tests: for every invariant, ways to break it that go around constraints and triggers. The
 * world they act on has one case at each stage: 1 received and published, 2 confirmed, 3 submitted,
 * 4 just paid, 5 offered.
 */
export const breaches: Readonly<Record<InvariantName, Readonly<Record<string, readonly string[]>>>> = {
  "postings-balance": {
    "one side is changed": [
      "UPDATE posting SET amount_fen = amount_fen + 1 WHERE business_key LIKE 'settle:%' AND bucket = 'paid'",
    ],
    "one side is gone": ["DELETE FROM posting WHERE business_key LIKE 'reserve:%' AND bucket = 'available'"],
  },
  "balances-follow-postings": {
    "a balance is moved by hand": [
      "UPDATE budget_line SET available_fen = available_fen - 1, reserved_fen = reserved_fen + 1",
    ],
    "a move is gone": ["DELETE FROM posting WHERE business_key LIKE 'settle:%'"],
  },
  "appropriation-is-whole": {
    "money appears": [withoutChecks("budget_line"), "UPDATE budget_line SET available_fen = available_fen + 1"],
  },
  "reserved-is-owed": {
    "an amount is raised": [`UPDATE entitlement SET amount_fen = amount_fen + 1 WHERE ${is(2)}`],
    "a confirmed benefit is taken away": [`UPDATE entitlement SET status = 'lapsed', closed_at = now() WHERE ${is(2)}`],
  },
  "committed-is-approved": {
    "an approval is forgotten": [
      `UPDATE payment_batch SET status = 'approved', sent_at = NULL
        WHERE id = (SELECT batch_id FROM payment WHERE ${of(3)})`,
      `UPDATE payment SET status = 'batched' WHERE ${of(3)}`,
    ],
  },
  "returned-waits-for-an-account": {
    "it came back and the books do not know": [
      `UPDATE payment SET status = 'returned', reason_code = 'AC04' WHERE ${of(4)}`,
      `UPDATE entitlement SET status = 'confirmed', paid_at = NULL WHERE ${is(4)}`,
    ],
  },
  "paid-is-booked-by-the-bank": {
    "the bank's line is set aside": ["UPDATE statement_line SET result = 'suspense' WHERE reference = 'REF4'"],
  },
  "in-transit-is-with-the-bank": {
    "a payment at the bank is forgotten": [
      `UPDATE payment SET status = 'voided', reason = '-', batch_id = NULL WHERE ${of(3)}`,
    ],
  },
  "paid-is-settled": {
    "a settled amount is raised": [`UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(4)}`],
  },
  "receivable-is-owed": {
    "a debt is raised": [withoutChecks("recovery"), "UPDATE recovery SET decided_fen = decided_fen + 1"],
    "a debt is forgotten": [withoutChecks("recovery"), "UPDATE recovery SET status = 'dropped'"],
  },
  "recovered-is-booked": { "a receipt is made up": ["UPDATE recovery SET received_fen = received_fen + 1"] },
  "received-by-credits": {
    "the bank's line is gone": ["DELETE FROM statement_line WHERE reference = 'BACK1'"],
    "the bank's line is another debt's": ["UPDATE statement_line SET recovery_id = 'nobody' WHERE reference = 'BACK1'"],
    "the bank's line is a debit": [
      withoutChecks("statement_line"),
      "UPDATE statement_line SET direction = 'debit' WHERE reference = 'BACK1'",
    ],
  },
  "nothing-recovered-twice": {
    "the same is asked back again": [
      "ALTER TABLE recovery DROP CONSTRAINT recovery_reference_key",
      copied("recovery", { id: "recovery_again", document: "again" }, "true"),
    ],
    "more comes back than is owed": [withoutChecks("recovery"), "UPDATE recovery SET received_fen = decided_fen + 1"],
    "it is closed before it has come back": [
      withoutChecks("recovery"),
      "UPDATE recovery SET status = 'closed', closed_at = now()",
    ],
  },
  "offsets-on-both-sides": {
    "a debt says more is held back": ["UPDATE recovery SET held_fen = held_fen + 1"],
    "it is gone": ["DELETE FROM recovery_offset"],
    "it is of another firm's debt": [`UPDATE recovery SET firm_code = '${firmCode(5)}'`],
  },
  "two-people-per-recovery": {
    "one person did both": [withoutChecks("recovery"), "UPDATE recovery SET decided_by = opened_by"],
    "nobody asked for it": ["UPDATE recovery SET opened_by = 'nobody'"],
    "nobody decided it": ["UPDATE recovery SET decided_by = 'nobody'"],
  },
  "review-followed-to-the-fen": {
    "more is topped up than was found": ["UPDATE review_follow_up SET top_up_fen = top_up_fen + 1"],
    "the review is taken back": ["UPDATE reassessment SET status = 'dismissed'"],
    "it is another firm's top-up": [
      `UPDATE entitlement SET firm_code = '${firmCode(2)}' WHERE id = (SELECT min(top_up_id) FROM review_follow_up)`,
    ],
  },
  "journal-knows-each-recovery": {
    "the claim is raised": ["UPDATE recovery SET claimed_fen = claimed_fen + 1"],
    "the statement is changed": ["UPDATE recovery SET statement = statement || '。'"],
    "the reasons are changed": ["UPDATE recovery SET reasons = reasons || '。'"],
    "another person is written in": ["UPDATE recovery SET decided_by = 'maker'"],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'recovery-received'"],
  },
  "paid-by-one-payment": {
    "a paid benefit is owed again": [`UPDATE entitlement SET status = 'confirmed', paid_at = NULL WHERE ${is(4)}`],
    "it is set to paid by hand": [`UPDATE entitlement SET status = 'paid', paid_at = now() WHERE ${is(2)}`],
    "it is paid twice": ["DROP INDEX payment_one_live", secondPayment],
    "another amount was paid": [`UPDATE payment SET amount_fen = amount_fen - 1 WHERE ${of(4)}`],
  },
  "settled-by-one-debit": {
    "the bank's line is gone": ["DELETE FROM statement_line WHERE reference = 'REF4'"],
    "the bank's line has another amount": ["UPDATE statement_line SET amount_fen = 1 WHERE reference = 'REF4'"],
    "the bank's line has another day": ["UPDATE statement_line SET booked_on = booked_on + 1 WHERE reference = 'REF4'"],
    "the bank's line is a credit": ["UPDATE statement_line SET direction = 'credit' WHERE reference = 'REF4'"],
    "it came back": [
      copied(
        "statement_line",
        { id: "line_back", reference: "BACK", direction: "credit", reason_code: "AC04", result: "returned" },
        "reference = 'REF4'",
      ),
    ],
  },
  "booked-lines-have-payments": {
    "a debit belongs to nobody": ["UPDATE statement_line SET end_to_end_id = 'nobody' WHERE reference = 'REF4'"],
    "a debited payment is not settled": [`UPDATE payment SET status = 'accepted', settled_on = NULL WHERE ${of(4)}`],
    "a payment is returned without a line": [
      `UPDATE payment SET status = 'returned', reason_code = 'AC04' WHERE ${of(4)}`,
    ],
  },
  "sealed-accounts-are-what-they-say": {
    "another payment's number is put in": [
      `UPDATE payment SET account_no = (SELECT account_no FROM payment WHERE ${of(4)}) WHERE ${of(3)}`,
    ],
    "the index is another's": [`UPDATE payment SET account_index = repeat('0', 32) WHERE ${of(3)}`],
    "a sealed number is damaged": [`UPDATE bank_account SET account_no = account_no || 'AAAA'`],
    "a number was sealed with a key that nobody has": [
      "UPDATE bank_account SET account_no = 'sealed:other-1:' || split_part(account_no, ':', 3)",
    ],
    "a number lies plain": [withoutChecks("bank_account"), "UPDATE bank_account SET account_no = '6222000000000001'"],
  },
  "bank-files-are-as-received": {
    "its content is changed": ["UPDATE bank_file SET content = content || 'AAAA'"],
    "its digest is changed": ["UPDATE bank_file SET sha256 = encode(sha256(convert_to(id, 'UTF8')), 'hex')"],
  },
  "one-live-payment": { "a second one is made": ["DROP INDEX payment_one_live", secondPayment] },
  "payment-like-benefit": {
    "it goes to another account number": [`UPDATE payment SET account_index = repeat('9', 32) WHERE ${of(3)}`],
    "it goes to another firm's account": [
      `UPDATE bank_account SET firm_code = '${firmCode(2)}', status = 'superseded' WHERE firm_code = '${firmCode(3)}'`,
    ],
    "it goes to an account that the firm did not agree to": [
      `UPDATE entitlement SET bank_account_id = 'other' WHERE ${is(3)}`,
    ],
    "it has another amount": [`UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(3)}`],
    "it is paid from another line": [`UPDATE payment SET budget_line = 'other' WHERE ${of(3)}`],
  },
  "batch-is-its-payments": {
    "the total differs": ["UPDATE payment_batch SET total_fen = total_fen + 1"],
    "the count differs": ["UPDATE payment_batch SET count = count + 1"],
    "a payment is slipped in": [
      `UPDATE payment SET batch_id = (SELECT batch_id FROM payment WHERE ${of(3)}) WHERE ${of(4)}`,
    ],
  },
  "batch-file-is-what-was-approved": {
    "the file is changed": ["UPDATE payment_batch SET file = file || 'AAAA'"],
    "file and digest are changed together": [
      `UPDATE payment_batch SET file = '${testSealing.seal("x")}', sha256 = encode(sha256(convert_to('x', 'UTF8')), 'hex')`,
    ],
  },
  "two-people-per-batch": {
    "one person did both": [withoutChecks("payment_batch"), "UPDATE payment_batch SET checker = maker"],
    "the checker has another role": ["UPDATE account SET role = 'operator' WHERE id = 'checker'"],
    "the maker is nobody": ["UPDATE payment_batch SET maker = 'nobody'"],
  },
  "confirmed-by-consent": {
    "the consent says another amount": [
      `UPDATE consent SET lines = jsonb_set(lines, '{0,amountFen}', '"1"') WHERE firm_code = '${firmCode(2)}'`,
    ],
    "the consent says no": [
      `UPDATE consent SET lines = jsonb_set(lines, '{0,answer}', '"declined"') WHERE firm_code = '${firmCode(2)}'`,
    ],
    "the consent is another firm's": [
      `UPDATE consent SET firm_code = '${firmCode(1)}', request_key = 'x' WHERE firm_code = '${firmCode(2)}'`,
    ],
    "there is no consent": [`DELETE FROM consent WHERE firm_code = '${firmCode(2)}'`],
  },
  "consent-adds-up": { "the total differs": ["UPDATE consent SET total_fen = total_fen + 1"] },
  "parts-make-up-the-award": {
    "a part is gone": [
      `INSERT INTO award_part (entitlement_id, award_id, part, parts, award_fen, amount_fen, due_on)
        SELECT id, id, 1, 2, amount_fen + 1, amount_fen, now() FROM entitlement WHERE ${is(2)}`,
    ],
  },
  "confirmed-in-time": {
    "the deadline itself is already too late": [
      withoutChecks("entitlement"),
      `UPDATE entitlement SET confirmed_at = confirm_before WHERE ${is(2)}`,
    ],
  },
  "lapsed-was-known": {
    "nobody is known to have seen it": [
      `UPDATE entitlement SET status = 'lapsed', closed_at = confirm_before WHERE ${is(5)}`,
    ],
    "the firm came to know too late": [
      `UPDATE entitlement SET status = 'lapsed', closed_at = confirm_before WHERE ${is(5)}`,
      `INSERT INTO notice_proof SELECT id, offered_at, 'opened', '/offers', confirm_before - interval '4 days'
       FROM entitlement WHERE ${is(5)}`,
    ],
  },
  "benefit-like-decision": {
    "the decision said no": [`UPDATE decision SET outcome = 'ineligible' WHERE id = '${decisionId(2)}'`],
    "the decision said another amount": [
      `UPDATE decision SET amount = '{"kind": "exact", "fen": "1"}' WHERE id = '${decisionId(2)}'`,
    ],
    "the decision gave a range": [
      `UPDATE decision SET amount = '{"kind": "range", "minFen": "50000", "maxFen": "50000"}' WHERE id = '${decisionId(2)}'`,
    ],
    "the decision is about another firm": [
      `UPDATE decision SET firm_code = '${firmCode(1)}' WHERE id = '${decisionId(2)}'`,
    ],
    "the decision is about another year": [`UPDATE decision SET period = '2024' WHERE id = '${decisionId(2)}'`],
    "there is no decision": [`DELETE FROM decision WHERE id = '${decisionId(2)}'`],
  },
  "decision-by-published-rule": {
    "the rule's digest is changed": ["UPDATE policy_version SET sha256 = repeat('f', 64)"],
    "the rule is gone": ["DELETE FROM policy_version"],
    "the decision names another policy": ["UPDATE decision SET policy_id = 'other'"],
  },
  "facts-were-delivered": {
    "the delivered fact is changed": ["UPDATE fact SET value = '\"1\"'"],
    "the delivered fact is gone": ["DELETE FROM fact"],
    "the snapshot is changed": [`UPDATE decision SET facts = jsonb_set(facts, '{ui.arrears,value}', '"1"')`],
  },
  "results-are-paid": {
    "another amount is published": ["UPDATE disclosure SET amount_fen = amount_fen + 1"],
    "another day is published": ["UPDATE disclosure SET paid_on = paid_on + 1"],
    "it is of no payment": ["UPDATE disclosure SET payment_id = 'nobody'"],
    "its benefit is not paid": [
      withoutChecks("entitlement"),
      `UPDATE entitlement SET status = 'confirmed' WHERE ${is(1)}`,
    ],
  },
  "results-in-time": { "a result is held back": ["DELETE FROM disclosure"] },
  "results-are-masked": {
    "the name is shown": ["UPDATE disclosure SET masked_name = '郑州星河1科技有限公司'"],
    "the code is shown": [`UPDATE disclosure SET masked_code = '${firmCode(1)}'`],
    "the address is shown": [`UPDATE disclosure SET policy_title = policy_title || '${emailOf(1)}'`],
  },
  "no-account-number-in-writing": {
    "a notice has it, in groups of four": [
      `UPDATE inbox_message SET body = body || ' ${accountNo(1).replace(/(.{4})/g, "$1 ")}' WHERE firm_code = '${firmCode(1)}'`,
    ],
    "a mail has another firm's": [
      `INSERT INTO dispatch (id, channel, firm_code, letter_id, recipient, subject, body, status, next_attempt_at, queued_at)
       VALUES ('dispatch_1', 'email', '${firmCode(1)}', 'letter_1', '${testSealing.seal("x")}', '', '账号：${accountNo(2)}。', 'queued', now(), now())`,
    ],
    "a result has it": [`UPDATE disclosure SET masked_name = '${accountNo(1)}'`],
    "an event has it": [
      `UPDATE journal_event SET payload = '{"note": "to ${accountNo(3)}"}' WHERE type = 'batch-sent'`,
    ],
  },
  "journal-knows-each-benefit": {
    "a state is set by hand": [`UPDATE entitlement SET status = 'lapsed', closed_at = now() WHERE ${is(5)}`],
    "an amount is set by hand": [`UPDATE entitlement SET amount_fen = amount_fen + 1 WHERE ${is(5)}`],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'receipt-confirmed'"],
  },
  "journal-knows-each-offer": {
    "the decision's result is changed, with its digest": [
      `UPDATE decision SET result_sha256 = repeat('0', 64) WHERE id = '${decisionId(5)}'`,
    ],
    "another decision is put behind it": [`UPDATE entitlement SET decision_id = '${decisionId(1)}' WHERE ${is(5)}`],
    "the event is gone": [
      `DELETE FROM journal_event WHERE type = 'entitlement-offered' AND subject = '${entitlementId(5)}'`,
    ],
  },
  "journal-knows-each-consent": {
    "another person is written in": ["UPDATE consent SET actor = 'author'"],
    "another time is written in": ["UPDATE consent SET at = at - interval '1 day'"],
    "another consent is put behind it": [
      `UPDATE entitlement SET consent_id = (SELECT id FROM consent WHERE firm_code = '${firmCode(1)}') WHERE ${is(2)}`,
    ],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'entitlement-confirmed'"],
  },
  "journal-knows-each-payment": {
    "the account is swapped in payment, account and benefit alike": [
      `UPDATE bank_account SET ${sealedAs("999999999999")} WHERE firm_code = '${firmCode(3)}'`,
      `UPDATE payment SET ${sealedAs("999999999999")} WHERE ${of(3)}`,
    ],
    "a state is set by hand": [`UPDATE payment SET status = 'rejected', reason_code = 'AC04' WHERE ${of(3)}`],
    "an amount is set by hand": [`UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(3)}`],
    "it is moved to another benefit": [`UPDATE payment SET ${of(2)} WHERE ${of(3)}`],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'payment-prepared'"],
  },
  "journal-knows-each-booking": {
    "the bank's line is gone": ["DELETE FROM statement_line WHERE reference = 'REF4'"],
    "line, payment and benefit are raised together": [
      "UPDATE statement_line SET amount_fen = amount_fen + 1 WHERE reference = 'REF4'",
      `UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(4)}`,
      `UPDATE entitlement SET amount_fen = amount_fen + 1 WHERE ${is(4)}`,
    ],
    "line and payment are dated back together": [
      "UPDATE statement_line SET booked_on = booked_on - 9 WHERE reference = 'REF4'",
      `UPDATE payment SET settled_on = settled_on - 9 WHERE ${of(4)}`,
    ],
    "the line has another reference": ["UPDATE statement_line SET reference = 'OTHER' WHERE reference = 'REF4'"],
  },
  "journal-knows-each-batch": {
    "a state is set by hand": ["UPDATE payment_batch SET status = 'closed', closed_at = now()"],
    "another checker is written in": ["UPDATE payment_batch SET checker = 'author'"],
    "another maker is written in": ["UPDATE payment_batch SET maker = 'system:payment'"],
  },
  "journal-knows-each-delivery": {
    "its digest is changed": ["UPDATE delivery SET sha256 = repeat('0', 64)"],
    "its source is changed": ["UPDATE delivery SET source_id = 'other'"],
    "its rows are changed": ["UPDATE delivery SET rows_bad = rows_bad + 1"],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'delivery-imported'"],
  },
  "journal-knows-each-run": {
    "a count is changed": ["UPDATE match_run SET eligible = eligible + 1"],
    "its day is changed": ["UPDATE match_run SET as_of = as_of - 1"],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'match-run-finished'"],
  },
};
