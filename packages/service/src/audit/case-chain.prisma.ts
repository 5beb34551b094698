import { DomainError } from "../kernel/errors.ts";
import type { Decision, Entitlement } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CaseArchive, CaseChain } from "./case-chain.ts";
import { caseDisclosures, caseFacts, casePolicy, toDecision, toDecisionSummary } from "./case-grounds.prisma.ts";
import { caseConsents, caseNotices, caseOffer } from "./case-offer.prisma.ts";
import { casePayments } from "./case-payments.prisma.ts";
import { caseRecoveries, caseReviews } from "./case-recoveries.prisma.ts";
import { journalEntries } from "./journal-listing.prisma.ts";
import type { JournalEntry } from "./journal-listing.ts";
import { type People, peopleOf } from "./people.prisma.ts";

/** Give it a transaction where a case may change between two queries. */
export function caseArchive(db: Tx): CaseArchive {
  return {
    async chain(id) {
      const found = await findCase(db, id);
      const { decision, entitlement } = found;
      const people = peopleOf(db);
      const grounds = {
        id: entitlement?.id ?? decision.id,
        firm: await db.firm.findUniqueOrThrow({
          where: { code: decision.firmCode },
          select: { code: true, name: true, regionCode: true },
        }),
        policy: await casePolicy(db, decision.policyVersionId, people),
        facts: await caseFacts(db, decision),
        decision: toDecision(decision),
        otherDecisions: found.others.map(toDecisionSummary),
      };
      return entitlement ? offered(db, grounds, entitlement, people) : notOffered(db, grounds);
    },
  };
}

type Grounds = Pick<CaseChain, "id" | "firm" | "policy" | "facts" | "decision" | "otherDecisions">;

async function notOffered(db: Tx, grounds: Grounds): Promise<CaseChain> {
  const events = await journalEntries(db, { subject: { in: subjectsOf(grounds) } });
  const nothing = { consents: [], notices: [], payments: [], disclosures: [], reviews: [], recoveries: [] };
  return { ...grounds, ...nothing, events };
}

async function offered(db: Tx, grounds: Grounds, entitlement: Entitlement, people: People): Promise<CaseChain> {
  const { id, firmCode, receivedAt } = entitlement;
  const consents = await caseConsents(db, firmCode, id, people);
  const notices = await caseNotices(db, firmCode, id);
  const payments = await casePayments(db, id, people);
  const disclosures = await caseDisclosures(db, id);
  const accounts = await db.bankAccount.findMany({ where: { firmCode }, select: { id: true } });
  const batches = payments.flatMap(({ batch }) => batch ?? []);
  const reviews = await caseReviews(db, id);
  const recoveries = await caseRecoveries(db, id, people);
  const offsets = recoveries.flatMap((recovery) => recovery.offsets);
  const award = await db.reviewFollowUp.findUnique({ where: { topUpId: id }, select: { awardId: true } });
  const ofCase = { where: { entitlementId: id }, select: { id: true } };
  const heard = [...(await db.rating.findMany(ofCase)), ...(await db.grievance.findMany(ofCase))];
  const papers = [...notices, ...payments, ...batches, ...disclosures, ...accounts, ...heard];
  const parts = [...papers, ...reviews, ...recoveries, ...offsets].map((part) => part.id);
  const events = await journalEntries(db, { subject: { in: [...subjectsOf(grounds), id, ...parts] } });
  const receipt = receivedAt && (await receiptOf(receivedAt, events, people));
  return {
    ...grounds,
    offer: await caseOffer(db, entitlement),
    consents,
    notices,
    payments,
    ...(receipt && { receipt }),
    disclosures,
    ...(award && { awardId: award.awardId }),
    ...{ reviews, recoveries },
    events,
  };
}

/** What the journal knows of before a firm was offered anything: rule, deliveries, run. */
function subjectsOf({ policy, decision, facts }: Grounds): string[] {
  return [policy.versionId, decision.runId, ...facts.flatMap(({ delivery }) => delivery?.id ?? [])];
}

type Found = Readonly<{ entitlement: Entitlement | undefined; decision: Decision; others: readonly Decision[] }>;

/** A decision that led to an offer leads to the offer's case. */
async function findCase(db: Tx, id: string): Promise<Found> {
  const byId = await db.entitlement.findUnique({ where: { id } });
  const start = byId ?? (await db.decision.findUnique({ where: { id } }));
  if (!start) throw noCase(id);
  // A top-up has the decision of its award, which is of another period than it is itself.
  const { firmCode, policyId, period } = byId
    ? await db.decision.findUniqueOrThrow({ where: { id: byId.decisionId } })
    : start;
  const key = { firmCode, policyId, period };
  const entitlement = byId ?? (await db.entitlement.findUnique({ where: { firmCode_policyId_period: key } }));
  const decisions = await db.decision.findMany({ where: key, orderBy: [{ decidedAt: "desc" }, { id: "desc" }] });
  const decision = decisions.find((known) => known.id === (entitlement?.decisionId ?? id));
  if (!decision) throw noCase(id);
  return {
    entitlement: entitlement ?? undefined,
    decision,
    others: decisions.filter((other) => other !== decision),
  };
}

async function receiptOf(receivedAt: Date, events: readonly JournalEntry[], people: People) {
  const said = events.findLast(({ type }) => type === "receipt-confirmed");
  if (!said) return { receivedAt };
  await people.load([said.actor]);
  return { receivedAt, actor: people.get(said.actor) };
}

function noCase(id: string): DomainError {
  return new DomainError("case-not-found", `没有这个案卷：${id}。No case ${id}; look for it by name or receipt.`, {
    id,
  });
}
