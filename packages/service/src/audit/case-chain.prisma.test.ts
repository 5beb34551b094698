import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Day } from "../kernel/day.ts";
import { startOfDay } from "../kernel/day.ts";
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
import { caseArchive } from "./case-chain.prisma.ts";
import type { CaseChain } from "./case-chain.ts";
import { caseSearch } from "./case-search.prisma.ts";
import { journalListing } from "./journal-listing.prisma.ts";
import { sealStore } from "./seal.prisma.ts";
import { sealJournal } from "./seal-journal.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    await plantCase(tx, 1, "received");
    await plantCase(tx, 2, "offered", { amountFen: 25_340_00n });
    const other = { id: "decision_no_offer", policy_id: "other-policy", outcome: "ineligible", input_sha256: "other" };
    await tx.$executeRaw`
      INSERT INTO decision SELECT (jsonb_populate_record(decision, ${JSON.stringify({ ...other, amount: { kind: "none" } })}::jsonb)).*
      FROM decision WHERE id = ${decisionId(2)}`;
  });
  const clock = { now: () => startOfDay("2025-11-20" as Day) };
  await publishResults({
    transaction: (work) =>
      store.prisma.$transaction((tx) => work({ results: resultStore(tx), journal: journalOn(tx) })),
    clock,
  });
  await sealJournal({
    transaction: (work) => store.prisma.$transaction((tx) => work({ seals: sealStore(tx) })),
    clock,
  });
});
afterAll(() => store.close());

