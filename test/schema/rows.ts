/**
 * Rows for tests that ask what the database refuses. They are written past the triggers, straight
 * into the state that the question starts from; CHECK constraints judge them all the same.
 */

const FIRM = "91410000170001401D";
const at = "'2025-11-03T00:00:00Z'";
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

function insert(table: string, row: Readonly<Record<string, string>>): string {
  return `INSERT INTO ${table} (${Object.keys(row).map((column) => `"${column}"`)}) VALUES (${Object.values(row)});`;
}

/** As the client writes what lies sealed; the database looks at its beginning and at the index. */
const sealed = "sealed:test-1:AAAA";
export const accountIndex = "1".repeat(32);
export const otherIndex = "2".repeat(32);

export const firm = insert("firm", { code: text(FIRM), name: text("郑州测试有限公司"), region_code: text("410100") });

export const bankAccount = insert("bank_account", {
  id: text("account_1"),
  firm_code: text(FIRM),
  holder_name: text("郑州测试有限公司"),
  account_no: text(sealed),
  account_index: text(accountIndex),
  bank_name: text("测试银行"),
  bank_code: text("102491000001"),
  source: text("bank-accounts"),
  status: text("active"),
  created_at: at,
});

export const policyVersion = insert("policy_version", {
  id: text("policy_1"),
  policy_id: text("o01"),
  version: "1",
  title: text("稳岗返还"),
  sha256: text("00"),
  document: text("{}"),
  source: text("第一条"),
  budget_line: text("fund"),
  valid_from: text("2025-01-01"),
  published_by: text("author"),
  approved_by: text("reviewer"),
  published_at: at,
});

export const matchRun = insert("match_run", {
  id: text("run_1"),
  slot: text("2025-11-03T02:00"),
  as_of: text("2025-11-03"),
  started_at: at,
});

export const decision = insert("decision", {
  id: text("decision_1"),
  firm_code: text(FIRM),
  policy_id: text("o01"),
  policy_version_id: text("policy_1"),
  run_id: text("run_1"),
  period: text("2025"),
  as_of: text("2025-11-03"),
  outcome: text("eligible"),
  amount: text('{"kind":"exact","fen":"1000"}'),
  missing: text("[]"),
  facts: text("{}"),
  trace: text("{}"),
  input_sha256: text("00"),
  result_sha256: text("00"),
  answer_sha256: text("00"),
  engine: text("test"),
  decided_at: at,
});

export const consent = insert("consent", {
  id: text("consent_1"),
  receipt_no: text("R1"),
  firm_code: text(FIRM),
  actor: text("firm"),
  request_key: text("key-1"),
  request_sha256: text("00"),
  lines: text("[]"),
  total_fen: "1000",
  at,
});

export function entitlement(status: string): string {
  const agreed = ["confirmed", "waitlisted", "paid", "received"].includes(status);
  const closed = ["declined", "lapsed", "withdrawn"].includes(status);
  return insert("entitlement", {
    id: text("entitlement_1"),
    firm_code: text(FIRM),
    policy_id: text("o01"),
    policy_version_id: text("policy_1"),
    period: text("2025"),
    decision_id: text("decision_1"),
    budget_line: text("fund"),
    amount_fen: "1000",
    status: text(status),
    offered_at: at,
    confirm_before: text("2025-12-03T00:00:00Z"),
    ...(agreed && { consent_id: text("consent_1"), confirmed_at: at, bank_account_id: text("account_1") }),
    ...(closed && { closed_at: at }),
    ...(["paid", "received"].includes(status) && { paid_at: at }),
    ...(status === "received" && { received_at: at }),
  });
}

/** A fund of 5,000 分, all of it available. */
export const budgetLine = insert("budget_line", {
  id: text("fund"),
  title: text("测试资金"),
  year: "2025",
  appropriated_fen: "5000",
  available_fen: "5000",
  reserved_fen: "0",
  in_transit_fen: "0",
  paid_fen: "0",
});

