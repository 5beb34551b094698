import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, startOfDay } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { resultStore } from "../publication/publication.prisma.ts";
import { publishResults } from "../publication/publish-results.ts";
import {
  accountNo,
  decisionId,
  emailOf,
  entitlementId,
  firmCode,
  plantCase,
  plantWorld,
} from "../publication/testing-case.prisma.ts";
import { checkInvariants } from "./invariants.prisma.ts";
import { countBroken, type InvariantName } from "./invariants.ts";
import { withTampering } from "./testing.prisma.ts";

const today = "2025-11-20" as Day;
let store: Store;

// One case at each stage: 1 received and published, 2 confirmed, 3 submitted, 4 just paid, 5 offered.
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    await plantCase(tx, 1, "received");
    await plantCase(tx, 2, "confirmed", { amountFen: 500_00n });
    await plantCase(tx, 3, "submitted", { amountFen: 700_00n });
    await plantCase(tx, 4, "paid", { amountFen: 900_00n, bookedOn: "2025-11-19" as Day });
    await plantCase(tx, 5, "offered");
  });
  await publishResults({
    transaction: (work) =>
      store.prisma.$transaction((tx) => work({ results: resultStore(tx), journal: journalOn(tx) })),
    clock: { now: () => startOfDay(today) },
  });
});
afterAll(() => store.close());

const of = (nth: number) => `entitlement_id = '${entitlementId(nth)}'`;
const is = (nth: number) => `id = '${entitlementId(nth)}'`;
const secondPayment = `
  INSERT INTO payment SELECT 'payment_second', entitlement_id, 2, 'E2E-second', budget_line, amount_fen, bank_account_id,
    holder_name, account_no, bank_code, status, batch_id, reason_code, reason, created_at, settled_on
  FROM payment WHERE ${of(4)}`;
const withoutChecks = (table: string) => `
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'c' LOOP
      EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', name);
    END LOOP;
  END $$`;

/** For every invariant, ways to break it that go around constraints and triggers. */
const plants: Readonly<Record<InvariantName, Readonly<Record<string, readonly string[]>>>> = {
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
  "in-transit-is-with-the-bank": {
    "a payment at the bank is forgotten": [
      `UPDATE payment SET status = 'voided', reason = '-', batch_id = NULL WHERE ${of(3)}`,
    ],
  },
  "paid-is-settled": {
    "a settled amount is raised": [`UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(4)}`],
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
      `INSERT INTO statement_line SELECT 'line_back', bank_file_id, 'BACK', end_to_end_id, 'credit', amount_fen, booked_on,
        'AC04', 'returned', NULL FROM statement_line WHERE reference = 'REF4'`,
    ],
  },
  "booked-lines-have-payments": {
    "a debit belongs to nobody": ["UPDATE statement_line SET end_to_end_id = 'nobody' WHERE reference = 'REF4'"],
    "a debited payment is not settled": [`UPDATE payment SET status = 'accepted', settled_on = NULL WHERE ${of(4)}`],
    "a payment is returned without a line": [
      `UPDATE payment SET status = 'returned', reason_code = 'AC04' WHERE ${of(4)}`,
    ],
  },
  "one-live-payment": { "a second one is made": ["DROP INDEX payment_one_live", secondPayment] },
  "payment-like-benefit": {
    "it goes to another account number": [`UPDATE payment SET account_no = '999999999999' WHERE ${of(3)}`],
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
    "the file is changed": ["UPDATE payment_batch SET file = file || ' '"],
    "file and digest are changed together": [
      "UPDATE payment_batch SET file = 'x', sha256 = encode(sha256(convert_to('x', 'UTF8')), 'hex')",
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
  "confirmed-in-time": {
    "the deadline itself is already too late": [
      withoutChecks("entitlement"),
      `UPDATE entitlement SET confirmed_at = confirm_before WHERE ${is(2)}`,
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
    "a mail has another firm's": [`UPDATE outgoing_mail SET body = '账号：${accountNo(2)}。'`],
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
  "journal-knows-each-payment": {
    "the account is swapped in payment, account and benefit alike": [
      `UPDATE bank_account SET account_no = '999999999999' WHERE firm_code = '${firmCode(3)}'`,
      `UPDATE payment SET account_no = '999999999999' WHERE ${of(3)}`,
    ],
    "a state is set by hand": [`UPDATE payment SET status = 'rejected', reason_code = 'AC04' WHERE ${of(3)}`],
    "an amount is set by hand": [`UPDATE payment SET amount_fen = amount_fen + 1 WHERE ${of(3)}`],
    "it is moved to another benefit": [`UPDATE payment SET ${of(2)} WHERE ${of(3)}`],
    "the event is gone": ["DELETE FROM journal_event WHERE type = 'payment-prepared'"],
  },
  "journal-knows-each-batch": {
    "a state is set by hand": ["UPDATE payment_batch SET status = 'closed', closed_at = now()"],
    "another checker is written in": ["UPDATE payment_batch SET checker = 'author'"],
    "another maker is written in": ["UPDATE payment_batch SET maker = 'system:payment'"],
  },
};

describe("the invariants", () => {
  test("all hold in a lawful world, with a case at every stage", async () => {
    const results = await checkInvariants(store.prisma, today);
    expect(results.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    expect(countBroken(results)).toBe(0);
    expect(results.map(({ name }) => name)).toEqual(Object.keys(plants));
  });

  test("each says its sentence in both languages", async () => {
    for (const { sentence } of await checkInvariants(store.prisma, today)) {
      expect(sentence.zh).toMatch(/。$/);
      expect(sentence.en).toMatch(/\.$/);
    }
  });

  const ways = Object.entries(plants).flatMap(([name, variants]) =>
    Object.entries(variants).map(([way, sql]) => [name, way, sql] as const),
  );
  test.each(ways)("%s is broken when %s", async (name, _, sql) => {
    const results = await withTampering(store, sql, (db) => checkInvariants(db, today));
    const broken = results.find((result) => result.name === name);
    expect(broken?.breaches.length).toBeGreaterThan(0);
    expect(broken?.breaches[0]).toEqual({ subject: expect.any(String), detail: expect.any(String) });
    expect(countBroken(results)).toBeGreaterThan(0);
  });
});
