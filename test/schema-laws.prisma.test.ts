import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyMigrations, readMigrations, type SqlSession } from "../packages/service/src/platform/migrate.prisma.ts";
import { migrationsDirectory } from "../packages/service/src/platform/store.prisma.ts";
import { type BareDatabase, openBareDatabase } from "../packages/service/src/platform/testing-bare.prisma.ts";
import * as row from "./schema/rows.ts";

let database: BareDatabase;
let session: SqlSession;
beforeAll(async () => {
  database = await openBareDatabase();
  session = await database.connect();
  await applyMigrations(session, await readMigrations(migrationsDirectory));
});
afterAll(() => database.close());

/**
 * Puts rows in place past the triggers, then tries a statement as any client of the database could.
 * Answers how it was refused, or nothing when it was not; nothing of it stays.
 */
async function refusal(rows: readonly string[], statement: string): Promise<string> {
  await session.exec("BEGIN");
  try {
    await session.exec(
      `SET LOCAL session_replication_role = replica; ${rows.join("")} SET LOCAL session_replication_role = origin;`,
    );
    return await session.exec(statement).then(
      () => "",
      (cause: Error) => cause.message,
    );
  } finally {
    await session.exec("ROLLBACK");
  }
}

const grounds = [row.firm, row.bankAccount, row.policyVersion, row.matchRun, row.decision, row.consent, row.budgetLine];

type Machine = Readonly<{
  table: string;
  trigger: string;
  born: string;
  /** Every state, and the states that may follow it. */
  next: Readonly<Record<string, readonly string[]>>;
  inState(status: string): string;
}>;

const machines: Readonly<Record<string, Machine>> = {
  entitlement: {
    table: "entitlement",
    trigger: "entitlement_transition",
    born: "offered",
    next: {
      offered: ["confirmed", "waitlisted", "declined", "lapsed", "withdrawn"],
      confirmed: ["paid", "withdrawn"],
      waitlisted: ["confirmed", "withdrawn"],
      declined: ["offered"],
      lapsed: [],
      withdrawn: ["offered"],
      paid: ["confirmed", "received"],
      received: [],
    },
    inState: row.entitlement,
  },
  payment: {
    table: "payment",
    trigger: "payment_transition",
    born: "reserved",
    next: {
      reserved: ["batched", "voided"],
      batched: ["reserved", "submitted"],
      submitted: ["accepted", "rejected", "settled", "returned"],
      accepted: ["settled", "rejected", "returned"],
      settled: ["returned"],
      rejected: [],
      returned: [],
      voided: [],
    },
    inState: (status) => row.payment(status),
  },
  batch: {
    table: "payment_batch",
    trigger: "batch_transition",
    born: "drafted",
    next: {
      drafted: ["approved", "cancelled"],
      approved: ["sending"],
      sending: ["sent"],
      sent: ["closed"],
      closed: [],
      cancelled: [],
    },
    inState: row.batch,
  },
  recovery: {
    table: "recovery",
    trigger: "recovery_transition",
    born: "noticed",
    next: {
      noticed: ["owed", "waived", "dropped"],
      owed: ["closed"],
      waived: [],
      dropped: [],
      closed: ["owed"],
    },
    inState: row.recovery,
  },
  offset: {
    table: "recovery_offset",
    trigger: "recovery_offset_transition",
    born: "agreed",
    next: { agreed: ["applied", "fell-away"], applied: ["fell-away"], "fell-away": [] },
    inState: row.offset,
  },
  "name-list": {
    table: "name_list",
    trigger: "name_list_transition",
    born: "open",
    next: { open: ["completed", "dropped"], completed: [], dropped: [] },
    inState: row.nameList,
  },
  letter: {
    table: "letter",
    trigger: "letter_transition",
    born: "sending",
    next: {
      sending: ["delivered", "undeliverable"],
      delivered: ["sending", "undeliverable"],
      undeliverable: [],
    },
    inState: row.letter,
  },
  dispatch: {
    table: "dispatch",
    trigger: "dispatch_transition",
    born: "queued",
    next: { queued: ["sent", "dead"], sent: ["bounced"], dead: [], bounced: [] },
    inState: row.dispatch,
  },
  "band-proposal": {
    table: "approval_band_proposal",
    trigger: "approval_band_proposal_transition",
    born: "open",
    next: { open: ["confirmed", "dropped"], confirmed: [], dropped: [] },
    inState: row.bandProposal,
  },
  grievance: {
    table: "grievance",
    trigger: "grievance_transition",
    born: "open",
    next: { open: ["corrected", "explained", "withdrawn"], corrected: [], explained: [], withdrawn: [] },
    inState: row.grievance,
  },
  "firm-call": {
    table: "firm_call",
    trigger: "firm_call_transition",
    born: "open",
    next: { open: ["closed"], closed: [] },
    inState: row.firmCall,
  },
};

