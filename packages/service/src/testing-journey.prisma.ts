import { parsePolicy, parseVocabulary } from "@apply-free/rules";
import { booksOn } from "./audit/books.prisma.ts";
import { fundLine } from "./budget/fund-line.ts";
import { bankCode } from "./budget/testing.prisma.ts";
import { confirmBenefits } from "./confirmation/confirm-benefits.ts";
import { type House, openHouse } from "./house.prisma.ts";
import { creditCodeCheckDigit } from "./kernel/credit-code.ts";
import { type Day, dayToDate } from "./kernel/day.ts";
import { sha256 } from "./kernel/digest.ts";
import { derivedId } from "./kernel/id.ts";
import { approveBatch } from "./payment/approve-batch.ts";
import type { Bank } from "./payment/bank-port.ts";
import type { OtherChannel } from "./payment/channel-tables.ts";
import { preparePayment } from "./payment/prepare-payment.ts";
import { openTown, type Town } from "./payment/testing-town.prisma.ts";
import type { Prisma } from "./platform/generated/client.ts";
import { openTestStore } from "./platform/testing.prisma.ts";
import { publishPolicy } from "./policies/publish-policy.ts";

/**
 * For tests: a whole house with one policy, a few invented firms and a bank with books of its own.
 * Everything happens by its jobs and use cases, as it would in service.
 */
export type Journey = Readonly<{
  house: House;
  town: Town;
  firms: readonly JourneyFirm[];
  policyId: string;
  at(shanghaiTime: string): void;
  /** Runs these jobs one after the other, and what follows from them. */
  run(...jobs: readonly string[]): Promise<void>;
  fund(line: string, year: number, amountFen: bigint, document: string): Promise<void>;
  publish(version: number, change: Readonly<Record<string, unknown>>): Promise<void>;
  confirm(firm: JourneyFirm): Promise<void>;
  /** Asks whether a payment of this benefit can be prepared by now. */
  prepare(entitlementId: string): Promise<unknown>;
  /** The second person approves every batch that is drafted. */
  approve(): Promise<void>;
  /** `confirmed 100 line-2025`, for each firm. */
  standings(): Promise<string[]>;
  close(): Promise<void>;
}>;

export type JourneyFirm = Readonly<{ code: string; name: string; accountNo: string; staff: number }>;

export const LINE_2025 = "journey-2025";
const START = "2025-11-03T01:00";
const label = { zh: "某项", en: "Something" };
const fact = { label, source: "people", maxAgeDays: 366, privacy: "business" };
const common = {
  sources: { people: { zh: "人社局", en: "People bureau" } },
  codeLists: { "subject-types": { 企业: { zh: "企业", en: "enterprise" } } },
  facts: {
    "ent.subjectType": { ...fact, type: "code", codes: "subject-types" },
    "ent.staff": { ...fact, type: "integer" },
  },
};
const source = "## 一 资格 [资格]\n企业，1 人以上。\n\n## 二 金额 [金额]\n每户 1 元，从高到低，不足的轮候。\n";

type Options = Readonly<{
  staff: readonly number[];
  policy?: Readonly<Record<string, unknown>>;
  /** More facts of the vocabulary, without what all have in common, and what is known of the nth firm. */
  facts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  known?(nth: number): Readonly<Record<string, Prisma.InputJsonValue>>;
  institutions?: ReadonlyMap<OtherChannel, Bank>;
}>;

