import { addDays, type Day } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { debts } from "./debt.prisma.ts";
import { brokenPromises, byLateness, type Debt, type TimedDebt, timed } from "./debt.ts";

type PromiseDeps = Readonly<{ db: Tx; compiled: CompiledPolicies; today: Day }>;

/** How long a promise that was kept too late stays in the public list. */
const SHOWN_DAYS = 365;

/** Everything approved and unpaid, with its clocks, the latest first: the finance desk's ageing list. */
export async function ageingOf(deps: PromiseDeps): Promise<TimedDebt[]> {
  return byLateness(await withClocks(deps, await debts(deps.db).unpaid(deps.today)));
}

/**
 * What was not paid in time, unpaid or paid too late: computed from the books whenever somebody
 * looks, so that nobody has to enter it and nobody can leave it out.
 */
export async function overdueOf(deps: PromiseDeps): Promise<TimedDebt[]> {
  const { db, today } = deps;
  // Working days are no more than calendar days: what is not slower than one day kept every promise.
  const slow = await debts(db).paidSlowly(addDays(today, -SHOWN_DAYS), 1);
  return brokenPromises(await withClocks(deps, [...(await debts(db).unpaid(today)), ...slow]));
}

/** The clocks of one benefit, for its own page. */
export async function clocksOfCase(deps: PromiseDeps, entitlementId: string): Promise<TimedDebt | undefined> {
  const debt = await debts(deps.db).of(entitlementId);
  if (!debt) return undefined;
  const [found] = await withClocks(deps, [debt]);
  return found;
}

async function withClocks({ db, compiled, today }: PromiseDeps, found: readonly Debt[]): Promise<TimedDebt[]> {
  const versions = policyVersionStore(db);
  const result: TimedDebt[] = [];
  for (const debt of found) {
    // The limit of the version that the benefit was granted by; a later version changes no promise.
    const { policy } = await compiled.load(versions, debt.policyVersionId);
    result.push(timed(debt, policy.timeLimits, today));
  }
  return result;
}
