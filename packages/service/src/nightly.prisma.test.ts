import path from "node:path";
import { parsePolicy } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { confirmBenefits } from "./confirmation/confirm-benefits.ts";
import { loadPolicy, readVocabularyDocuments } from "./policies/policy-source.fs.ts";
import { publishPolicy } from "./policies/publish-policy.ts";
import { openTown, type Town } from "./testing-town.prisma.ts";

const rules = path.join(import.meta.dirname, "../../../rules");
const O10 = "zhengzhou-o10-high-tech-first-recognition";
type Document = Readonly<Record<string, unknown>>;

let town: Town;
let nights = 0;
beforeAll(async () => {
  town = await openTown(120);
});
afterAll(() => town.close());

const db = () => town.world.house.db;

/** The nightly match once more, in a slot of its own. */
async function night() {
  const job = town.world.house.jobs.find(({ name }) => name === "match");
  nights += 1;
  return job?.run(`2025-11-03T02:${String(nights).padStart(2, "0")}`);
}

/** Publishes O10 with something changed in it. */
async function publish(version: number, change: (document: Document) => Document) {
  const shared = await readVocabularyDocuments(path.join(rules, "vocabulary"));
  const { source, vocabulary, vocabularyDocuments } = await loadPolicy(
    path.join(rules, "zhengzhou/o10-high-tech-first-recognition"),
    shared,
  );
  const document = { ...change(source.document as Document), version };
  const policy = parsePolicy(document, vocabulary, source.clauses);
  const people = { publishedBy: "account-author", approvedBy: "account-reviewer" };
  const text = { document: { policy: document, vocabulary: vocabularyDocuments }, source: source.clauses };
  await publishPolicy(town.world.house, { policy, ...text, ...people });
}

const offers = (status: string) =>
  db().entitlement.findMany({ where: { policyId: O10, status }, orderBy: { id: "asc" } });
const messagesTo = (firmCode: string) => db().inboxMessage.count({ where: { firmCode } });
const counts = async () => ({
  decisions: await db().decision.count(),
  entitlements: await db().entitlement.count(),
  messages: await db().inboxMessage.count(),
});

describe("the nightly match", () => {
  test("answers every firm under every policy, with facts, version and what is missing", async () => {
    const firms = await db().firm.count();
    const decided = await db().decision.groupBy({ by: ["firmCode"], _count: true });
    expect(decided.length).toBe(firms);
    expect(decided.every(({ _count }) => _count === 3)).toBe(true);
    const open = await db().decision.findMany({ where: { outcome: "undetermined" } });
    expect(open.length).toBeGreaterThan(0);
    expect(open.every(({ missing }) => Array.isArray(missing) && missing.length > 0)).toBe(true);
  });

  test("offers only what is decided, exact and above zero", async () => {
    const offered = await db().$queryRaw<{ outcome: string; kind: string }[]>`
      SELECT DISTINCT d.outcome, d.amount->>'kind' AS kind
      FROM entitlement e JOIN decision d ON d.id = e.decision_id`;
    expect(offered).toEqual([{ outcome: "eligible", kind: "exact" }]);
    expect(await db().entitlement.count({ where: { amountFen: { lte: 0n } } })).toBe(0);
  });

  test("that is run again says nothing new: no decision, no offer, no message", async () => {
    const before = await counts();
    await night();
    expect(await counts()).toEqual(before);
  });
});

describe("a new version of a policy", () => {
  test("changes what is offered and not yet agreed to, and leaves an agreement as it was", async () => {
    const [agreed, open] = await offers("offered");
    if (!agreed || !open) throw new Error("the sample has two offers of O10");
    await confirmBenefits(town.world.house, {
      firmCode: agreed.firmCode,
      actor: "account-test",
      requestKey: "nightly-1",
      chosen: [{ entitlementId: agreed.id, amountFenSeen: String(agreed.amountFen) }],
    });
    await publish(2, (document) => ({
      ...document,
      benefit: { clause: "第二条", amount: 123_456 },
    }));
    await night();
    const now = await db().entitlement.findMany({ where: { id: { in: [agreed.id, open.id] } } });
    const amounts = new Map(now.map(({ id, amountFen }) => [id, amountFen]));
    expect(amounts.get(open.id)).toBe(12_345_600n);
    expect(amounts.get(agreed.id)).toBe(agreed.amountFen);
    // Who still has the page of before is shown the new amount instead.
    const stale = { entitlementId: open.id, amountFenSeen: String(open.amountFen) };
    const confirming = confirmBenefits(town.world.house, {
      firmCode: open.firmCode,
      actor: "account-test",
      requestKey: "nightly-2",
      chosen: [stale],
    });
    await expect(confirming).rejects.toMatchObject({ code: "amount-changed" });
  });

  test("that leaves the amount to somebody's discretion takes the offers back and says so, once", async () => {
    const before = await offers("offered");
    const [one] = before;
    if (!one) throw new Error("an offer of O10 is open");
    const told = await messagesTo(one.firmCode);
    await publish(3, (document) => ({
      ...document,
      benefit: { clause: "第二条", amount: 300_000, discretion: { clause: "第二条" } },
    }));
    await night();
    await night();
    expect(await offers("offered")).toEqual([]);
    expect((await offers("withdrawn")).length).toBeGreaterThanOrEqual(before.length);
    expect(await messagesTo(one.firmCode)).toBe(told + 1);
    // It is decided all the same, and can be explained.
    expect(await db().decision.count({ where: { policyId: O10, outcome: "eligible" } })).toBeGreaterThan(0);
  });

  test("that would be wider offers again what was taken back", async () => {
    await publish(4, (document) => document);
    await night();
    expect((await offers("offered")).length).toBeGreaterThan(0);
  });
});

test("the data demand of a town counts what departments delivered, as its page shows", async () => {
  const browser = town.browser();
  await browser.signIn("author");
  const page = await browser.get("/desk/data-demand");
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain("ui.layoffRate");
  expect(page.body).toContain("失业保险稳岗返还");
  const firm = town.browser();
  const [code = ""] = (await db().firm.findMany({ take: 1 })).map((each) => each.code);
  await firm.signIn(code);
  expect((await firm.get("/desk/data-demand")).statusCode).toBe(403);
});