export const nextLine = budgetLine.replace(text("fund"), text("fund-next"));

export const carryOver = insert("carry_over", {
  from_line: text("fund"),
  to_line: text("fund-next"),
  document: text("豫财〔2026〕1号"),
  actor: text("finance"),
  at,
});

/** Of 1,000 分 claimed, 600 were given. */
export const fundAllocation = insert("fund_allocation", {
  id: text("allocation_1"),
  policy_id: text("o01"),
  period: text("2025"),
  budget_line: text("fund"),
  policy_version_id: text("policy_1"),
  closed_on: text("2025-11-10"),
  claims: text('[{"id":"entitlement_1","amountFen":"1000"}]'),
  fund_fen: "600",
  shares: text('[{"id":"entitlement_1","allottedFen":"600","place":1}]'),
  left_fen: "0",
  inputs_sha256: text("00"),
  result_sha256: text("00"),
  allocated_at: at,
});

export const lotterySeed = insert("lottery_seed", {
  policy_version_id: text("policy_1"),
  period: text("once"),
  seed: text("36 balls in a glass drum"),
  told_by: text("auditor"),
  told_at: at,
});

export const paymentStop = insert("payment_stop", {
  id: text("stop_1"),
  causes: text('[{"sentence":"paid-is-settled"}]'),
  stopped_at: at,
});

export const posting = insert("posting", {
  id: text("posting_1"),
  budget_line: text("fund"),
  business_key: text("appropriate:fund"),
  bucket: text("available"),
  amount_fen: "5000",
  at,
});

export const payerAccount = insert("payer_account", {
  budget_line: text("fund"),
  name: text("测试财政局"),
  account_no: text("1702000000000001"),
  bank_code: text("102491000001"),
});

export function batch(status: string): string {
  const approved = !["drafted", "cancelled"].includes(status);
  return insert("payment_batch", {
    id: text("batch_1"),
    message_id: text("MSG1"),
    status: text(status),
    maker: text("maker"),
    count: "1",
    total_fen: "1000",
    sha256: text("00"),
    file: text(sealed),
    drafted_at: at,
    ...(approved && { checker: text("checker"), approved_at: at }),
    ...(["sent", "closed"].includes(status) && { sent_at: at }),
  });
}

export function payment(status: string, attempt = 1): string {
  return insert("payment", {
    id: text(`payment_${attempt}`),
    entitlement_id: text("entitlement_1"),
    attempt: String(attempt),
    end_to_end_id: text(`E2E${attempt}`),
    budget_line: text("fund"),
    amount_fen: "1000",
    bank_account_id: text("account_1"),
    holder_name: text("郑州测试有限公司"),
    account_no: text(sealed),
    account_index: text(accountIndex),
    bank_code: text("102491000001"),
    status: text(status),
    created_at: at,
    ...(!["reserved", "voided"].includes(status) && { batch_id: text("batch_1") }),
    ...(["rejected", "returned"].includes(status) && { reason_code: text("AC01") }),
    ...(status === "voided" && { reason: text("withdrawn") }),
  });
}

export const bankFile = insert("bank_file", {
  id: text("file_1"),
  kind: text("camt.053"),
  sha256: text("00"),
  content: text(sealed),
  received_at: at,
});

export const statementLine = insert("statement_line", {
  id: text("line_1"),
  bank_file_id: text("file_1"),
  reference: text("REF1"),
  end_to_end_id: text("E2E1"),
  direction: text("debit"),
  amount_fen: "1000",
  booked_on: text("2025-11-05"),
  result: text("settled"),
});

export const disclosure = insert("disclosure", {
  id: text("disclosure_1"),
  entitlement_id: text("entitlement_1"),
  payment_id: text("payment_1"),
  policy_id: text("o01"),
  policy_title: text("稳岗返还"),
  masked_name: text("郑州**有限公司"),
  masked_code: text("9141**********401D"),
  region_code: text("410100"),
  amount_fen: "1000",
  paid_on: text("2025-11-05"),
  published_at: at,
});

