import { parsePolicy, parseVocabulary } from "@apply-free/rules";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { delegationStore } from "../access/delegation.prisma.ts";
import { agreeToAll, makeOffers, type Offer } from "../budget/testing.prisma.ts";
import { type ConfirmStores, confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { consentStore, payeeAccounts } from "../confirmation/consent.prisma.ts";
import { relationsAmong } from "../entitlement/policy-relations.ts";
import { stackingStore } from "../entitlement/stacking-terms.prisma.ts";
import type { Store, Tx } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { fundTestLine, moneyDeps, moneyStores } from "./testing.prisma.ts";

/** One person is granted for once, whichever firm hired them and whoever confirms first. */

const LINE = "person-line";
const fact = { label: { zh: "某项", en: "Something" }, source: "tax", maxAgeDays: 99, privacy: "business" };
const text = { type: "text", label: { zh: "某项", en: "Something" } };
const vocabulary = parseVocabulary([
  {
    sources: { tax: { zh: "税务局", en: "Tax" } },
    codeLists: { kinds: { 企业: { zh: "企业", en: "firm" } } },
    facts: {
      "ent.subjectType": { ...fact, type: "code", codes: "kinds" },
      "grants.received": { ...fact, type: "list", fields: { family: text } },
    },
  },
]);
const policy = parsePolicy(
  {
    ...{ id: `test-policy-${LINE}`, version: 1, title: { zh: "扩岗", en: "Hiring" }, document: { issuer: "某局" } },
    validity: "unstated",
    subject: { types: ["企业"], clause: "一" },
    conditions: { all: [{ name: "firm", clause: "一", fact: "ent.subjectType", operator: "equal", value: "企业" }] },
    benefit: { clause: "一", amount: 10 },
    stacking: [{ name: "onePersonOnce", clause: "一", exclusive: { per: "person", during: "ever", once: true } }],
    payout: { budgetLine: LINE, period: "once", confirmWithinDays: 15 },
  },
  vocabulary,
  "## 一 资格 [资格] [金额]\n一人 10 元。\n",
);

let store: Store;
let firms: readonly Offer[];
beforeAll(async () => {
  store = await openTestStore();
  const { clock } = moneyDeps(store);
  await fundTestLine(moneyDeps(store), LINE, 1_000_000n, "41000000000008");
  firms = await makeOffers(store, { series: 825, count: 32, amountFen: 1_000n, line: LINE, at: clock.now() });
});
afterAll(() => store.close());

const relations = async () => relationsAmong([policy]);
/** Nothing was granted for anybody by others. */
const receivedBy = async () => ({
  profile: { "grants.received": { state: "known" as const, value: [] } },
  forebears: [],
});
const stacking = (tx: Tx) => stackingStore(tx, { relations, receivedBy });
const deps = () => ({
  clock: moneyDeps(store).clock,
  transaction: <Result>(work: (stores: ConfirmStores) => Promise<Result>) =>
    store.prisma.$transaction((tx) =>
      work({
        ...moneyStores(tx),
        stacking: stacking(tx),
        consents: consentStore(tx),
        delegations: delegationStore(tx),
        payees: payeeAccounts(tx),
      }),
    ),
});

function terms({ entitlementId }: Offer, person: string, grantedFen = 1_000n) {
  const shares = [{ objects: [{ kind: "person" as const, id: person }], fen: 1_000n, askedFen: 1_000n }];
  const rest = { shares, reasons: [], choices: [], forebears: [], isProposed: true };
  return stacking(store.prisma).put({ entitlementId, askedFen: 1_000n, grantedFen, ...rest });
}

function confirm({ firmCode, entitlementId }: Offer) {
  const chosen = [{ entitlementId, amountFenSeen: "1000" }];
  return confirmBenefits(deps(), { firmCode, actor: "firm", requestKey: entitlementId, chosen });
}

const firm = (nth: number) => firms[nth]!;

describe("two firms that hired one person", () => {
  test("agree one after the other: the second is refused by the rule's name", async () => {
    await terms(firm(0), "P1");
    await terms(firm(1), "P1");
    await confirm(firm(0));
    await expect(confirm(firm(1))).rejects.toMatchObject({
      code: "not-granted-together",
      details: { rule: `test-policy-${LINE}/onePersonOnce` },
    });
  });
  test("agree at once: for each person one of them is right", async () => {
    const tried = firms.slice(8).map((one, place) => ({ one, person: `Q${place % 6}` }));
    for (const { one, person } of tried) await terms(one, person);
    await Promise.allSettled(tried.map(({ one }) => confirm(one)));
    for (const person of new Set(tried.map((each) => each.person))) {
      expect(await stacking(store.prisma).agreedFor([{ kind: "person", id: person }])).toHaveLength(1);
    }
  });
  test("and another person stand in nobody's way", async () => {
    await terms(firm(6), "P3");
    await expect(confirm(firm(6))).resolves.toMatchObject({ receiptNo: expect.any(String) });
  });
});

describe("the terms of an offer", () => {
  test("are of its amount, and no other", async () => {
    await expect(terms(firm(7), "P4", 999n)).rejects.toThrow(/do not match entitlement/);
  });
  test("stay as they were agreed to", async () => {
    await terms(firm(7), "P4");
    await agreeToAll(store, [firm(7)], moneyDeps(store).clock.now());
    await expect(terms(firm(7), "P5")).rejects.toThrow(/are fixed/);
    await expect(stacking(store.prisma).drop(firm(7).entitlementId)).rejects.toThrow(/are fixed/);
  });
});
