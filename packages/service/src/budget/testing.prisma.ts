import { creditCodeCheckDigit } from "../kernel/credit-code.ts";
import { type Day, dayOf, dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { fen } from "../kernel/money.ts";
import type { Prisma } from "../platform/generated/client.ts";
import type { Store } from "../platform/store.prisma.ts";
import { budgetStore } from "./budget.prisma.ts";
import { reservation, reservationKey } from "./posting.ts";

/** For tests: a made-up firm with its account and one offer, waiting for an answer. */
export type Offer = Readonly<{
  firmCode: string;
  holderName: string;
  accountNo: string;
  bankAccountId: string;
  entitlementId: string;
  decisionId: string;
  line: string;
  amountFen: bigint;
}>;

export type Offers = Readonly<{
  /** Sets the firms of one call apart from those of another: up to 3 digits. */
  series: number;
  count: number;
  amountFen: bigint;
  line: string;
  at: Date;
  /** What was known of each when it was decided. */
  factsOf?(nth: number): Readonly<Record<string, unknown>>;
  /** What the policy says, where something reads it. */
  signed?: Readonly<{ document: Readonly<Record<string, unknown>>; source: string }>;
}>;

export const bankCode = "102491000019";

/** For tests: offers to made-up firms, with every row that the schema's laws ask for. */
export async function makeOffers({ prisma }: Store, wanted: Offers): Promise<Offer[]> {
  const { series, count, amountFen, line, at, factsOf = () => ({}), signed } = wanted;
  const policyId = `test-policy-${line}`;
  const policyVersionId = derivedId("policy", policyId, 1);
  const runId = derivedId("run", line, series);
  const asOf: Day = dayOf(at);
  const offers = Array.from({ length: count }, (_, nth): Offer => {
    const first17 = `91410100MA${String(series).padStart(3, "0")}${String(nth).padStart(4, "0")}`;
    const firmCode = first17 + creditCodeCheckDigit(first17);
    const accountNo = `6222${String(series).padStart(5, "0")}${String(nth).padStart(8, "0")}`;
    return {
      firmCode,
      holderName: `试验企业${series}之${nth}有限公司`,
      accountNo,
      bankAccountId: derivedId("bank-account", firmCode, accountNo),
      entitlementId: derivedId("entitlement", firmCode, policyId, "once"),
      decisionId: derivedId("decision", firmCode, policyVersionId, "once"),
      line,
      amountFen,
    };
  });
  await prisma.$transaction(async (tx) => {
    await tx.firm.createMany({
      data: offers.map(({ firmCode: code, holderName: name }) => ({ code, name, regionCode: "410100" })),
    });
    await tx.bankAccount.createMany({
      data: offers.map(({ bankAccountId: id, firmCode, holderName, accountNo }) => ({
        ...{ id, firmCode, holderName, accountNo, bankCode, bankName: "试验银行郑州分行" },
        ...{ source: "bank-accounts", status: "active", createdAt: at },
      })),
    });
    const { document, source } = signed ?? { document: {}, source: "" };
    const persons = { publishedBy: "author-1", approvedBy: "author-2", publishedAt: at };
    const text = { title: "试验政策", sha256: "0".repeat(64), document: document as Prisma.InputJsonObject, source };
    await tx.policyVersion.createMany({
      data: [
        {
          id: policyVersionId,
          policyId,
          version: 1,
          ...text,
          budgetLine: line,
          validFrom: dayToDate(asOf),
          ...persons,
        },
      ],
      skipDuplicates: true,
    });
    await tx.matchRun.create({ data: { id: runId, slot: runId, asOf: dayToDate(asOf), startedAt: at } });
    await tx.decision.createMany({
      data: offers.map(({ decisionId: id, firmCode }, nth) => ({
        ...{ id, firmCode, policyId, policyVersionId, runId, period: "once", asOf: dayToDate(asOf), decidedAt: at },
        ...{
          outcome: "eligible",
          amount: { kind: "exact", fen: String(amountFen) },
          missing: [],
          facts: factsOf(nth) as Record<string, string>,
          trace: {},
        },
        ...{ answerSha256: id, inputSha256: id, resultSha256: id, engine: "test" },
      })),
    });
    await tx.entitlement.createMany({
      data: offers.map(({ entitlementId: id, firmCode, decisionId }) => ({
        ...{ id, firmCode, policyId, policyVersionId, period: "once", decisionId, budgetLine: line, amountFen },
        ...{ status: "offered", offeredAt: at, confirmBefore: new Date(at.getTime() + 30 * 86_400_000) },
      })),
    });
  });
  return offers;
}

/** For tests: every firm of these offers agrees, one act each; the fund must reach for all. */
export async function agreeToAll({ prisma }: Store, offers: readonly Offer[], at: Date): Promise<void> {
  const consentOf = ({ entitlementId }: Offer) => derivedId("consent", entitlementId);
  await prisma.$transaction(async (tx) => {
    await tx.consent.createMany({
      data: offers.map((offer) => ({
        ...{ id: consentOf(offer), receiptNo: consentOf(offer), firmCode: offer.firmCode, actor: "firm", at },
        ...{ requestKey: offer.entitlementId, requestSha256: "", lines: [], totalFen: offer.amountFen },
      })),
    });
    const agreed = offers.map((offer) => ({
      ...offer,
      amountFen: String(offer.amountFen),
      consentId: consentOf(offer),
    }));
    await tx.$executeRaw`
      UPDATE entitlement SET status = 'confirmed', confirmed_at = ${at}::timestamptz,
        consent_id = agreed."consentId", bank_account_id = agreed."bankAccountId"
      FROM jsonb_to_recordset(${JSON.stringify(agreed)}::jsonb)
        AS agreed ("entitlementId" text, "consentId" text, "bankAccountId" text)
      WHERE entitlement.id = agreed."entitlementId"`;
    const moves = offers.map((offer) => {
      const { entitlementId, line, amountFen } = offer;
      return reservation({ line, amountFen: fen(amountFen) }, reservationKey(entitlementId, consentOf(offer)));
    });
    await budgetStore(tx).move(moves, at);
  });
}

/** For tests: a matching comes to a new answer about one of these offers. */
export async function decideAgain(
  { prisma }: Store,
  { decisionId, firmCode }: Offer,
  at: Date,
  answer: Readonly<{ outcome: string; amount: Readonly<Record<string, string>>; missing?: string[] }>,
): Promise<string> {
  const { id: first, ...decision } = await prisma.decision.findUniqueOrThrow({ where: { id: decisionId } });
  const id = derivedId("decision", first, firmCode, at.toISOString());
  await prisma.matchRun.upsert({
    where: { slot: at.toISOString() },
    create: {
      id: derivedId("run", at.toISOString()),
      slot: at.toISOString(),
      asOf: dayToDate(dayOf(at)),
      startedAt: at,
    },
    update: {},
  });
  const { facts, trace } = { facts: {}, trace: {} };
  const { outcome, amount, missing = [] } = answer;
  const changed = { outcome, amount, missing, facts, trace, inputSha256: id, decidedAt: at };
  await prisma.decision.create({ data: { ...decision, id, ...changed } });
  return id;
}