export const delivery = insert("delivery", {
  id: text("delivery_1"),
  source_id: text("tax"),
  file_name: text("tax.csv"),
  sha256: text("00"),
  as_of: text("2025-11-01"),
  obtained_at: at,
  rows_good: "1",
  rows_bad: "1",
  imported_by: text("operator"),
});

export const deliveryIssue = insert("delivery_issue", {
  id: text("issue_1"),
  delivery_id: text("delivery_1"),
  line: "2",
  reason_zh: text("金额不是数字。"),
  reason_en: text("The amount is not a number."),
});

export const fact = insert("fact", {
  firm_code: text(FIRM),
  fact_id: text("ui.arrears"),
  value: text('"0"'),
  source_id: text("tax"),
  delivery_id: text("delivery_1"),
  as_of: text("2025-11-01"),
  obtained_at: at,
});

export const journalEvent = insert("journal_event", {
  seq: "1",
  id: text("event_1"),
  type: text("entitlement-offered"),
  subject: text("entitlement_1"),
  actor: text("system:match"),
  at,
  payload: text("{}"),
});

export const seal = insert("seal", {
  index: "1",
  event_seq: "1",
  prev_hash: text("0".repeat(64)),
  hash: text("1".repeat(64)),
  sealed_at: at,
});

const digest = text("00");
const arrivedFile = {
  source_id: text("industry"),
  file_name: text("titles.csv"),
  sha256: digest,
  as_of: text("2025-11-03"),
};

export function nameList(status: string): string {
  const isClosed = status !== "open";
  return insert("name_list", {
    ...{ id: text("name-list_1"), ...arrivedFile, complete: "true", bytes: text(sealed), status: text(status) },
    ...{ arrived_at: at, imported_by: text("author") },
    closed_by: isClosed ? text("author") : "NULL",
    closed_at: isClosed ? at : "NULL",
    reason: status === "dropped" ? text("sent by mistake") : "NULL",
  });
}

export function nameListEntry(settledBy?: string): string {
  return insert("name_list_entry", {
    ...{ list_id: text("name-list_1"), name: text("郑州测试有限公司"), lines: "'[2]'", candidates: "'[]'" },
    settled_by: settledBy === undefined ? "NULL" : text(settledBy),
    settled_at: settledBy === undefined ? "NULL" : at,
  });
}

export const codeConfirmation = insert("code_confirmation", {
  code: text(FIRM),
  evidence: text("letter 1"),
  confirmed_by: text("author"),
  confirmed_at: at,
});

export function noticeProof(day: string): string {
  return insert("notice_proof", {
    entitlement_id: text("entitlement_1"),
    offered_at: at,
    kind: text("opened"),
    evidence: text("/offers"),
    at: text(`${day}T00:00:00Z`),
  });
}

export function letter(status: string): string {
  return insert("letter", {
    ...{ id: text("letter_1"), firm_code: text(FIRM), day: text("2025-11-03"), status: text(status), written_at: at },
  });
}

export function dispatch(status: string): string {
  return insert("dispatch", {
    ...{ id: text("dispatch_1"), channel: text("email"), firm_code: text(FIRM), letter_id: text("letter_1") },
    ...{ recipient: text(sealed), subject: text("s"), body: text("b"), status: text(status) },
    ...{ next_attempt_at: at, queued_at: at, sent_at: status === "sent" || status === "bounced" ? at : "NULL" },
  });
}

export const dispatchAttempt = insert("dispatch_attempt", {
  dispatch_id: text("dispatch_1"),
  nth: "1",
  result: text("taken"),
  at,
});

