import { awardKey, type Breach, type DueAward, findBreaches, type Profile } from "@apply-free/rules";
import { type Day, dayOf } from "../kernel/day.ts";
import { agreedStatuses, type Entitlement } from "./entitlement.ts";
import type { EntitlementStore } from "./entitlement-store.ts";
import { firmLedger } from "./firm-ledger.ts";
import { isReached, namesOf, type PolicyRelations } from "./policy-relations.ts";
import type { StackingStore, StackingTerms } from "./stacking-terms.ts";

export type GateStores = Readonly<{ entitlements: Pick<EntitlementStore, "listOfFirms">; stacking: StackingStore }>;

/**
 * What stands against paying these benefits of one firm together, with all that it has agreed to and
 * received by now. Waits until nobody else agrees for the firm, nor for the same persons, loans and
 * projects, so that two acts at once cannot exceed what one of them may have.
 */
export async function standsAgainst(
  { entitlements, stacking }: GateStores,
  chosen: readonly Entitlement[],
  at: Date,
): Promise<readonly Breach[]> {
  const [first] = chosen;
  const terms = await stacking.of(chosen.map(({ id }) => id));
  // No policy said anything about them beside others when they were offered.
  if (!first || terms.size === 0) return [];
  const objects = [...terms.values()].flatMap(({ shares }) => shares.flatMap((share) => share.objects));
  await stacking.lock(first.firmCode, objects);
  const relations = await stacking.relations();
  const line = [first.firmCode, ...[...terms.values()].flatMap(({ forebears }) => forebears)];
  const held = await entitlements.listOfFirms([...new Set(line)]);
  const isChosen = new Set(chosen.map(({ id }) => id));
  const own = held
    .map(({ entitlement }) => entitlement)
    .filter(({ id, status }) => agreedStatuses.has(status) && !isChosen.has(id));
  const elsewhere = (await stacking.agreedFor(objects)).filter(({ firmCode }) => !line.includes(firmCode));
  const agreed = { own, terms: await stacking.of(own.map(({ id }) => id)), elsewhere };
  const asOf = dayOf(at);
  const facts = recordsIn(await stacking.factsOf([...isChosen]));
  return breachesOf(chosen, terms, { relations, ledger: firmLedger(facts, agreed, relations, asOf), asOf });
}

type Around = Readonly<{ relations: PolicyRelations; ledger: ReturnType<typeof firmLedger>; asOf: Day }>;

function breachesOf(
  chosen: readonly Entitlement[],
  terms: ReadonlyMap<string, StackingTerms>,
  { relations, ledger, asOf }: Around,
): readonly Breach[] {
  const awards: DueAward[] = [];
  const granted = new Map<string, readonly bigint[]>();
  for (const { id, policyId: policy, period, amountFen } of chosen) {
    if (!isReached(relations, policy)) continue;
    const { askedFen = amountFen, shares = [] } = terms.get(id) ?? {};
    const asked = shares.map(({ objects, askedFen: fen }) => ({ objects, fen }));
    const amount = { kind: "exact", fen: String(askedFen) } as const;
    const families = namesOf(relations.familyOf, policy).slice(1);
    awards.push({ policy, period, families, amount, ...(asked.length > 0 && { shares: asked }) });
    granted.set(awardKey({ policy, period }), asked.length > 0 ? shares.map(({ fen }) => fen) : [amountFen]);
  }
  return findBreaches({ rules: relations.rules, awards, ledger, asOf }, granted);
}

/** What was received, as the newest decisions know it; of several the first, they were made together. */
function recordsIn(facts: ReadonlyMap<string, Profile>): Profile {
  return Object.assign(Object.create(null), ...facts.values());
}
