import {
  type Amount,
  type Change,
  type Decision,
  decide,
  decideWith,
  departmentOf,
  earliestChange,
  labelOf,
  movesWithTime,
  nearestChange,
  type Profile,
} from "@apply-free/rules";
import type { NearBenefit, NearlyProps } from "@apply-free/ui";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { type Day, dateToDay, dayOf } from "../kernel/day.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { missKind } from "../watch/near-miss.prisma.ts";
import { type FirmViewDeps, titlesOfVersions } from "./firm-views.prisma.ts";

type Deps = FirmViewDeps & Readonly<{ sources: ReadonlyMap<string, Pick<DeliverySource, "repair">> }>;

const MET_SHOWN = 5;

/** What a firm is one fact away from, by its newest decisions, and what was near and is its own now. */
export async function nearlyOf(deps: Deps, firmCode: string): Promise<Omit<NearlyProps, "context">> {
  const { db, compiled } = deps;
  const watched = await db.nearMiss.findMany({
    where: { firmCode, endedAt: null },
    orderBy: [{ since: "desc" }, { id: "asc" }],
  });
  const newest = await db.decision.findMany({
    where: { firmCode, policyId: { in: watched.map(({ policyId }) => policyId) } },
    distinct: ["policyId", "period"],
    orderBy: [{ policyId: "asc" }, { period: "desc" }, { decidedAt: "desc" }, { id: "desc" }],
    select: { policyId: true, policyVersionId: true, period: true, asOf: true, facts: true },
  });
  const benefits: NearBenefit[] = [];
  for (const { policyId, period, kind, fact, since } of watched) {
    const decision = newest.find((each) => each.policyId === policyId && each.period === period);
    if (!decision) continue;
    const known = await compiled.load(policyVersionStore(db), decision.policyVersionId);
    const profile = decision.facts as unknown as Profile;
    const near = await nearOf(known, profile, fact, dateToDay(decision.asOf));
    const repair = kind === "credit" ? repairOf(deps.sources, fact) : undefined;
    const until = lastDayOf(known, period);
    const what = { kind: missKind.parse(kind), since: since.toISOString(), ...near };
    benefits.push({ policyId, title: known.policy.title, ...what, ...(until && { until }), ...(repair && { repair }) });
  }
  return { benefits, met: await metOf(deps, firmCode) };
}

async function nearOf({ policy, vocabulary }: CompiledPolicy, profile: Profile, fact: string, asOf: Day) {
  const decision = await decide(policy, profile, { asOf });
  const changes = nearestChange(policy, decision) ?? [];
  const after = changes.length > 0 ? await decideWith(policy, profile, changes, asOf) : undefined;
  const source = departmentOf(vocabulary, fact);
  const gain = gainOf(after ?? decision);
  const moves = changes.some((change) => movesWithTime(policy, change.fact));
  const timed = moves ? await earliestChange(policy, profile, { asOf }) : undefined;
  return {
    fact: { label: labelOf(vocabulary, fact), ...(source && { source }) },
    steps: changes.flatMap(stepsOf),
    ...(gain && { gain }),
    ...(timed?.outcome === "eligible" && { onDay: timed.on }),
  };
}

function stepsOf({ sentence, equivalents }: Change) {
  return [sentence, ...equivalents.map((each) => each.sentence)];
}

/** Nothing is said of money where the policy would still say no, or gives something else than money. */
function gainOf({ outcome, amount }: Pick<Decision, "outcome" | "amount">): NearBenefit["gain"] {
  return outcome === "ineligible" ? undefined : boundsOf(amount);
}

function boundsOf(amount: Amount): NearBenefit["gain"] {
  switch (amount.kind) {
    case "exact":
      return { fromFen: amount.fen, toFen: amount.fen };
    case "range":
      return { fromFen: amount.minFen, toFen: amount.maxFen };
    default:
      return undefined;
  }
}

/** The policy's last day, or that of the year it is awarded for. */
function lastDayOf({ version }: CompiledPolicy, period: string): string | undefined {
  const ends = [version.validTo, period === "once" ? undefined : `${period}-12-31`];
  return ends.filter((day) => day !== undefined).toSorted()[0];
}

function repairOf(sources: Deps["sources"], fact: string): NearBenefit["repair"] {
  return [...sources.values()].map(({ repair }) => repair.get(fact)).find((guidance) => guidance !== undefined);
}

async function metOf({ db, compiled }: Deps, firmCode: string): Promise<NearlyProps["met"]> {
  const rows = await db.nearMiss.findMany({
    where: { firmCode, endedAs: "met" },
    orderBy: [{ endedAt: "desc" }, { id: "asc" }],
    take: MET_SHOWN,
  });
  const versions = rows.map(({ policyVersionId }) => policyVersionId);
  const titles = await titlesOfVersions(db, compiled, versions);
  return rows.map(({ policyId, policyVersionId, endedAt, since }) => ({
    policyId,
    title: titles.get(policyVersionId) ?? policyId,
    on: dayOf(endedAt ?? since),
  }));
}
