import { labelOf } from "@apply-free/rules";
import type { Bilingual, GrievanceView } from "@apply-free/ui";
import { caseOf, type Grievance, isLate, kindOf, type Subject } from "../grievance/grievance.ts";
import { type Day, dayOf } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { titlesOfVersions } from "./firm-views.prisma.ts";

type Deps = Readonly<{ db: Tx; compiled: CompiledPolicies; today: Day }>;

/** Grievances as both sides see them: never more of a public entry than the public sees. */
export async function grievanceViews(deps: Deps, grievances: readonly Grievance[]): Promise<GrievanceView[]> {
  const nameOf = await subjectNames(
    deps,
    grievances.map(({ about }) => about),
  );
  return grievances.map((grievance) => {
    const { id, about, words, status, answerBy } = grievance;
    return {
      ...{ id, kind: kindOf(about), subject: nameOf(about), words, status, answerBy },
      condition: about.of === "case" ? about.condition?.sentence : undefined,
      late: isLate(grievance, deps.today, dayOf),
      answer: "answer" in grievance ? grievance.answer : undefined,
    };
  });
}

/** What each hangs on, by its name. */
export async function subjectNames(
  { db, compiled }: Omit<Deps, "today">,
  subjects: readonly Subject[],
): Promise<(about: Subject) => Bilingual> {
  const caseIds = subjects.flatMap((about) => caseOf(about) ?? []);
  const resultIds = subjects.flatMap((about) => (about.of === "result" ? [about.disclosureId] : []));
  const [vocabulary, cases, results] = await Promise.all([
    vocabularyInForce(db, compiled),
    db.entitlement.findMany({ where: { id: { in: caseIds } }, select: { id: true, policyVersionId: true } }),
    db.disclosure.findMany({ where: { id: { in: resultIds } } }),
  ]);
  const versionOf = new Map(cases.map(({ id, policyVersionId }) => [id, policyVersionId]));
  const titles = await titlesOfVersions(db, compiled, [...new Set(versionOf.values())]);
  const entryOf = new Map(
    results.map(({ id, maskedName, policyTitle }) => [id, `${maskedName} · ${policyTitle}`] as const),
  );
  return (about) => {
    if (about.of === "fact") return labelOf(vocabulary, about.factId);
    if (about.of === "result") return entryOf.get(about.disclosureId) ?? about.disclosureId;
    return titles.get(versionOf.get(about.entitlementId) ?? "") ?? about.entitlementId;
  };
}
