import { awardKey, type Breach, type DueAward, findBreaches, GROUP_LEDGER, type Profile } from "@apply-free/rules";
import { type Day, dayOf } from "../kernel/day.ts";
import { sumFen } from "../kernel/money.ts";
import { isLaterPartOf } from "./award-part.ts";
import { agreedStatuses, type Entitlement } from "./entitlement.ts";
import type { EntitlementStore } from "./entitlement-store.ts";
import { firmLedger } from "./firm-ledger.ts";
import { countsGroups, isReached, namesOf, type PolicyRelations } from "./policy-relations.ts";
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
  const asOf = dayOf(at);
  const relations = await stacking.relations();
  const withGroup = countsGroups(relations);
  const before = withGroup ? await stacking.receivedBy(first.firmCode, asOf, true) : undefined;
  await stacking.lock(first.firmCode, objects, before?.group?.head);
  // What was received is read once nobody else can add to it.
  const { profile, group } = await stacking.receivedBy(first.firmCode, asOf, withGroup);
  // It came under another head while this waited: who else agrees for that one was not kept out.
  const facts = group?.head === before?.group?.head ? profile : without(profile, GROUP_LEDGER);
  const line = [first.firmCode, ...[...terms.values()].flatMap(({ forebears }) => forebears)];
  const isChosen = new Set(chosen.map(({ id }) => id));
  const agreedBy = async (codes: readonly string[]) => {
    const held = codes.length === 0 ? [] : await entitlements.listOfFirms([...new Set(codes)]);
    const all = held.map(({ entitlement }) => entitlement);
    return all.filter(({ id, status }) => agreedStatuses.has(status) && !isChosen.has(id));
  };
  const ofLine = await agreedBy(line);
  // An award in parts is looked at as one, whichever of them are paid by now.
  const whole = chosen.map((award) => withLaterParts(award, ofLine));
  const own = ofLine.filter((other) => !chosen.some((award) => isLaterPartOf(award, other)));
  const ofGroup = await agreedBy((group?.others ?? []).filter((code) => !line.includes(code)));
  const elsewhere = (await stacking.agreedFor(objects)).filter(({ firmCode }) => !line.includes(firmCode));
  const agreed = { own, ofGroup, elsewhere, terms: await stacking.of([...own, ...ofGroup].map(({ id }) => id)) };
  return breachesOf(whole, terms, { relations, ledger: firmLedger(facts, agreed, relations, asOf), asOf });
}

function withLaterParts(award: Entitlement, own: readonly Entitlement[]): Entitlement {
  const later = own.filter((other) => isLaterPartOf(award, other));
  return { ...award, amountFen: sumFen([award.amountFen, ...later.map(({ amountFen }) => amountFen)]) };
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

function without(profile: Profile, fact: string): Profile {
  return Object.assign(Object.create(null), profile, { [fact]: { state: "unknown", reason: "not-obtained" } });
}
