import type { Bilingual } from "@apply-free/rules";
import { addDays, type Day } from "../kernel/day.ts";
import type { CompiledPolicy } from "./compiled-policies.ts";

/** One fact that policies in force look at: who has to supply it, and how well that is done (供需清单). */
export type FactDemand = Readonly<{
  id: string;
  label: Bilingual;
  /** Id of the department. */
  source: string;
  department: Bilingual;
  maxAgeDays: number;
  /** Titles of the policies that need it. */
  policies: readonly Bilingual[];
  /** Firms of which it is known and fresh, known but too old, and not known at all. */
  fresh: number;
  stale: number;
  absent: number;
  /** The newest day that any value speaks of. */
  newest?: Day;
  /** The day on which the newest values become too old. */
  staleAfter?: Day;
  light: Light;
}>;

/** green: fresh for nearly all; amber: it runs out soon, or many are missing; red: nobody has a fresh value. */
export type Light = "green" | "amber" | "red";

export type PolicyLight = Readonly<{ id: string; title: Bilingual; light: Light; because: readonly string[] }>;

export type DataDemand = Readonly<{ facts: readonly FactDemand[]; policies: readonly PolicyLight[] }>;

/** What the store says of one fact. */
export type Coverage = Readonly<{ known: number; fresh: number; newest: Day }>;

const SOON_DAYS = 14;
/** Below this share of firms with a fresh value a policy answers too many with "undetermined". */
const NEARLY_ALL = 0.8;

/** Sets what policies look at beside what departments have delivered. */
export function dataDemand(
  policies: readonly CompiledPolicy[],
  coverage: ReadonlyMap<string, Coverage>,
  firms: number,
  today: Day,
): DataDemand {
  const demanded = Map.groupBy(
    policies.flatMap((policy) => policy.needs.map((fact) => ({ fact, policy }))),
    ({ fact }) => fact,
  );
  const facts = [...demanded].flatMap(([id, users]): FactDemand[] => {
    const [first] = users;
    const definition = first?.policy.vocabulary.facts.get(id);
    // What is read across a group is delivered for each of its members, and asked for there.
    if (!first || !definition || definition.acrossGroup !== undefined) return [];
    const { label, source, maxAgeDays } = definition;
    const known = coverage.get(id);
    const fresh = known?.fresh ?? 0;
    const department = first.policy.vocabulary.sources.get(source) ?? { zh: source, en: source };
    const staleAfter = known && addDays(known.newest, maxAgeDays);
    return [
      {
        ...{ id, label, source, department, maxAgeDays, fresh },
        policies: users.map(({ policy }) => policy.policy.title),
        stale: (known?.known ?? 0) - fresh,
        absent: firms - (known?.known ?? 0),
        ...(known && { newest: known.newest }),
        ...(staleAfter && { staleAfter }),
        light: lightOf(fresh, firms, staleAfter, today),
      },
    ];
  });
  const lights = new Map(facts.map(({ id, light }) => [id, light]));
  return {
    facts: facts.toSorted((a, b) => (`${a.source} ${a.id}` < `${b.source} ${b.id}` ? -1 : 1)),
    policies: policies.map((policy) => lightOfPolicy(policy, lights)),
  };
}

function lightOf(fresh: number, firms: number, staleAfter: Day | undefined, today: Day): Light {
  if (fresh === 0) return "red";
  const isRunningOut = staleAfter !== undefined && staleAfter < addDays(today, SOON_DAYS);
  return isRunningOut || fresh < firms * NEARLY_ALL ? "amber" : "green";
}

/** As good as the worst of its facts. */
function lightOfPolicy({ policy, needs }: CompiledPolicy, lights: ReadonlyMap<string, Light>): PolicyLight {
  const having = (light: Light) => needs.filter((fact) => lights.get(fact) === light);
  const worst = (["red", "amber"] as const).find((light) => having(light).length > 0);
  return { id: policy.id, title: policy.title, light: worst ?? "green", because: worst ? having(worst) : [] };
}
