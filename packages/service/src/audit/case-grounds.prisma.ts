import type { Profile } from "@apply-free/rules";
import { dateToDay } from "../kernel/day.ts";
import { fen } from "../kernel/money.ts";
import type { Decision } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import type { CaseDecision, CaseDecisionSummary, CaseDisclosure, CaseFact, CasePolicy } from "./case-chain.ts";
import { toDecisionRecord } from "./decision-archive.prisma.ts";
import type { People } from "./people.prisma.ts";

export async function casePolicy(db: Tx, versionId: string, people: People): Promise<CasePolicy> {
  const version = await policyVersionStore(db).get(versionId);
  const { id, policyId, source, document: _, publishedBy, approvedBy, ...rest } = version;
  await people.load([publishedBy, approvedBy]);
  return {
    ...rest,
    id: policyId,
    versionId: id,
    clauses: source,
    publishedBy: people.get(publishedBy),
    approvedBy: people.get(approvedBy),
  };
}

/** In order of their ids, each with the file that it came in. */
export async function caseFacts(db: Tx, decision: Decision): Promise<CaseFact[]> {
  const facts = Object.entries(decision.facts as unknown as Profile).sort(([a], [b]) => (a < b ? -1 : 1));
  const deliveryIds = facts.flatMap(([, fact]) => (fact.state === "known" ? (fact.deliveryId ?? []) : []));
  const deliveries = await db.delivery.findMany({
    where: { id: { in: deliveryIds } },
    select: { id: true, fileName: true, sha256: true },
  });
  return facts.map(([id, fact]): CaseFact => {
    if (fact.state === "unknown") return { id, ...fact };
    if (fact.state === "answers") {
      const { answers, ...origin } = fact;
      return { id, ...origin, state: "known", value: answers };
    }
    const { deliveryId, ...known } = fact;
    const delivery = deliveries.find((candidate) => candidate.id === deliveryId);
    return { id, ...known, ...(delivery && { delivery }) };
  });
}

export function toDecision(row: Decision): CaseDecision {
  const { period, trace, inputSha256, resultSha256, engine } = toDecisionRecord(row);
  return { ...toDecisionSummary(row), runId: row.runId, period, trace, inputSha256, resultSha256, engine };
}

export function toDecisionSummary(row: Decision): CaseDecisionSummary {
  const { id, policyVersionId, asOf, outcome, amount, missing } = toDecisionRecord(row);
  return { id, policyVersionId, asOf, outcome, amount, missing, decidedAt: row.decidedAt };
}

/** Every result that was ever published of one entitlement. */
export async function caseDisclosures(db: Tx, entitlementId: string): Promise<CaseDisclosure[]> {
  const rows = await db.disclosure.findMany({ where: { entitlementId }, orderBy: { publishedAt: "asc" } });
  return rows.map(({ id, paymentId, maskedName, maskedCode, publishedAt, ...row }) => ({
    ...{ id, paymentId, maskedName, maskedCode, publishedAt },
    amountFen: fen(row.amountFen),
    paidOn: dateToDay(row.paidOn),
  }));
}
