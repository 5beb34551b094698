import { decide, type Json, type Profile } from "@apply-free/rules";
import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { firmProfiles } from "../matching/firm-profiles.ts";
import type { OwnPayments, ProfileSource } from "../matching/ports.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { besideOthers, type ChangedFact, consequenceOf, dueOf, type Reassessment, termsOf } from "./reassessment.ts";
import type { PaidAward, ReassessmentStore } from "./reassessment-store.ts";

export type ReassessStores = Readonly<{
  reassessments: ReassessmentStore;
  profiles: ProfileSource;
  ownPayments: OwnPayments;
  policyVersions: PolicyVersionStore;
  journal: Journal;
}>;

export type ReassessDeps<Stores extends ReassessStores = ReassessStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  compiled: CompiledPolicies;
}>;

/**
 * Decides paid awards again where a delivery says otherwise what they were decided with: by the rule
 * of the award, about its day, with what is known now. A difference opens a review for a person to
 * look at; no money moves (不自动追缴). A later delivery supersedes an open review, or settles it.
 *
 * @returns how many reviews were opened
 */
export async function reassessPaid<Stores extends ReassessStores>(
  { transaction, clock, compiled }: ReassessDeps<Stores>,
  deliveryId: string,
): Promise<number> {
  return transaction(async (stores) => {
    let opened = 0;
    for (const award of await stores.reassessments.awardsTouchedBy(deliveryId)) {
      const settled = await stores.reassessments.lastClosedOf(award.entitlementId);
      const computed = await reassess(stores, compiled, award, settled, deliveryId, clock.now());
      // Said again, it is not asked again: a person has answered exactly this.
      const found =
        computed && settled?.status === "dismissed" && isSameQuestion(computed, settled) ? undefined : computed;
      const earlier = await stores.reassessments.openOf(award.entitlementId);
      if (earlier) await supersede(stores, earlier, deliveryId, clock.now());
      if (!found) continue;
      await stores.reassessments.insert(found);
      const { id: subject, entitlementId, paidFen, dueFen, openedAt: at } = found;
      const due = dueFen === undefined ? null : String(dueFen);
      const payload = { entitlementId, deliveryId, paidFen: String(paidFen), dueFen: due };
      await stores.journal.append({ type: "reassessment-opened", subject, actor: "system:reassessment", at, payload });
      opened += 1;
    }
    return opened;
  });
}

/** `undefined`: what is known now gives the same amount. */
async function reassess(
  { profiles, ownPayments, policyVersions }: ReassessStores,
  compiled: CompiledPolicies,
  { entitlementId, firmCode, policyVersionId, paidFen, grantedFen, askedFen, asOf, facts }: PaidAward,
  settled: Reassessment | undefined,
  deliveryId: string,
  now: Date,
): Promise<Reassessment | undefined> {
  const { policy, needs } = await compiled.load(policyVersions, policyVersionId);
  // Only what had been paid by then: the award itself comes after.
  const wanted = { knownOn: dayOf(now), paidBefore: asOf };
  const { profile: known } = (await firmProfiles({ profiles, ownPayments }, [firmCode], asOf, wanted))(firmCode);
  const { outcome, amount } = await decide(policy, known, { asOf });
  const due = besideOthers(dueOf(outcome, amount), grantedFen, askedFen);
  const found: Reassessment = {
    id: derivedId("reassessment", entitlementId, deliveryId),
    ...{ entitlementId, deliveryId, asOf, outcome, paidFen, openedAt: now, status: "open" },
    changed: changesSince(settled, changesBetween(facts, known, needs)),
    ...(due !== undefined && { dueFen: due }),
  };
  return consequenceOf(found).kind === "none" || found.changed.length === 0 ? undefined : found;
}

/** Back at what it was decided with: then what has changed is what an upheld review had said meanwhile. */
function changesSince(settled: Reassessment | undefined, changed: readonly ChangedFact[]): readonly ChangedFact[] {
  if (changed.length > 0 || settled?.status !== "upheld") return changed;
  return settled.changed.map(({ factId, was, now }) => ({
    factId,
    ...(now !== undefined && { was: now }),
    ...(was !== undefined && { now: was }),
  }));
}

function isSameQuestion(one: Reassessment, other: Reassessment): boolean {
  const of = ({ paidFen, dueFen, changed }: Reassessment) =>
    canonicalJson({
      paid: String(paidFen),
      due: String(dueFen),
      changed: changed.map(({ factId, now }) => [factId, now ?? "unknown"]),
    });
  return of(one) === of(other);
}

function changesBetween(was: Profile, now: Profile, needs: readonly string[]): ChangedFact[] {
  return needs.flatMap((factId) => {
    const [before, after] = [valueIn(was, factId), valueIn(now, factId)];
    if (canonicalJson(before ?? "unknown") === canonicalJson(after ?? "unknown")) return [];
    const state = now[factId];
    const sourceId = state?.state === "known" ? state.source : undefined;
    return [
      {
        factId,
        ...(before !== undefined && { was: before }),
        ...(after !== undefined && { now: after }),
        ...(sourceId !== undefined && { sourceId }),
      },
    ];
  });
}

function valueIn(profile: Profile, factId: string): Json | undefined {
  const state = profile[factId];
  return state?.state === "known" ? state.value : undefined;
}

async function supersede(
  { reassessments, journal }: ReassessStores,
  earlier: Reassessment,
  deliveryId: string,
  at: Date,
): Promise<void> {
  const reason = `delivery ${deliveryId}`;
  const by = "system:reassessment";
  await reassessments.save({ ...termsOf(earlier), status: "superseded", closedBy: by, closedAt: at, reason });
  const payload = { entitlementId: earlier.entitlementId, status: "superseded" as const, reason };
  await journal.append({ type: "reassessment-closed", subject: earlier.id, actor: by, at, payload });
}