export async function openJourney(options: Options): Promise<Journey> {
  const { staff, policy = {}, facts = {}, known = () => ({}), institutions = new Map() } = options;
  const more = Object.entries(facts).map(([id, definition]) => [id, { ...fact, ...definition }]);
  const vocabulary = { ...common, facts: { ...common.facts, ...Object.fromEntries(more) } };
  const store = await openTestStore();
  const town = await openTown(store);
  const { clock } = town.deps;
  const at = (shanghaiTime: string) => clock.moveTo(new Date(`${shanghaiTime}:00+08:00`));
  at(START);
  const house = openHouse({
    ...{
      store,
      clock,
      wallClock: clock,
      bank: town.bank,
      institutions,
      channels: [],
      maker: "system:payment-run",
      soleInstance: true,
    },
    random: { token: () => "not asked for" },
    log: (message, cause) => {
      throw new Error(message, { cause });
    },
  });
  const policyId = "test-journey";
  const publish: Journey["publish"] = async (version, change) => {
    const document = {
      ...{ id: policyId, version, title: { zh: "试验补贴", en: "Test" }, document: { issuer: "某局" } },
      validity: { from: "2025-01-01", to: "2025-12-31", governs: "decision-day", clause: "一" },
      subject: { types: ["企业"], clause: "一" },
      conditions: { all: [{ name: "staffed", clause: "一", fact: "ent.staff", operator: "atLeast", value: 1 }] },
      benefit: { clause: "二", amount: 1 },
      payout: { budgetLine: LINE_2025, period: "once", confirmWithinDays: 90 },
      ...policy,
      ...change,
    };
    const parsed = parsePolicy(document, parseVocabulary([vocabulary]), source);
    const people = { publishedBy: "author", approvedBy: "reviewer" };
    await publishPolicy(house, {
      policy: parsed,
      document: { policy: document, vocabulary: [vocabulary] },
      source,
      ...people,
    });
  };
  await publish(1, {});
  const firms = staff.map(firmOf);
  await deliver(house, firms, known);
  for (const { accountNo, name } of firms) town.holders.set(accountNo, name);
  let slots = 0;
  return {
    house,
    town,
    firms,
    policyId,
    at,
    publish,
    async run(...names) {
      for (const name of names) {
        const job = house.jobs.find((each) => each.name === name);
        if (!job) throw new Error(`there is no job ${name}`);
        slots += 1;
        await job.run(`${clock.now().toISOString()}-${slots}`);
        await house.pump();
      }
    },
    async fund(id, year, amountFen, document) {
      const payer = { name: "试验财政局", accountNo: "41000000000088", bankCode: "011491000016" };
      const line = { id, title: id, year };
      await fundLine(house, { line, payer, amountFen, document, actor: "finance" });
      await house.pump();
    },
    async confirm({ code }) {
      const offers = await house.db.entitlement.findMany({ where: { firmCode: code, status: "offered" } });
      const chosen = offers.map(({ id, amountFen }) => ({ entitlementId: id, amountFenSeen: String(amountFen) }));
      await confirmBenefits(house, { firmCode: code, actor: "firm", requestKey: `journey-${code}`, chosen });
      await house.pump();
    },
    prepare: (entitlementId) => preparePayment(house, { entitlementId }),
    async approve() {
      const drafted = await house.db.paymentBatch.findMany({ where: { status: "drafted" } });
      for (const { id: batchId, sha256: seen } of drafted) {
        await approveBatch(house, { batchId, checker: "checker", sha256: seen });
      }
    },
    async standings() {
      const rows = await house.db.entitlement.findMany({ where: { policyId } });
      return firms.map(({ code }) => {
        const row = rows.find(({ firmCode }) => firmCode === code);
        return row ? `${row.status} ${row.amountFen} ${row.budgetLine}` : "nothing";
      });
    },
    async close() {
      await town.close();
      await store.close();
    },
  };
}

/** For tests: ledger, balances, payments and bank agree. */
export function differencesIn({ house }: Journey) {
  return booksOn(house.db).differences();
}

function firmOf(staff: number, nth: number): JourneyFirm {
  const first17 = `91410100MA777${String(nth).padStart(4, "0")}`;
  const code = first17 + creditCodeCheckDigit(first17);
  return { code, name: `试验企业之${nth}有限公司`, accountNo: `62227770000000${String(nth).padStart(2, "0")}`, staff };
}

async function deliver(
  { db, clock }: House,
  firms: readonly JourneyFirm[],
  known: NonNullable<Options["known"]>,
): Promise<void> {
  const at = clock.now();
  const asOf = dayToDate("2025-11-01" as Day);
  const delivery = { id: "delivery_journey", sourceId: "people", fileName: "people.csv", sha256: sha256("journey") };
  const counts = { rowsGood: firms.length, rowsBad: 0, importedBy: "system:import" };
  await db.delivery.create({ data: { ...delivery, ...counts, asOf, obtainedAt: at } });
  for (const [nth, { code, name, accountNo, staff }] of firms.entries()) {
    await db.firm.create({ data: { code, name, regionCode: "410100" } });
    const account = { holderName: name, accountNo, bankCode, bankName: "试验银行郑州分行" };
    const id = derivedId("bank-account", code, accountNo);
    const state = { source: "bank-accounts", status: "active", createdAt: at };
    await db.bankAccount.create({ data: { id, firmCode: code, ...account, ...state } });
    const from = { firmCode: code, sourceId: "people", deliveryId: delivery.id, asOf, obtainedAt: at };
    await db.fact.createMany({
      data: [
        { ...from, factId: "ent.subjectType", value: "企业" },
        { ...from, factId: "ent.staff", value: staff },
        ...Object.entries(known(nth)).map(([factId, value]) => ({ ...from, factId, value })),
      ],
    });
  }
}
