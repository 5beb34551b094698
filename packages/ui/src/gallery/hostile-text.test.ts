import { expect, test } from "vitest";
import { auditJournalPage } from "../desk/audit-journal-page.tsx";
import { bandsPage } from "../desk/bands-page.tsx";
import { batchPage } from "../desk/batch-page.tsx";
import { commentsPage } from "../desk/comments-page.tsx";
import { deliveriesPage } from "../desk/deliveries-page.tsx";
import { disputesPage } from "../desk/disputes-page.tsx";
import { grievancesPage } from "../desk/grievances-page.tsx";
import { namesPage } from "../desk/names-page.tsx";
import { quarantinePage } from "../desk/quarantine-page.tsx";
import { reachPage } from "../desk/reach-page.tsx";
import { reassessmentsPage } from "../desk/reassessments-page.tsx";
import { recoveriesPage } from "../desk/recoveries-page.tsx";
import { registerPage } from "../desk/register-page.tsx";
import { unreachedPage } from "../desk/unreached-page.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { caseFirmPage } from "../portal/case-firm-page.tsx";
import { commentPage } from "../portal/comment-page.tsx";
import { complainPage } from "../portal/complain-page.tsx";
import { confirmPage } from "../portal/confirm-page.tsx";
import { disputePage } from "../portal/dispute-page.tsx";
import { messagePage } from "../portal/inbox-page.tsx";
import { nearlyPage } from "../portal/nearly-page.tsx";
import { policiesPage } from "../portal/policies-page.tsx";
import { policyPage } from "../portal/policy-page.tsx";
import { publicListPage } from "../portal/public-list-page.tsx";
import { ratePage } from "../portal/rate-page.tsx";
import { firmRecoveriesPage } from "../portal/recovery-page.tsx";
import { signInPage } from "../portal/sign-in-page.tsx";
import { ticketsPage } from "../portal/tickets-page.tsx";
import { widgetPage } from "../portal/widget-page.tsx";
import { deskComments } from "./comment-pages.ts";
import { account, cases, offers } from "./sample-benefits.ts";
import { openedDispute, openedReassessment } from "./sample-corrections.ts";
import { batches, deliveries, digest, events, heldDelivery, paymentLines } from "./sample-desk.ts";
import { openedGrievance, ownComments, saidRatings } from "./sample-grievances.ts";
import { nearBenefits, unreachedCounts, unreachedRows } from "./sample-nearly.ts";
import { draftTried, reach } from "./sample-reach.ts";
import { owedRecovery, payTo } from "./sample-recovery.ts";
import { nameList, registeredSubject } from "./sample-register.ts";

const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
const context: PageContext = {
  lang: "zh",
  largeText: false,
  path: `/x?q=${evil}`,
  csrfToken: evil,
  user: { displayName: evil, role: "enterprise", firmName: evil },
};
const [batch] = batches;
const [delivery] = deliveries;

const hostileRecovery = {
  ...owedRecovery,
  ...{ id: evil, firmName: evil, facts: evil, document: evil, reference: evil, entitlementId: evil, openedBy: evil },
  statement: { text: evil, at: "2025-11-04T00:00:00Z" },
  decision: { decidedFen: "1", reasons: evil, at: "2025-11-04T00:00:00Z", callsInRest: true },
  receipts: [{ kind: "bank", on: "2025-12-20", amountFen: "1", reference: evil }] as const,
  benefits: [{ id: evil, title: evil, amountFen: "1" }],
};

const hostilePolicy = {
  ...{ id: evil, version: 1, title: evil, summary: evil, issuer: evil, regionCode: evil, kind: "cash" as const },
  ...{ validFrom: "2025-01-01", paidCount: 0, paidFen: "0" },
};

const hostileGrievance = {
  ...openedGrievance,
  ...{ id: evil, subject: evil, condition: evil, words: evil, answer: evil, entitlementId: evil },
  firm: { code: evil, name: evil },
};

