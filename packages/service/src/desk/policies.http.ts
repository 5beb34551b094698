import { type DeskPolicy, deskPoliciesPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { staffOf } from "../access/access.http.ts";
import { toPolicyVersion } from "../policies/policy-version.prisma.ts";
import { fundView } from "../portal/fund-view.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { newestOutcomes } from "./money-views.prisma.ts";

/** Policies in force: their versions, whom they reach, and what they cost against their fund. */
export function deskPolicyRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/policies", async (request, reply) => {
    staffOf(request, "author", "finance-maker", "finance-checker", "auditor", "operator");
    const policies = await deskPoliciesOf(deps);
    return sendPage(reply, deskPoliciesPage({ policies, context: await contextOf(request, deps) }));
  });
}

async function deskPoliciesOf({ db, compiled }: DeskDeps): Promise<DeskPolicy[]> {
  const rows = await db.policyVersion.findMany({ orderBy: [{ policyId: "asc" }, { version: "desc" }] });
  const promised = await db.entitlement.groupBy({
    by: ["policyId"],
    where: { status: { in: ["offered", "confirmed", "waitlisted", "paid", "received"] } },
    _sum: { amountFen: true },
  });
  const people = await db.account.findMany({ where: { role: "author" }, select: { id: true, displayName: true } });
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const policies: DeskPolicy[] = [];
  for (const [id, versions] of Map.groupBy(rows.map(toPolicyVersion), ({ policyId }) => policyId)) {
    const [newest] = versions;
    if (!newest) continue;
    const { policy } = compiled.get(newest);
    const line = await db.budgetLine.findUnique({ where: { id: newest.budgetLine } });
    policies.push({
      id,
      title: policy.title,
      versions: versions.map(({ publishedAt, publishedBy, approvedBy, ...version }) => ({
        ...version,
        publishedAt: publishedAt.toISOString(),
        publishedBy: names.get(publishedBy) ?? publishedBy,
        approvedBy: names.get(approvedBy) ?? approvedBy,
      })),
      reach: await newestOutcomes(db, id),
      promisedFen: String(promised.find(({ policyId }) => policyId === id)?._sum.amountFen ?? 0n),
      fund: line ? fundView(line) : undefined,
    });
  }
  return policies;
}
