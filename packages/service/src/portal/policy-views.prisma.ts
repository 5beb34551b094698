import { type Bilingual, describePolicy } from "@apply-free/rules";
import type { PolicyBrief, PolicyProps } from "@apply-free/ui";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { benefitFlow } from "./benefit-flow.prisma.ts";
import { documentOf } from "./firm-views.prisma.ts";
import { fundView } from "./fund-view.prisma.ts";
import { guideOf } from "./guide-view.ts";
import { clausesOf } from "./policy-view.ts";

export type PolicyViewDeps = Readonly<{ db: Tx; compiled: CompiledPolicies }>;

export async function policyBriefs(deps: PolicyViewDeps): Promise<PolicyBrief[]> {
  const versions = await policyVersionStore(deps.db).listLatest();
  const paid = await paidBy(deps.db);
  return versions.map((version) => briefOf(deps.compiled.get(version), paid));
}

/** One policy in plain words, with its clauses and its fund. */
export async function policyOf(deps: PolicyViewDeps, id: string): Promise<Omit<PolicyProps, "context"> | undefined> {
  const version = (await policyVersionStore(deps.db).listLatest()).find(({ policyId }) => policyId === id);
  if (!version) return undefined;
  const compiled = deps.compiled.get(version);
  const { policy } = compiled;
  const line = await deps.db.budgetLine.findUnique({ where: { id: policy.payout.budgetLine } });
  const { requirements, benefit, money } = describePolicy(policy);
  const flow = await benefitFlow(deps.db);
  return {
    policy: briefOf(compiled, await paidBy(deps.db)),
    rule: requirements,
    benefit,
    money,
    clauses: clausesOf(policy),
    document: documentOf(policy.document),
    guide: guideOf(policy, flow),
    fund: line ? fundView(line) : undefined,
  };
}

type Paid = ReadonlyMap<string, Readonly<{ count: number; fen: bigint }>>;

/** What the bank has booked, by policy. */
async function paidBy(db: Tx): Promise<Paid> {
  const groups = await db.entitlement.groupBy({
    by: ["policyId"],
    where: { status: { in: ["paid", "received"] } },
    _count: true,
    _sum: { amountFen: true },
  });
  return new Map(groups.map(({ policyId, _count, _sum }) => [policyId, { count: _count, fen: _sum.amountFen ?? 0n }]));
}

function briefOf({ policy, version }: CompiledPolicy, paid: Paid): PolicyBrief {
  const { count = 0, fen = 0n } = paid.get(policy.id) ?? {};
  const issuer: Bilingual = { zh: policy.document.issuer, en: policy.document.issuer };
  return {
    id: policy.id,
    version: policy.version,
    title: policy.title,
    summary: describePolicy(policy).benefit,
    issuer,
    validFrom: version.validFrom,
    validTo: version.validTo,
    paidCount: count,
    paidFen: String(fen),
  };
}