export function firmCall(status: string): string {
  const isClosed = status !== "open";
  return insert("firm_call", {
    ...{ id: text("call_1"), firm_code: text(FIRM), reason: text("unproved"), status: text(status), opened_at: at },
    closed_by: isClosed ? text("operator") : "NULL",
    closed_at: isClosed ? at : "NULL",
  });
}

export const callAttempt = insert("call_attempt", {
  id: text("call-attempt_1"),
  call_id: text("call_1"),
  outcome: text("no-answer"),
  note: text(""),
  actor: text("operator"),
  at,
});

/** Asks 400 分 of the award back; owed in one instalment, and settled once it is closed. */
export function recovery(status: string, id = "recovery_1"): string {
  const isDecided = ["owed", "waived", "closed"].includes(status);
  const owed = status === "waived" ? "0" : "400";
  const instalments = status === "waived" ? "[]" : '[{"dueOn":"2025-12-31","amountFen":"400"}]';
  return insert("recovery", {
    ...{ id: text(id), entitlement_id: text("entitlement_1"), firm_code: text(FIRM), budget_line: text("fund") },
    reference: text(`AR${id === "recovery_1" ? "0".repeat(20) : "1".repeat(20)}`),
    ...{ ground: text("revoked-title"), document: text(`豫科〔2025〕8号 ${id}`), facts: text("资格撤销") },
    ...{
      claimed_fen: "400",
      opened_by: text("maker"),
      opened_at: at,
      state_by: text("2025-11-17"),
      status: text(status),
    },
    ...(isDecided && { decided_by: text("checker"), decided_at: at, decided_fen: owed, reasons: text("属实") }),
    ...(isDecided && { instalments: text(instalments) }),
    ...(status === "closed" && { received_fen: "400" }),
    ...(["waived", "dropped", "closed"].includes(status) && { closed_at: at }),
  });
}

export function offset(status: string): string {
  return insert("recovery_offset", {
    ...{ id: text("offset_1"), recovery_id: text("recovery_1"), entitlement_id: text("entitlement_1") },
    ...{ amount_fen: "100", basis: text("consent"), ground: text("同意抵扣"), agreed_by: text("firm"), agreed_at: at },
    ...{ status: text(status), ...(status !== "agreed" && { settled_at: at }) },
  });
}

export const repaymentLine = insert("statement_line", {
  ...{ id: text("line_9"), bank_file_id: text("file_1"), reference: text("BACK1"), direction: text("credit") },
  ...{ amount_fen: "400", booked_on: text("2025-11-20"), result: text("recovered"), recovery_id: text("recovery_1") },
});

export const reassessment = insert("reassessment", {
  ...{ id: text("reassessment_1"), entitlement_id: text("entitlement_1"), delivery_id: text("delivery_1") },
  ...{ as_of: text("2025-11-03"), changed: text('[{"factId":"ui.arrears"}]'), outcome: text("eligible") },
  ...{ paid_fen: "1000", due_fen: "1300", status: text("upheld"), opened_at: at },
  ...{ closed_by: text("maker"), closed_at: at, reason: text("复核函") },
});

/** 300 分 more: the top-up is an entitlement of its own. */
export const topUp = entitlement("offered")
  .replace("entitlement_1", "entitlement_2")
  .replace("'2025',", "'2025+1',")
  .replace(",1000,", ",300,");

export const followUp = insert("review_follow_up", {
  ...{ reassessment_id: text("reassessment_1"), award_id: text("entitlement_1"), at },
  ...{ top_up_id: text("entitlement_2"), top_up_fen: "300" },
});

export const rating = insert("rating", {
  ...{ id: text("rating_1"), firm_code: text(FIRM), entitlement_id: text("entitlement_1"), channel: text("portal") },
  ...{ level: text("dissatisfied"), words: text("慢"), nth: "1", rated_by: text("clerk"), rated_at: at },
  change_until: text("2025-11-17"),
});