const pages = {
  "sign-in": signInPage({ context, login: evil, next: evil }),
  confirm: confirmPage({
    context,
    requestKey: evil,
    account: { ...account, holderName: evil },
    offers: offers.map((offer) => ({ ...offer, id: evil, title: evil, document: evil, calculation: evil })),
  }),
  case: caseFirmPage({
    context,
    case: { ...cases.returned, id: evil, payment: { status: "returned", attempt: 1, reason: evil } },
    conditions: [{ result: "true", sentence: evil, source: evil, clause: evil, value: evil }],
    may: { changeAccount: true, confirmReceipt: true, reopen: true },
    accountForm: { values: { holderName: evil, accountNo: evil }, errors: { holderName: evil } },
  }),
  message: messagePage({
    context,
    message: { id: evil, subject: evil, body: evil, kind: evil, createdAt: "2025-11-04T00:00:00Z", read: true },
  }),
  results: publicListPage({
    context,
    rows: [],
    policies: [{ id: evil, title: evil }],
    filter: { q: evil },
    count: 0,
    totalFen: "0",
    files: { csv: "/results.csv", json: "/results.json", atom: "/results.atom" },
  }),
  policy: policyPage({
    context,
    policy: hostilePolicy,
    rule: [{ sentence: evil, clause: evil, source: evil }],
    benefit: evil,
    clauses: [{ name: evil, text: evil }],
    document: evil,
    guide: {
      conditions: 1,
      timeLimits: [evil],
      materials: [{ name: evil, waived: true }],
      department: evil,
      contact: evil,
      flow: [
        { from: "", to: evil },
        { from: evil, to: "x" },
      ],
    },
    widget: evil,
    comments: [{ id: evil, by: "firm", words: evil, saidOn: "2025-11-04", answer: evil, answeredOn: "2025-11-05" }],
  }),
  comment: commentPage({ context, policy: { id: evil, title: evil }, typed: evil, problem: "long" }),
  comments: commentsPage({
    context,
    comments: [],
    opened: { ...deskComments[1]!, id: evil, policy: evil, firm: evil, words: evil, answer: evil, mayAnswer: true },
  }),
  nearly: nearlyPage({
    context,
    benefits: nearBenefits.map((each) => ({
      ...each,
      policyId: evil,
      title: evil,
      steps: [evil],
      fact: { label: evil },
    })),
    met: [{ policyId: evil, title: evil, on: "2025-11-03" }],
  }),
  unreached: unreachedPage({
    ...{ context, group: "unreached", counts: unreachedCounts, csvHref: evil, nextHref: evil, mayCall: true },
    policies: [{ id: evil, title: evil }],
    rows: unreachedRows.map((each) => ({ ...each, firmCode: evil, firmName: evil, title: evil })),
  }),
  policies: policiesPage({
    context,
    policies: [hostilePolicy],
    filter: { region: evil },
    regions: [evil],
    kinds: ["cash"],
    jsonHref: evil,
  }),
  widget: widgetPage({ context, policy: hostilePolicy, href: evil }),
  batch: batchPage({
    context,
    batch: { ...batch!, messageId: evil, maker: evil, sha256: digest },
    lines: paymentLines.map((line) => ({ ...line, firmName: evil, holderName: evil, reason: evil })),
    approval: "allowed",
    mayCancel: true,
    problem: { code: evil, message: evil },
  }),
  deliveries: deliveriesPage({
    context,
    deliveries: [],
    held: 0,
    disputed: 0,
    underReview: 0,
    sources: [evil],
    mayUpload: true,
    opened: { ...delivery!, fileName: evil, issues: [{ line: 1, column: evil, reason: evil }] },
  }),
  quarantine: quarantinePage({
    context,
    held: [],
    opened: {
      ...heldDelivery,
      fileName: evil,
      importedBy: evil,
      findings: [{ column: evil, message: evil }],
      affected: {
        count: 1,
        first: [{ firmCode: evil, firmName: evil, changes: [{ column: evil, before: evil, now: evil }] }],
      },
    },
  }),
  dispute: disputePage({
    context,
    fact: { id: evil, label: evil, source: evil, value: evil, asOf: "2025-01-01" },
    typed: { claim: evil, grounds: evil },
    problem: evil,
  }),
  disputes: disputesPage({
    context,
    disputes: [],
    opened: {
      ...openedDispute,
      ...{ label: evil, firmCode: evil, firmName: evil, sourceId: evil, factId: evil, unit: evil, was: evil },
      ...{ claim: evil, grounds: evil, evidenceName: evil, answer: evil, deliveryId: evil },
    },
    problem: evil,
  }),
  rate: ratePage({
    context,
    caseId: evil,
    title: evil,
    said: saidRatings.map((rating) => ({ ...rating, words: evil })),
    typed: { level: evil, channel: evil, words: evil },
    problem: evil,
  }),
  complain: complainPage({
    context,
    ...{ kind: "complaint", subject: evil, action: evil, cancelHref: "/", problem: evil },
    conditions: [{ name: evil, sentence: evil }],
    typed: { words: evil, condition: evil },
  }),
  tickets: ticketsPage({
    context,
    tickets: [hostileGrievance],
    comments: ownComments.map((each) => ({
      ...each,
      id: evil,
      policyId: evil,
      policy: evil,
      words: evil,
      answer: evil,
    })),
  }),
  grievances: grievancesPage({ context, grievances: [], opened: hostileGrievance, typed: evil, problem: evil }),
  recoveries: recoveriesPage({
    context,
    recoveries: [],
    totals: { receivableFen: "0", overdueFen: "0", recoveredFen: "0" },
    mayOpen: false,
    opened: { ...hostileRecovery, ruling: "allowed", proposed: { decidedYuan: evil, instalments: evil } },
  }),
  "firm-recovery": firmRecoveriesPage({
    context,
    recoveries: [],
    opened: { ...hostileRecovery, mayState: true, payTo: { ...payTo, name: evil } },
  }),
  bands: bandsPage({
    ...{ context, mayPropose: true, problem: { message: evil, amount: evil, document: evil } },
    bands: [{ nth: 1, aboveFen: "1", document: evil, proposedBy: evil, confirmedBy: evil, at: "2025-11-04T00:00:00Z" }],
    proposal: {
      ...{ id: evil, aboveFen: "1", document: evil, proposedBy: evil },
      ...{ proposedAt: "2025-11-04T00:00:00Z", may: "confirm" },
    },
  }),
  reassessments: reassessmentsPage({
    context,
    reassessments: [],
    opened: {
      ...openedReassessment,
      ...{ firmCode: evil, firmName: evil, policyTitle: evil, entitlementId: evil, deliveryId: evil },
      changed: [{ label: evil, was: evil, now: evil, source: evil }],
      ...{ closedBy: evil, reason: evil },
    },
  }),
  names: namesPage({
    context,
    lists: [],
    opened: {
      ...nameList,
      fileName: evil,
      entries: [
        { name: evil, candidates: [{ code: evil, name: evil, how: "former" }], settled: { code: evil, by: evil } },
      ],
    },
  }),
  reach: reachPage({
    ...reach,
    context,
    policy: { id: evil, title: evil, version: 1 },
    regions: reach.regions.map((region) => ({ ...region, code: evil, name: evil })),
    region: evil,
    conditions: reach.conditions.map((condition) => ({ ...condition, sentence: evil, clause: evil })),
    trial: { ...draftTried, text: `</textarea>${evil}`, problem: evil },
  }),
  register: registerPage({
    context,
    find: evil,
    found: [{ code: evil, name: evil }],
    subject: {
      ...registeredSubject,
      ...{ code: evil, name: evil, check: { confirmedBy: evil, evidence: evil } },
      branches: [{ code: evil, name: evil }],
      predecessors: [{ code: evil, way: evil }],
      zones: [{ zone: evil, from: "2025-01-01" }],
      formerNames: [{ name: evil, until: "2025-01-01" }],
      history: [{ id: evil, label: evil, value: evil, since: "2025-01-01", sourceId: evil }],
    },
    doubtful: [],
    mayConfirm: true,
  }),
  journal: auditJournalPage({
    context,
    events: events.map((event) => ({ ...event, actor: evil, subject: evil, payload: { [evil]: evil } })),
    filter: { subject: evil },
    types: [evil],
    chain: { verified: true, sealed: 1, events: 1 },
  }),
};

test.each(Object.entries(pages))("hostile text in every field of %s stays text", (_name, html) => {
  // Booleans, so that a failure prints a line and not the page.
  expect(html.includes("&quot;&gt;&lt;script&gt;")).toBe(true);
  expect(html.includes("<script>") || html.includes("<img")).toBe(false);
});
