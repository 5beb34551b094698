import { type Bilingual, describePolicy } from "@apply-free/rules";
import type { PolicyBrief, PolicyProps } from "@apply-free/ui";
import { lineSuccessions } from "../entitlement/line-for-offers.prisma.ts";
import { lineForNewOffers } from "../entitlement/line-for-offers.ts";
import { type Day, dateToDay, dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { benefitFlow } from "./benefit-flow.prisma.ts";
import { documentOf } from "./firm-views.prisma.ts";
import { fundView } from "./fund-view.prisma.ts";
import { guideOf } from "./guide-view.ts";
import { paidByPolicy } from "./paid-by-policy.prisma.ts";
import { clausesOf, type Paid } from "./policy-view.ts";
import { isInForce, regionCodeOf } from "./policy-zone.ts";

export type PolicyViewDeps = Readonly<{ db: Tx; compiled: CompiledPolicies }>;

/** The newest versions that are in force on a day. */
export async function policiesInForce({ db, compiled }: PolicyViewDeps, today: Day): Promise<CompiledPolicy[]> {
  const versions = await policyVersionStore(db).listLatest();
  return versions.map((version) => compiled.get(version)).filter((policy) => isInForce(policy, today));
}

async function newest({ db, compiled }: PolicyViewDeps, id: string): Promise<CompiledPolicy | undefined> {
  const version = (await policyVersionStore(db).listLatest()).find(({ policyId }) => policyId === id);
  return version && compiled.get(version);
}

/** One policy in a few lines. */
export async function policyBrief(deps: PolicyViewDeps, id: string): Promise<PolicyBrief | undefined> {
  const compiled = await newest(deps, id);
  return compiled && briefOf(compiled, (await paidByPolicy(deps.db))(id));
}

/** One policy in plain words, with its clauses and its fund. */
export async function policyOf(deps: PolicyViewDeps, id: string): Promise<Omit<PolicyProps, "context"> | undefined> {
  const compiled = await newest(deps, id);
  if (!compiled) return undefined;
  const { policy } = compiled;
  const successions = await lineSuccessions(deps.db).list();
  const lineId = lineForNewOffers(policy.payout.budgetLine, successions);
  const line = await deps.db.budgetLine.findUnique({ where: { id: lineId } });
  const { requirements, benefit, money } = describePolicy(policy);
  const flow = await benefitFlow(deps.db);
  return {
    policy: briefOf(compiled, (await paidByPolicy(deps.db))(policy.id)),
    rule: requirements,
    benefit,
    money,
    clauses: clausesOf(policy),
    document: documentOf(policy.document),
    guide: guideOf(policy, flow),
    history: await historyOf(deps.db, id),
    fund: line ? fundView(line) : undefined,
  };
}

/** Every published version, the newest first. */
async function historyOf(db: Tx, policyId: string): Promise<NonNullable<PolicyProps["history"]>> {
  const rows = await db.policyVersion.findMany({
    where: { policyId },
    orderBy: { version: "desc" },
    select: { version: true, validFrom: true, validTo: true, publishedAt: true },
  });
  return rows.map(({ version, validFrom, validTo, publishedAt }) => ({
    ...{ version, validFrom: dateToDay(validFrom), publishedOn: dayOf(publishedAt) },
    ...(validTo && { validTo: dateToDay(validTo) }),
  }));
}

export function briefOf(compiled: CompiledPolicy, { count, fen }: Paid): PolicyBrief {
  const { policy, version } = compiled;
  const issuer: Bilingual = { zh: policy.document.issuer, en: policy.document.issuer };
  return {
    id: policy.id,
    version: policy.version,
    title: policy.title,
    summary: describePolicy(policy).benefit,
    issuer,
    kind: policy.benefit.kind,
    regionCode: regionCodeOf(compiled),
    validFrom: version.validFrom,
    validTo: version.validTo,
    paidCount: count,
    paidFen: String(fen),
  };
}