describe("the chain of a paid case", () => {
  let chain: CaseChain;
  beforeAll(async () => {
    chain = await caseArchive(store.prisma).chain(entitlementId(1));
  });

  test("leads from the firm and the rule with its clauses to the decision and its reasons", () => {
    expect(chain.firm).toEqual({ code: firmCode(1), name: "郑州星河1科技有限公司", regionCode: "410105" });
    expect(chain.policy).toMatchObject({
      title: "稳岗返还",
      version: 1,
      clauses: expect.stringContaining("## 一 资格"),
      publishedBy: { id: "author", name: "author", role: "author" },
      approvedBy: { id: "checker", role: "finance-checker" },
    });
    expect(chain.decision).toMatchObject({
      id: decisionId(1),
      outcome: "eligible",
      amount: { kind: "exact", fen: "123456" },
      trace: { name: "all", result: "true" },
    });
  });

  test("names the file that each fact came in, and the facts that were not known", () => {
    expect(chain.facts).toEqual([
      { id: "hr.isLabourDispatch", state: "unknown", reason: "not-obtained" },
      {
        id: "ui.arrears",
        state: "known",
        value: "0",
        source: "tax",
        asOf: "2025-11-01",
        delivery: { id: "delivery_test", fileName: "tax-2025-11.csv", sha256: "6".repeat(64) },
      },
    ]);
  });

  test("shows offer, consent with its receipt number, notice and mail", () => {
    expect(chain.offer).toMatchObject({ entitlementId: entitlementId(1), status: "received", amountFen: 123456n });
    expect(chain.consents).toMatchObject([{ actor: { id: "person-1" }, answer: "confirmed", amountFen: 123456n }]);
    expect(chain.consents[0]?.receiptNo).toMatch(/^MSJX-20251103-/);
    expect(chain.notices).toMatchObject([{ kind: "offer", sendings: [] }]);
  });

  test("shows who made and who checked the batch, and the bank's line for it", () => {
    expect(chain.payments).toMatchObject([
      {
        attempt: 1,
        status: "settled",
        settledOn: "2025-11-06",
        batch: { maker: { id: "maker", role: "finance-maker" }, checker: { id: "checker" }, count: 1 },
        statementLines: [{ reference: "REF1", direction: "debit", amountFen: 123456n, bookedOn: "2025-11-06" }],
      },
    ]);
  });

  test("ends with the firm's receipt and the public result", () => {
    expect(chain.receipt).toMatchObject({ actor: { id: "person-1" } });
    expect(chain.disclosures).toMatchObject([{ maskedName: "郑州****有限公司", amountFen: 123456n }]);
  });

  test("rests on sealed events, from the publication of the policy on, in order", () => {
    expect(chain.events.map(({ type }) => type)).toEqual([
      "policy-published",
      "delivery-imported",
      "match-run-finished",
      "entitlement-offered",
      "entitlement-confirmed",
      "payment-prepared",
      "batch-drafted",
      "batch-approved",
      "batch-sent",
      "payment-settled",
      "receipt-confirmed",
      "result-published",
    ]);
    for (const event of chain.events) expect(event.seal?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("masks the account number everywhere in it, and does not carry the firm's address", () => {
    const text = JSON.stringify(chain, (_, value) => (typeof value === "bigint" ? String(value) : value));
    expect(chain.payments[0]?.maskedAccountNo).toBe(`****${accountNo(1).slice(-4)}`);
    expect(text).not.toContain(accountNo(1));
    expect(text).not.toContain(emailOf(1));
  });
});

describe("the chain of a case", () => {
  test("is found by its decision as well", async () => {
    expect((await caseArchive(store.prisma).chain(decisionId(1))).id).toBe(entitlementId(1));
  });

  test("that was offered and not answered has no consent, payment or receipt", async () => {
    const chain = await caseArchive(store.prisma).chain(entitlementId(2));
    expect(chain).toMatchObject({ offer: { status: "offered" }, consents: [], payments: [], disclosures: [] });
    expect(chain.receipt).toBeUndefined();
  });

  test("without an offer ends at its decision", async () => {
    const chain = await caseArchive(store.prisma).chain("decision_no_offer");
    expect(chain).toMatchObject({ id: "decision_no_offer", decision: { outcome: "ineligible" }, notices: [] });
    expect(chain.offer).toBeUndefined();
  });

  test("that does not exist is said to be missing", async () => {
    await expect(caseArchive(store.prisma).chain("nothing")).rejects.toMatchObject({ code: "case-not-found" });
  });
});

describe("looking for a case", () => {
  const found = async (text: string) => {
    const { cases } = await caseSearch(store.prisma).page({ text });
    return cases.map(({ id }) => id).sort();
  };

  test.each([
    ["a credit code", firmCode(1).toLowerCase(), [entitlementId(1)]],
    ["part of a name", "星河2科技", ["decision_no_offer", entitlementId(2)]],
    ["an end-to-end id", "e2e000001", [entitlementId(1)]],
    ["an amount", "25,340.00 元", [entitlementId(2)]],
    ["an amount without cents", "25340", [entitlementId(2)]],
    ["the id of a case", entitlementId(2), [entitlementId(2)]],
    ["a wildcard, which is no pattern", "%", []],
    ["something that is nowhere", "不存在", []],
  ])("finds it by %s", async (_, text, expected) => expect(await found(text)).toEqual(expected.toSorted()));

  test("finds it by the number of its receipt", async () => {
    const [consent] = await store.prisma.consent.findMany();
    expect(await found(consent!.receiptNo.toLowerCase())).toEqual([entitlementId(1)]);
  });

  test("filters by policy and status", async () => {
    expect((await caseSearch(store.prisma).page({ status: "offered" })).cases).toHaveLength(1);
    expect((await caseSearch(store.prisma).page({ policyId: "other-policy" })).cases).toMatchObject([
      { id: "decision_no_offer", outcome: "ineligible" },
    ]);
  });

  test("pages through all cases without a gap or a repetition", async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await caseSearch(store.prisma).page({ limit: 1, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.cases.map(({ id }) => id));
      if (page.next === undefined) break;
      cursor = page.next;
    }
    expect(seen.toSorted()).toEqual(["decision_no_offer", entitlementId(1), entitlementId(2)].toSorted());
  });
});

describe("listing the journal", () => {
  const types = async (filter: Parameters<ReturnType<typeof journalListing>["page"]>[0]) =>
    (await journalListing(store.prisma).page(filter)).entries.map(({ type }) => type);

  test("goes from the newest to the oldest, page by page", async () => {
    const { entries, next } = await journalListing(store.prisma).page({ limit: 2 });
    expect(entries[0]?.seq).toBeGreaterThan(entries[1]!.seq);
    const rest = await journalListing(store.prisma).page({ before: next! });
    expect(rest.entries[0]?.seq).toBeLessThan(entries[1]!.seq);
    expect(rest.next).toBeUndefined();
  });

  test("filters by type, subject, actor and time; the end of the time is outside", async () => {
    expect(await types({ type: "batch-approved" })).toEqual(["batch-approved"]);
    expect(await types({ actor: "person-1" })).toEqual(["receipt-confirmed", "entitlement-confirmed"]);
    expect(await types({ subject: entitlementId(2) })).toEqual(["entitlement-offered"]);
    const at = new Date("2025-11-03T08:00:00Z");
    expect(await types({ from: at, until: new Date(at.getTime() + 1) })).toEqual(["entitlement-confirmed"]);
    expect(await types({ subject: entitlementId(1), until: at })).toEqual(["entitlement-offered"]);
  });
});