/** A bad rating; taken back, a complaint, since a bad rating never is. */
export function grievance(status: string): string {
  const isClosed = status !== "open";
  const isRating = status !== "withdrawn";
  return insert("grievance", {
    ...{ id: text("grievance_1"), kind: text(isRating ? "rectification" : "complaint"), firm_code: text(FIRM) },
    ...{ about: text(isRating ? "rating rating_1" : "case entitlement_1"), words: text("慢"), status: text(status) },
    ...{
      entitlement_id: text("entitlement_1"),
      opened_by: text("clerk"),
      opened_at: at,
      answer_by: text("2025-11-10"),
    },
    ...(isRating && { rating_id: text("rating_1") }),
    ...(isClosed && { closed_by: text("operator"), closed_at: at }),
    ...(isClosed && isRating && { answer: text("已改") }),
  });
}

/** A person of the firm, in the standing that the firm's register says. */
export const personOf = (standing: string | null, id = standing ?? "nobody") =>
  insert("account", {
    id: text(id),
    login: text(id),
    role: text("enterprise"),
    display_name: text("测试"),
    firm_code: text(FIRM),
    standing: standing === null ? "NULL" : text(standing),
    password_hash: text("x"),
    created_at: at,
  });

export const delegation = insert("delegation", {
  id: text("delegation_1"),
  firm_code: text(FIRM),
  account_id: text("delegate"),
  policies: text('["policy"]'),
  cap_fen: "100",
  expires_on: text("2025-12-31"),
  granted_by: text("representative"),
  granted_at: at,
});

export const windowClerk = insert("account", {
  id: text("clerk"),
  login: text("clerk"),
  role: text("window-clerk"),
  display_name: text("窗口"),
  password_hash: text("x"),
  created_at: at,
});

export const counterConsent = insert("counter_consent", {
  id: text("consent_1"),
  clerk: text("clerk"),
  person_name: text(sealed),
  paper_no: text(sealed),
  at,
});

export const helper = windowClerk.replaceAll("'clerk'", "'helper'").replace("window-clerk", "helper");

export const invitation = insert("helper_invitation", {
  id: text("invitation_1"),
  firm_code: text(FIRM),
  helper: text("helper"),
  invited_by: text("representative"),
  invited_at: at,
});

/** Of the band that the house begins with. */
export const bandProposal = (status: string): string =>
  insert("approval_band_proposal", {
    id: text("band_proposal_1"),
    above_fen: "100",
    document: text("test"),
    replaces: "1",
    proposed_by: text("maker"),
    proposed_at: at,
    status: text(status),
    closed_by: status === "open" ? "NULL" : text("checker"),
    closed_at: status === "open" ? "NULL" : at,
    reason: status === "dropped" ? text("test") : "NULL",
  });
const WARD = `P${"0".repeat(23)}1`;
const GUARDIAN = `P${"0".repeat(23)}2`;
const inhabitant = (code: string) => firm.replaceAll(FIRM, code);
const accountFor = (code: string, standing: string) => personOf(standing).replaceAll(FIRM, code);

/** A child, a mother with an account of her own, and the account under which she acts for the child. */
export const wardAndGuardian = [
  ...[inhabitant(WARD), inhabitant(GUARDIAN), windowClerk],
  windowClerk.replaceAll("'clerk'", "'operator'").replace("window-clerk", "operator"),
  insert("person", { code: text(WARD), identity_no: text(sealed) }),
  accountFor(GUARDIAN, "representative"),
  accountFor(WARD, "guardian"),
];

export const guardianship = insert("guardianship", {
  id: text("guardianship_1"),
  ward: text(WARD),
  guardian: text("representative"),
  account_id: text("guardian"),
  basis: text("parent"),
  paper_no: text(sealed),
  policies: text('"all"'),
  cap_fen: "100",
  expires_on: text("2025-12-31"),
  recorded_by: text("clerk"),
  recorded_at: at,
});

export const consentForWard = consent.replaceAll(FIRM, WARD).replace("'firm'", "'guardian'");