describe.each(Object.entries(machines))("the states of a %s", (entity, { table, trigger, born, next, inState }) => {
  const states = Object.keys(next);
  const pairs = states.flatMap((from) => states.filter((to) => to !== from).map((to) => [from, to] as const));
  // Only the law of transitions speaks here; the others have their own tests below.
  const alone = `ALTER TABLE ${table} DISABLE TRIGGER USER; ALTER TABLE ${table} ENABLE TRIGGER ${trigger};`;
  const move = (from: string, to: string) =>
    refusal([...grounds, inState(from), alone], `UPDATE ${table} SET status = '${to}'`);

  test("are the ones in the table of legal transitions, and no others", async () => {
    const rows = await session.query<{ from: string; to: string }>(
      "SELECT from_state AS from, to_state AS to FROM legal_transition WHERE entity = $1",
      [entity],
    );
    const legal = [["", born], ...states.flatMap((from) => (next[from] ?? []).map((to) => [from, to]))];
    expect(rows.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual(
      legal.map(([from, to]) => `${from} → ${to}`).sort(),
    );
  });

  test.each(pairs.filter(([from, to]) => !next[from]?.includes(to)))("%s never becomes %s", async (from, to) => {
    expect(await move(from, to)).toContain(`from "${from}" to "${to}"`);
  });

  test.each(pairs.filter(([from, to]) => next[from]?.includes(to)))("%s may become %s", async (from, to) => {
    expect(await move(from, to)).not.toContain("illegal transition");
  });

  test.each(states.filter((state) => state !== born))("none is born %s", async (state) => {
    expect(await refusal([...grounds, alone], inState(state))).toContain(`from "" to "${state}"`);
  });

  test("no state outside the list exists", async () => {
    expect(await move(born, "finished")).toContain('to "finished"');
  });

  test("none is ever deleted", async () => {
    expect(await refusal([...grounds, inState(born)], `DELETE FROM ${table}`)).toContain("append-only");
  });
});

describe("what is written stays written", () => {
  const written: Readonly<Record<string, readonly string[]>> = {
    journal_event: [row.journalEvent],
    seal: [row.seal],
    posting: [row.posting],
    decision: [row.decision],
    policy_version: [row.policyVersion],
    fact: [row.fact],
    delivery: [row.delivery],
    delivery_issue: [row.deliveryIssue],
    consent: [row.consent],
    bank_file: [row.bankFile],
    statement_line: [row.statementLine],
    disclosure: [row.disclosure],
    payer_account: [row.payerAccount],
    code_confirmation: [row.firm, row.codeConfirmation],
    fund_allocation: [row.budgetLine, row.policyVersion, row.fundAllocation],
    lottery_seed: [row.policyVersion, row.lotterySeed],
    carry_over: [row.budgetLine, row.nextLine, row.carryOver],
    notice_proof: [...grounds, row.entitlement("offered"), row.noticeProof("2025-11-04")],
    call_attempt: [row.firm, row.firmCall("open"), row.callAttempt],
    withdrawn_proof: ["INSERT INTO withdrawn_proof VALUES ('dispatch_1', now());"],
    dispatch_attempt: [row.firm, row.letter("sending"), row.dispatch("queued"), row.dispatchAttempt],
    review_follow_up: [row.followUp],
    legal_transition: [],
  };

  describe.each(Object.entries(written))("in %s", (table, rows) => {
    test("a row is not edited, not even to what it was", async () => {
      const [column] = await session.query<{ name: string }>(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 LIMIT 1",
        [table],
      );
      const update = `UPDATE ${table} SET "${column?.name}" = "${column?.name}"`;
      expect(await refusal(rows, update)).toBe(`${table} is append-only: UPDATE refused`);
    });

    test("a row is not deleted", async () => {
      expect(await refusal(rows, `DELETE FROM ${table}`)).toBe(`${table} is append-only: DELETE refused`);
    });

    test("the table is not emptied at one blow", async () => {
      expect(await refusal(rows, `TRUNCATE ${table} CASCADE`)).toMatch(/is append-only: TRUNCATE refused/);
    });
  });
});

describe("a fact", () => {
  const strange = row.fact.replace("delivery_1", "delivery_of_nobody");

  test("comes with a delivery that exists", async () => {
    expect(await refusal([row.delivery], row.fact)).toBe("");
    expect(await refusal([row.delivery], strange)).toMatch(
      /facts of a delivery that does not exist: delivery_of_nobody/,
    );
  });

  test("of a strange delivery is found among others in one statement", async () => {
    const both = `INSERT INTO fact SELECT * FROM kept UNION ALL SELECT * FROM strange`;
    const kept = `CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM fact; CREATE TEMP TABLE strange ON COMMIT DROP AS SELECT * FROM fact;`;
    const rows = [
      row.delivery,
      row.fact,
      kept,
      "DELETE FROM fact; UPDATE strange SET delivery_id = 'delivery_of_nobody';",
    ];
    expect(await refusal(rows, "INSERT INTO fact SELECT * FROM kept")).toBe("");
    expect(await refusal(rows, both)).toMatch(/does not exist: delivery_of_nobody/);
  });
});

describe("a letter", () => {
  const letters = [row.firm, row.letter("sending")];

  test("is one a day and firm, whoever writes it", async () => {
    const second = row.letter("sending").replace("letter_1", "letter_2");
    expect(await refusal(letters, second)).toMatch(/unique constraint/);
    expect(await refusal(letters, second.replace("2025-11-03", "2025-11-04"))).toBe("");
  });

  test("goes once by each channel, and a machine gets notices, not letters", async () => {
    const again = row.dispatch("queued").replace("dispatch_1", "dispatch_2");
    expect(await refusal([...letters, row.dispatch("queued")], again)).toMatch(/unique constraint/);
    expect(await refusal(letters, row.dispatch("queued").replace("'email'", "'webhook'"))).toMatch(/check constraint/);
  });

  test("about what must be told cannot be turned off", async () => {
    const turnedOff = (topic: string) =>
      `INSERT INTO notice_setting (firm_code, language, muted, nth, changed_by, changed_at)
       SELECT code, 'zh', '["${topic}"]', 1, 'account', now() FROM firm`;
    expect(await refusal([row.firm], turnedOff("reminders"))).toBe("");
    expect(await refusal([row.firm], turnedOff("decisions"))).toMatch(/check constraint/);
  });
});

describe("what somebody is owed an answer to", () => {
  const raised = [...grounds, row.entitlement("offered"), row.rating, row.grievance("open")];
  const close = (status: string, by: string) =>
    `UPDATE grievance SET status = '${status}', closed_by = '${by}', closed_at = now(),
     answer = ${status === "withdrawn" ? "NULL" : "'已改'"}`;

  test("is answered by somebody else than who raised it", async () => {
    expect(await refusal(raised, close("corrected", "operator"))).toBe("");
    expect(await refusal(raised, close("corrected", "clerk"))).toMatch(/check constraint/);
  });

  test("is not taken back where it is a bad rating", async () => {
    expect(await refusal(raised, close("withdrawn", "clerk"))).toMatch(/check constraint/);
  });

  test("stays as it was raised, with its last day", async () => {
    expect(await refusal(raised, "UPDATE grievance SET answer_by = '2027-01-01'")).toMatch(/as it was raised/);
  });

  test("is one at a time about the same", async () => {
    const again = row.grievance("open").replace("grievance_1", "grievance_2");
    expect(await refusal(raised, again)).toMatch(/unique constraint/);
  });

  test("and a rating is changed until its last day, one step after the other", async () => {
    const change = (nth: number, day: string) =>
      `UPDATE rating SET level = 'satisfied', nth = ${nth}, rated_at = '${day}T23:59:00+08:00'`;
    expect(await refusal(raised, change(2, "2025-11-17"))).toBe("");
    expect(await refusal(raised, change(2, "2025-11-18"))).toMatch(/check constraint/);
    expect(await refusal(raised, change(3, "2025-11-17"))).toMatch(/stays of its case/);
    expect(await refusal(raised, `${change(2, "2025-11-17")}, change_until = '2027-01-01'`)).toMatch(/last day/);
  });
});

describe("a list of names", () => {
  const complete = "UPDATE name_list SET status = 'completed', closed_by = 'author', closed_at = now()";

  test("is completed only when somebody has settled each name", async () => {
    expect(await refusal([row.nameList("open"), row.nameListEntry()], complete)).toMatch(/nobody has settled/);
    expect(await refusal([row.nameList("open"), row.nameListEntry("author")], complete)).toBe("");
  });

  test("stays as it arrived, and its names as they were used", async () => {
    const rows = (status: string) => [row.nameList(status), row.nameListEntry("author")];
    expect(await refusal(rows("open"), "UPDATE name_list SET sha256 = '01'")).toMatch(/as it arrived/);
    expect(await refusal(rows("open"), "UPDATE name_list_entry SET name = 'x'")).toMatch(/is settled/);
    const another = "UPDATE name_list_entry SET settled_by = 'operator'";
    expect(await refusal(rows("open"), another)).toBe("");
    expect(await refusal(rows("completed"), another)).toMatch(/is settled/);
  });
});

describe("a department's file", () => {
  const gone = "UPDATE name_list SET bytes = NULL, bytes_gone_at = now()";
  const closed = (years: number) => [
    row.nameList("completed"),
    // A moment is kept to the millisecond, and rounded up it would be a little less than years ago.
    `UPDATE name_list SET closed_at = date_trunc('milliseconds', now()) - interval '${years} years';`,
    "INSERT INTO kept_file_part VALUES ('name-list_1', 1, 3, 'sealed:test-1:x');",
  ];
  const parts = "DELETE FROM kept_file_part";

  test("goes three years after people dealt with it, and not while they have not", async () => {
    expect(await refusal(closed(3), gone)).toBe("");
    expect(await refusal(closed(2), gone)).toMatch(/as it arrived/);
    expect(await refusal([row.nameList("open")], gone)).toMatch(/as it arrived/);
  });

  test("goes with a word of when, and does not come back", async () => {
    expect(await refusal(closed(4), "UPDATE name_list SET bytes = NULL")).toMatch(/as it arrived/);
    expect(await refusal(closed(4), "UPDATE name_list SET bytes_gone_at = now()")).toMatch(/as it arrived/);
    const back = "UPDATE name_list SET bytes = 'sealed:test-2:AAAA', bytes_gone_at = NULL";
    expect(await refusal([...closed(4), `${gone};`], back)).toMatch(/as it arrived/);
  });

  test("leaves nothing of itself behind, and nothing goes before it", async () => {
    expect(await refusal(closed(4), parts)).toMatch(/append-only: DELETE refused/);
    expect(await refusal([...closed(4), `${gone};`], parts)).toBe("");
  });
});

test("the evidence of a dispute is sealed anew, never taken away", async () => {
  const dispute = [
    row.firm,
    `INSERT INTO dispute (id, firm_code, fact_id, source_id, disputed, claim, grounds, evidence_name, evidence, status, opened_by,
       opened_at, answer_by) SELECT 'd', code, 'x', 'tax', '{}', '1', 'x', 'x.pdf', 'sealed:test-1:AAAA', 'open', 'y', now(), now()
     FROM firm;`,
  ];
  expect(await refusal(dispute, "UPDATE dispute SET evidence = 'sealed:test-2:AAAA'")).toBe("");
  expect(await refusal(dispute, "UPDATE dispute SET evidence = NULL, evidence_name = NULL")).not.toBe("");
  expect(await refusal(dispute, "UPDATE dispute SET evidence = NULL")).toMatch(/is kept as the firm wrote it/);
});

describe("a fund", () => {
  const post = (...entries: readonly (readonly [bucket: string, fen: number])[]) =>
    `INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at) VALUES ${entries
      .map(([bucket, fen]) => `('p-${bucket}', 'fund', 'key', '${bucket}', ${fen}, now())`)
      .join(", ")}`;

  test("takes a posting that it can bear, to its last 分", async () => {
    expect(await refusal([row.budgetLine], post(["available", -5000], ["reserved", 5000]))).toBe("");
  });

  test("never goes below zero, by no 分", async () => {
    expect(await refusal([row.budgetLine], post(["available", -5001], ["reserved", 5001]))).toMatch(/check constraint/);
    expect(await refusal([row.budgetLine], post(["reserved", -1], ["available", 1]))).toMatch(/check constraint/);
  });

  test("moves only by postings that sum to zero", async () => {
    expect(await refusal([row.budgetLine], post(["available", -100], ["reserved", 99]))).toMatch(/do not sum to zero/);
    expect(await refusal([row.budgetLine], post(["paid", 1]))).toMatch(/do not sum to zero/);
  });

  test("moves once per business key, between whichever buckets", async () => {
    const again = post(["available", -100], ["reserved", 100]);
    const first = `${post(["in-transit", -1], ["paid", 1])};`;
    expect(await refusal([row.budgetLine, first], again)).toMatch(/booked already, between other buckets/);
  });

  test("moves by postings and by nothing else", async () => {
    const edit = "UPDATE budget_line SET available_fen = 4000, reserved_fen = 1000";
    expect(await refusal([row.budgetLine], edit)).toMatch(/move only by postings/);
    expect(await refusal([], row.budgetLine)).toMatch(/must start empty/);
  });

  test("books one business key once", async () => {
    const twice = post(["available", -10], ["reserved", 10]);
    expect(await refusal([row.budgetLine], `${twice}; ${twice.replaceAll("'p-", "'q-")}`)).toMatch(/unique constraint/);
  });

  test("is never deleted", async () => {
    expect(await refusal([row.budgetLine], "DELETE FROM budget_line")).toMatch(/append-only/);
  });

  test("keeps what was agreed to from it, unless it was carried over", async () => {
    const owed = [...grounds, row.nextLine, row.entitlement("confirmed")];
    const move = "UPDATE entitlement SET budget_line = 'fund-next'";
    expect(await refusal(owed, move)).toMatch(/stays with fund/);
    expect(await refusal([...owed, row.carryOver], move)).toBe("");
    expect(await refusal([...grounds, row.nextLine, row.entitlement("offered")], move)).toBe("");
  });

  test("gives less than was agreed to only by an allocation, and exactly what that gave", async () => {
    const waiting = [...grounds, row.entitlement("waitlisted")];
    const reduce = (fen: number) =>
      `UPDATE entitlement SET status = 'confirmed', amount_fen = ${fen}, claimed_fen = 1000`;
    expect(await refusal(waiting, reduce(600))).toMatch(/terms of entitlement/);
    expect(await refusal([...waiting, row.fundAllocation], reduce(600))).toBe("");
    expect(await refusal([...waiting, row.fundAllocation], reduce(601))).toMatch(/terms of entitlement/);
    expect(await refusal([...waiting, row.fundAllocation], reduce(1001))).toMatch(/check constraint|terms/);
  });
});

describe("while payment is stopped", () => {
  const owed = [...grounds, row.entitlement("confirmed")];

  test.each([
    ["drafted", "approved"],
    ["approved", "sending"],
  ])("no batch goes from %s to %s, and what is at the bank goes on", async (from, to) => {
    const step = `UPDATE payment_batch SET status = '${to}', checker = 'checker', approved_at = now()`;
    expect(await refusal([...owed, row.batch(from)], step)).toBe("");
    expect(await refusal([...owed, row.batch(from), row.paymentStop], step)).toMatch(/payments are stopped/);
    const sent = "UPDATE payment_batch SET status = 'sent', sent_at = now()";
    expect(await refusal([...owed, row.batch("sending"), row.paymentStop], sent)).toBe("");
  });

  test("there is one stop, kept as it was, and a person lifts it", async () => {
    expect(await refusal([row.paymentStop], row.paymentStop.replace("stop_1", "stop_2"))).toMatch(/one_open/);
    const lift = (by: string) => `UPDATE payment_stop SET lifted_by = '${by}', lifted_at = now(), reason = 'found'`;
    expect(await refusal([row.paymentStop], lift("system:audit"))).toMatch(/check constraint/);
    expect(await refusal([row.paymentStop], lift("checker"))).toBe("");
    expect(await refusal([row.paymentStop], "UPDATE payment_stop SET causes = '[1]'")).toMatch(/kept as it was/);
    expect(await refusal([row.paymentStop], "DELETE FROM payment_stop")).toMatch(/append-only/);
  });
});

describe("nobody is paid twice", () => {
  const owed = [...grounds, row.entitlement("confirmed")];
  const alive = ["reserved", "batched", "submitted", "accepted", "settled"];

  test.each(alive)("while a payment is %s, a second one is refused", async (status) => {
    const rows = [...owed, row.batch("sent"), row.payment(status)];
    expect(await refusal(rows, row.payment("reserved", 2))).toMatch(/payment_one_live/);
  });

  test.each(["rejected", "returned", "voided"])("after one was %s, another attempt is possible", async (status) => {
    const rows = [...owed, row.batch("sent"), row.payment(status)];
    expect(await refusal(rows, row.payment("reserved", 2))).toBe("");
  });

  test("an attempt has its number once", async () => {
    const rows = [...owed, row.batch("sent"), row.payment("returned")];
    expect(await refusal(rows, row.payment("reserved").replace("'payment_1'", "'payment_x'"))).toMatch(
      /unique constraint/,
    );
  });

  test("a firm has one entitlement for one policy and period", async () => {
    expect(await refusal(owed, row.entitlement("offered").replace("entitlement_1", "entitlement_2"))).toMatch(
      /unique constraint/,
    );
  });

  test("the bank's debit of one payment is booked once, whatever the bank repeats", async () => {
    const rows = [...owed, row.batch("sent"), row.payment("settled"), row.bankFile, row.statementLine];
    const again = row.statementLine.replace("line_1", "line_2").replace("REF1", "REF2");
    expect(await refusal(rows, again)).toMatch(/statement_line_once/);
  });

  test("one act of consent is recorded once per request", async () => {
    const again = row.consent.replace("consent_1", "consent_2").replace("'R1'", "'R2'");
    expect(await refusal(grounds, again)).toMatch(/unique constraint/);
  });

  test("one slot of a job is taken once", async () => {
    const slot = `INSERT INTO job_run (job, slot, started_at, lease_until) VALUES ('match', 's', now(), now());`;
    expect(await refusal([slot], slot)).toMatch(/job_run_pkey/);
  });
});

describe("a payment", () => {
  const owed = [...grounds, row.entitlement("confirmed")];

  test.each(["offered", "waitlisted", "declined", "lapsed", "withdrawn", "paid", "received"])(
    "is not made for what is %s",
    async (status) => {
      expect(await refusal([...grounds, row.entitlement(status)], row.payment("reserved"))).toMatch(
        /does not match its entitlement/,
      );
    },
  );

  test("carries exactly what is owed", async () => {
    expect(await refusal(owed, row.payment("reserved"))).toBe("");
    expect(await refusal(owed, row.payment("reserved").replace("1000", "1001"))).toMatch(/does not match/);
  });

  test("goes to an account of that firm, as the account stands", async () => {
    const elsewhere = row.payment("reserved").replace(row.accountIndex, row.otherIndex);
    expect(await refusal(owed, elsewhere)).toMatch(/does not go to an account of firm/);
  });

  test.each([
    ["amount_fen", "1"],
    ["account_index", `'${row.otherIndex}'`],
    ["account_no", "'sealed:test-1:BBBB'"],
    ["holder_name", "'别人'"],
    ["end_to_end_id", "'other'"],
    ["bank_account_id", "'account_2'"],
  ])("keeps its %s", async (column, value) => {
    expect(await refusal([...owed, row.payment("reserved")], `UPDATE payment SET ${column} = ${value}`)).toMatch(
      /terms of payment payment_1 are fixed/,
    );
  });

  test.each([
    ["submitted", "settled"],
    ["submitted", "returned"],
  ])("that is %s is not %s before the bank's statement says so", async (from, to) => {
    const rows = [...owed, row.batch("sent"), row.payment(from)];
    const update = `UPDATE payment SET status = '${to}', reason_code = 'AC01'`;
    expect(await refusal(rows, update)).toMatch(/without a booked/);
  });

  test("is settled by a booked debit of the same amount", async () => {
    const rows = [...owed, row.batch("sent"), row.payment("submitted"), row.bankFile];
    const settle = "UPDATE payment SET status = 'settled'";
    expect(await refusal([...rows, row.statementLine], settle)).toBe("");
    expect(await refusal([...rows, row.statementLine.replace("1000", "999")], settle)).toMatch(
      /without a booked debit/,
    );
  });
});

describe("two people", () => {
  test("nobody approves a batch that they made", async () => {
    const approve = "UPDATE payment_batch SET status = 'approved', approved_at = now(), checker = ";
    expect(await refusal([row.batch("drafted")], `${approve}'maker'`)).toMatch(/check constraint/);
    expect(await refusal([row.batch("drafted")], `${approve}'checker'`)).toBe("");
    expect(await refusal([row.batch("drafted")], `${approve}NULL`)).toMatch(/check constraint/);
  });

  test("nobody approves a policy that they published", async () => {
    expect(await refusal([], row.policyVersion.replace("'reviewer'", "'author'"))).toMatch(/check constraint/);
  });

  test.each([
    ["file", "'<Other/>'"],
    ["sha256", "'11'"],
    ["total_fen", "2"],
    ["count", "2"],
    ["maker", "'other'"],
    ["checker", "'other'"],
  ])("what was approved is what is sent: the %s of a batch is fixed", async (column, value) => {
    expect(await refusal([row.batch("approved")], `UPDATE payment_batch SET ${column} = ${value}`)).toMatch(
      /is fixed once drafted/,
    );
  });
});

describe("an entitlement", () => {
  test("that was confirmed keeps its amount; an offer may still be corrected", async () => {
    const change = "UPDATE entitlement SET amount_fen = 2000";
    expect(await refusal([...grounds, row.entitlement("confirmed")], change)).toMatch(/terms of entitlement/);
    expect(await refusal([...grounds, row.entitlement("offered")], change)).toBe("");
  });

  test.each(["firm_code", "policy_id", "period"])("keeps its %s in every state", async (column) => {
    expect(
      await refusal([...grounds, row.entitlement("offered")], `UPDATE entitlement SET ${column} = 'other'`),
    ).toMatch(/terms of entitlement/);
  });

  test("is not confirmed after its deadline", async () => {
    const late = `UPDATE entitlement SET status = 'confirmed', consent_id = 'consent_1', bank_account_id = 'account_1',
      confirmed_at = confirm_before`;
    expect(await refusal([...grounds, row.entitlement("offered")], late)).toMatch(/check constraint/);
  });

  test("lapses only when its firm is known to have known five days before the end", async () => {
    const offered = [...grounds, row.entitlement("offered")];
    const late = "UPDATE entitlement SET status = 'lapsed', closed_at = confirm_before";
    expect(await refusal(offered, late)).toMatch(/nothing proves that its firm knew in time/);
    expect(await refusal([...offered, row.noticeProof("2025-11-29")], late)).toMatch(/nothing proves/);
    expect(await refusal([...offered, row.noticeProof("2025-11-28")], late)).toBe("");
    const cameBack = "INSERT INTO withdrawn_proof VALUES ('/offers', now())";
    expect(await refusal([...offered, row.noticeProof("2025-11-28")], `${cameBack}; ${late}`)).toMatch(
      /nothing proves/,
    );
    // What is offered anew needs new proof.
    const anew = "UPDATE entitlement SET offered_at = offered_at + interval '1 day'";
    expect(await refusal([...offered, row.noticeProof("2025-11-28")], `${anew}; ${late}`)).toMatch(/nothing proves/);
  });

  test("is not paid before a payment is settled, nor unpaid while one is", async () => {
    const owed = [...grounds, row.entitlement("confirmed"), row.batch("sent"), row.payment("submitted")];
    expect(await refusal(owed, "UPDATE entitlement SET status = 'paid', paid_at = now()")).toMatch(/is not paid/);
    const paid = [...grounds, row.entitlement("paid"), row.batch("sent"), row.payment("settled")];
    const back = "UPDATE entitlement SET status = 'confirmed', paid_at = NULL";
    expect(await refusal(paid, back)).toMatch(/was not returned/);
  });

  test("is not withdrawn while its payment is under way", async () => {
    const rows = [...grounds, row.entitlement("confirmed"), row.payment("reserved")];
    expect(await refusal(rows, "UPDATE entitlement SET status = 'withdrawn', closed_at = now()")).toMatch(/under way/);
  });
});

describe("an answer", () => {
  test("that is undetermined names what is missing", async () => {
    expect(await refusal([], row.decision.replace("'eligible'", "'undetermined'"))).toMatch(/check constraint/);
  });

  test("is one of three", async () => {
    expect(await refusal([], row.decision.replace("'eligible'", "'maybe'"))).toMatch(/check constraint/);
  });
});

test("a firm has one active bank account", async () => {
  const second = row.bankAccount.replace("account_1", "account_2");
  const resting = second.replace("(", "(rests_until, ").replace("VALUES (", "VALUES (now(), ");
  expect(await refusal([row.firm, row.bankAccount], resting)).toMatch(/bank_account_one_active/);
  expect(await refusal([row.firm, row.bankAccount], second)).toMatch(/no time of rest/);
});

test("a result is published of a settled payment only, with its amount and day", async () => {
  const rows = [...grounds, row.entitlement("paid"), row.batch("sent")];
  expect(await refusal([...rows, row.payment("submitted")], row.disclosure)).toMatch(
    /does not match a settled payment/,
  );
});

describe("what is asked back", () => {
  const paid = [...grounds, row.entitlement("paid")];
  const other = (statement: string) => statement.replaceAll("400", "601");

  test("is at most what was granted, all claims on one award together", async () => {
    expect(await refusal(paid, row.recovery("noticed"))).toBe("");
    expect(await refusal(paid, row.recovery("noticed").replace("400", "1001"))).toMatch(/more than award/);
    const second = other(row.recovery("noticed", "recovery_2"));
    expect(await refusal([...paid, row.recovery("noticed")], second)).toMatch(/more than award/);
    expect(await refusal([...paid, row.recovery("dropped")], second)).toBe("");
  });

  test.each(["offered", "confirmed", "waitlisted", "withdrawn"])(
    "is nothing of an award that is %s",
    async (status) => {
      expect(await refusal([...grounds, row.entitlement(status)], row.recovery("noticed"))).toMatch(
        /not of a paid award/,
      );
    },
  );

  test("is decided by another person than who asked, and for no more than was asked", async () => {
    const decide = (by: string, fen: number) =>
      `UPDATE recovery SET status = 'owed', decided_by = '${by}', decided_at = now(), decided_fen = ${fen}, reasons = '属实',
        instalments = '[{"dueOn":"2025-12-31","amountFen":"${fen}"}]'`;
    const rows = [...paid, row.recovery("noticed")];
    expect(await refusal(rows, decide("checker", 400))).toBe("");
    expect(await refusal(rows, decide("maker", 400))).toMatch(/check constraint/);
    expect(await refusal(rows, decide("checker", 401))).toMatch(/check constraint/);
    expect(await refusal(rows, decide("checker", 400).replace('"400"', '"399"'))).toMatch(/check constraint/);
  });

  test.each([
    ["claimed_fen = 300", "noticed"],
    ["opened_by = 'x'", "noticed"],
    ["reference = 'AR' || repeat('2', 20)", "noticed"],
    ['decided_fen = 300, instalments = \'[{"amountFen":"300"}]\'', "owed"],
    ["reasons = 'x'", "owed"],
    ['instalments = \'[{"amountFen":"200"}, {"amountFen":"200"}]\'', "owed"],
  ])("keeps what was asked and decided: not %s", async (change, status) => {
    expect(await refusal([...paid, row.recovery(status)], `UPDATE recovery SET ${change}`)).toMatch(
      /is kept as it was/,
    );
  });

  test("is received only as the bank has booked it, and never beyond what is owed", async () => {
    const close = "UPDATE recovery SET received_fen = 400, status = 'closed', closed_at = now()";
    const rows = [...paid, row.bankFile, row.recovery("owed")];
    expect(await refusal([...rows, row.repaymentLine], close)).toBe("");
    expect(await refusal(rows, close)).toMatch(/what the bank has booked/);
    expect(await refusal([...rows, other(row.repaymentLine)], close.replace("400", "601"))).toMatch(/check constraint/);
  });

  test("is set off against one firm's unpaid benefit, once, and for exactly what both sides say", async () => {
    const next = row.entitlement("confirmed").replace("entitlement_1", "entitlement_9").replace("'2025',", "'2026',");
    const rows = [...paid, row.recovery("owed"), next];
    const offset = row.offset("agreed").replace("entitlement_1", "entitlement_9");
    expect(await refusal(rows, offset)).toBe("");
    expect(await refusal([...rows, offset], offset.replace("offset_1", "offset_2"))).toMatch(
      /recovery_offset_one_live/,
    );
    expect(await refusal(rows, row.offset("agreed"))).toMatch(/not of one firm's debt and unpaid benefit/);
    expect(await refusal([...paid, row.recovery("waived"), next], offset)).toMatch(/not of one firm's debt/);
    const hold = "UPDATE recovery SET held_fen = 100";
    expect(await refusal([...rows, offset], hold)).toBe("");
    expect(await refusal(rows, hold)).toMatch(/set off by what its offsets say/);
    const less = row.payment("reserved").replace("entitlement_1", "entitlement_9");
    expect(await refusal([...rows, offset], less)).toMatch(/not what is left/);
    expect(await refusal([...rows, offset], less.replace(",1000,", ",900,"))).toBe("");
  });

  test("moves in the books only by postings, and never below zero", async () => {
    const post = (from: string, to: string) =>
      `INSERT INTO posting (id, budget_line, business_key, bucket, amount_fen, at) VALUES
        ('p-1', 'fund', 'key', '${from}', -400, now()), ('p-2', 'fund', 'key', '${to}', 400, now())`;
    expect(await refusal([row.budgetLine], post("claimed", "receivable"))).toBe("");
    expect(await refusal([row.budgetLine], post("receivable", "recovered"))).toMatch(/check constraint/);
    const edit = "UPDATE budget_line SET receivable_fen = 400";
    expect(await refusal([row.budgetLine], edit)).toMatch(/move only by postings/);
  });
});

describe("an upheld review", () => {
  const found = [...grounds, row.entitlement("paid"), row.delivery, row.reassessment, row.topUp];

  test("leads to the difference that it found, once", async () => {
    expect(await refusal(found, row.followUp)).toBe("");
    expect(await refusal([...found, row.followUp], row.followUp)).toMatch(/unique constraint/);
    const twice = row.followUp.replace("reassessment_1", "reassessment_2");
    const reviews = [
      ...found,
      row.reassessment.replace("reassessment_1", "reassessment_2").replace("delivery_1", "delivery_2"),
    ];
    expect(await refusal([...reviews, row.followUp], twice)).toMatch(/unique constraint/);
  });

  test("leads to no other amount, and to nothing before it is upheld", async () => {
    const less = found.map((each) => each.replace("1300", "1299"));
    expect(await refusal(less, row.followUp)).toMatch(/not what it found/);
    const open = found.map((each) =>
      each.replace("'upheld'", "'open'").replace("'maker','2025-11-03T00:00:00Z','复核函'", "NULL, NULL, NULL"),
    );
    expect(await refusal(open, row.followUp)).toMatch(/not what it found/);
  });
});

describe("somebody who acts for a firm", () => {
  const people = [row.firm, row.personOf("representative"), row.personOf("delegate")];
  const but = (from: string, to: string) => row.delegation.replace(from, to);

  test("has a standing, and nobody else has", async () => {
    expect(await refusal([row.firm], row.personOf(null))).toMatch(/account_standing_of_firm/);
    expect(await refusal([row.firm], row.personOf("friend"))).toMatch(/account_standing_of_firm/);
  });

  test("acts within a scope, up to a cap, until a day at most a year away", async () => {
    expect(await refusal(people, row.delegation)).toBe("");
    expect(await refusal(people, but("'2025-12-31'", "NULL"))).toMatch(/not-null constraint/);
    expect(await refusal(people, but("2025-12-31", "2025-11-02"))).toMatch(/check constraint/);
    expect(await refusal(people, but("2025-12-31", "2026-11-05"))).toMatch(/check constraint/);
    expect(await refusal(people, but('["policy"]', "[]"))).toMatch(/check constraint/);
    expect(await refusal(people, but("100,", "0,"))).toMatch(/check constraint/);
  });

  test("was let in by the representative, not by a delegate, and under one delegation at a time", async () => {
    expect(await refusal(people, but("'representative'", "'delegate'"))).toMatch(/not from a firm's representative/);
    expect(await refusal(people, but("'delegate'", "'representative'"))).toMatch(/not from a firm's representative/);
    expect(await refusal([...people, row.delegation], but("delegation_1", "delegation_2"))).toMatch(
      /delegation_one_live/,
    );
  });

  test("does so as it was granted, until it is taken back for good", async () => {
    const granted = [...people, row.delegation];
    const revoke = "UPDATE delegation SET revoked_by = 'representative', revoked_at = now()";
    expect(await refusal(granted, revoke)).toBe("");
    expect(await refusal([...granted, `${revoke};`], revoke)).toMatch(/kept as it was granted/);
    expect(await refusal(granted, `${revoke}, cap_fen = 200`)).toMatch(/kept as it was granted/);
    expect(await refusal(granted, "DELETE FROM delegation")).toMatch(/append-only/);
  });
});

describe("a consent at the counter", () => {
  const byClerk = row.consent.replace("'firm'", "'clerk'");
  const rows = [row.firm, row.windowClerk];

  test("is written down by the clerk who gave it, with name and paper sealed", async () => {
    expect(await refusal([...rows, byClerk], row.counterConsent)).toBe("");
    expect(await refusal([...rows, row.consent], row.counterConsent)).toMatch(
      /not written down by a window clerk or a hotline agent/,
    );
    const plain = row.counterConsent.replace("sealed:test-1:AAAA", "X");
    expect(await refusal([...rows, byClerk], plain)).toMatch(/counter_consent_sealed/);
  });

  test("does not exist without the paper", async () => {
    const bare = row.consent.replace("'firm'", "'clerk'");
    const now = "SET CONSTRAINTS ALL IMMEDIATE";
    expect(await refusal(rows, `${bare} ${now}`)).toMatch(/has no paper/);
    expect(await refusal(rows, `${bare} ${row.counterConsent} ${now}`)).toBe("");
  });

  test("stays as it was, and is sealed anew only with another key", async () => {
    const kept = [...rows, byClerk, row.counterConsent];
    expect(await refusal(kept, "UPDATE counter_consent SET person_name = 'sealed:test-1:BBBB'")).toMatch(/append-only/);
    expect(await refusal(kept, "UPDATE counter_consent SET person_name = 'sealed:test-2:BBBB'")).toBe("");
    expect(await refusal(kept, "DELETE FROM counter_consent")).toMatch(/append-only/);
  });
});

describe("somebody who acts for a person", () => {
  const people = row.wardAndGuardian;
  const but = (from: string, to: string) => row.guardianship.replace(from, to);
  const checked = "UPDATE guardianship SET checked_by = 'operator', checked_at = now();";
  const ended = "UPDATE guardianship SET ended_by = 'clerk', ended_at = now();";

  test("is set down at a window from a sealed paper, with a cap and an end, for somebody else", async () => {
    expect(await refusal(people, row.guardianship)).toBe("");
    expect(await refusal(people, but("sealed:test-1:AAAA", "1"))).toMatch(/guardianship_sealed/);
    expect(await refusal(people, but("100,", "0,"))).toMatch(/check constraint/);
    expect(await refusal(people, but("2025-12-31", "2026-11-05"))).toMatch(/check constraint/);
    expect(await refusal(people, but("'clerk'", "'operator'"))).toMatch(/set down at a window/);
    expect(await refusal(people, but("'representative'", "'guardian'"))).toMatch(/of one person for another/);
    expect(await refusal(people, but("'guardian'", "'representative'"))).toMatch(/of one person for another/);
    expect(await refusal([row.firm], row.personOf("guardian"))).toMatch(/account_standing_of_firm/);
  });

  test("is checked by a second person, once, ended once, and otherwise kept as set down", async () => {
    const kept = [...people, row.guardianship];
    expect(await refusal(kept, checked)).toBe("");
    expect(await refusal(kept, checked.replace("'operator'", "'clerk'"))).toMatch(/guardianship_two_people/);
    expect(await refusal([...kept, checked], checked.replace("now()", "now() + '1 day'"))).toMatch(
      /kept as it was set/,
    );
    expect(await refusal([...kept, ended], checked)).toMatch(/kept as it was set down/);
    expect(await refusal(kept, "UPDATE guardianship SET cap_fen = 200")).toMatch(/kept as it was set down/);
    expect(await refusal(kept, "DELETE FROM guardianship")).toMatch(/append-only/);
  });

  test("says yes only while in office", async () => {
    const kept = [...people, row.guardianship];
    expect(await refusal([...kept, checked], row.consentForWard)).toBe("");
    const late = row.consentForWard.replace("2025-11-03", "2026-01-01");
    for (const [state, consent] of [
      [[], row.consentForWard],
      [[checked, ended], row.consentForWard],
      [[checked], late],
    ] as const) {
      expect(await refusal([...kept, ...state], consent)).toMatch(/not by a guardian in office/);
    }
  });
});

describe("who says yes", () => {
  test.each(["author", "finance-maker", "finance-checker", "auditor", "operator", "helper"])(
    "is never somebody in the role %s",
    async (role) => {
      const official = row.windowClerk.replace("window-clerk", role);
      const own = row.consent.replace("'firm'", "'clerk'");
      expect(await refusal([row.firm, official], own)).toMatch(/is an official's own/);
    },
  );
});

describe("a helper", () => {
  const people = [row.firm, row.personOf("representative"), row.personOf("delegate"), row.helper];

  test("is invited by the firm's representative, once at a time", async () => {
    expect(await refusal(people, row.invitation)).toBe("");
    for (const [from, to] of [
      ["'representative'", "'delegate'"],
      ["'helper'", "'delegate'"],
    ] as const) {
      expect(await refusal(people, row.invitation.replace(from, to))).toMatch(/not from a firm's representative/);
    }
    const again = row.invitation.replace("invitation_1", "invitation_2");
    expect(await refusal([...people, row.invitation], again)).toMatch(/helper_invitation_one_live/);
  });

  test("leaves for good, and the invitation stays readable", async () => {
    const end = "UPDATE helper_invitation SET ended_by = 'representative', ended_at = now()";
    expect(await refusal([...people, row.invitation], end)).toBe("");
    expect(await refusal([...people, row.invitation, `${end};`], end)).toMatch(/kept as it was/);
    expect(await refusal([...people, row.invitation], "DELETE FROM helper_invitation")).toMatch(/append-only/);
  });
});
