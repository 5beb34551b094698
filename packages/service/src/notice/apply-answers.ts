import { departmentOf, labelOf } from "@apply-free/rules";
import type { Versioned } from "../entitlement/entitlement-store.ts";
import { alignOffers, type OfferChange, type OfferStores } from "../entitlement/offer.ts";
import { countsGroups, isReached, type PolicyRelations, relationsAmong } from "../entitlement/policy-relations.ts";
import { dayOf } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { Match } from "../matching/match.ts";
import type { Applied, FirmAnswers } from "../matching/run-matching.ts";
import { awardOf, awardOfMatch } from "../watch/near-miss.ts";
import { type Watched, type WatchStores, watchNearMisses } from "../watch/watch-near-misses.ts";
import { offerNotice, repairNotice } from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";

/**
 * What a night's answers mean: offers follow them, and each firm is told about all its new offers
 * in one message. What it is only one fact away from is watched; where that is a record of credit, it is
 * told how to repair it (信用修复告知).
 */
export async function applyAnswers(
  stores: OfferStores & WatchStores & Readonly<{ notices: NoticeBoard }>,
  answers: readonly FirmAnswers[],
  runId: string,
  now: Date,
): Promise<Applied> {
  // Every firm of a run is matched under the same policies.
  const relations = relationsAmong((answers[0]?.matches ?? []).map(({ compiled }) => compiled.policy));
  const membersOf = ({ group }: FirmAnswers) => (countsGroups(relations) ? (group?.others ?? []) : []);
  const codes = new Set(answers.flatMap((each) => [each.firm.code, ...each.forebears, ...membersOf(each)]));
  const all = await stores.entitlements.listOfFirms([...codes]);
  const known = Map.groupBy(all, ({ entitlement }) => entitlement.firmCode);
  const answered = new Set(all.filter(isAnswered).map(({ entitlement }) => awardOf(entitlement)));
  const watched = await watchNearMisses(stores, answers, (match) => answered.has(awardOfMatch(match)), now);
  const terms = await stores.stacking.of(all.map(({ entitlement }) => entitlement.id));
  const day = { now, successions: await stores.lineSuccessions.list() };
  const heldBy = (holders: readonly string[]) => holders.flatMap((code) => known.get(code) ?? []);
  for (const answer of answers) {
    const { firm, forebears, matches } = answer;
    const [own, inherited, ofGroup] = [heldBy([firm.code]), heldBy(forebears), heldBy(membersOf(answer))];
    const beneficiary = { isConfirmed: firm.isConfirmed, own, inherited, ofGroup, forebears, terms };
    const changes = await alignOffers(stores, matches, beneficiary, relations, day);
    // What is withdrawn is told with its event, whoever withdraws it.
    const offered = changes.filter(({ kind }) => kind !== "withdrawn");
    if (offered.length > 0) await announce(stores.notices, firm.code, offered, watched.met, runId, now);
    await tellRepair(stores.notices, firm.code, watched.opened.get(firm.code) ?? [], runId, now);
  }
  const unsettled = answers.filter(({ matches }) => matches.some((match) => hangsOnOthers(match, relations)));
  return { unsettled: new Set(unsettled.map(({ firm }) => firm.code)) };
}

/** What others agree to for the same person, loan or project, and what the firm agreed to elsewhere, may change it. */
function hangsOnOthers({ stored, compiled }: Match, relations: PolicyRelations): boolean {
  const { policyId, decision } = stored;
  const isMeant = isReached(relations, policyId) || relations.contradictory.has(policyId);
  return isMeant && compiled.isOffered && decision.outcome === "eligible";
}

/** Agreed to, or further: nothing of that award is open any more. */
function isAnswered({ entitlement }: Versioned): boolean {
  return ["confirmed", "waitlisted", "paid", "received"].includes(entitlement.status);
}

type Opened = Watched["opened"] extends ReadonlyMap<string, infer Each> ? Each : never;

/** Only a record of credit stands in the way: which one, who keeps it, and that a repair is noticed by itself. */
async function tellRepair(notices: NoticeBoard, firmCode: string, opened: Opened, runId: string, at: Date) {
  const blocked = opened.filter(({ miss }) => miss.kind === "credit");
  if (blocked.length === 0) return;
  const lines = blocked.map(({ miss, match }) => {
    const { title, vocabulary } = match.compiled.policy;
    return { title, record: labelOf(vocabulary, miss.fact), keeper: departmentOf(vocabulary, miss.fact) };
  });
  const id = derivedId("notice", "repair", firmCode, runId);
  await notices.post({ ...repairNotice(lines), id, firmCode, kind: "repair", at });
}

async function announce(
  notices: NoticeBoard,
  firmCode: string,
  offered: readonly OfferChange[],
  met: ReadonlySet<string>,
  runId: string,
  at: Date,
) {
  // The sum of the message is what the firm can have; what it may take instead is shown beside the choice.
  const proposed = offered.filter(({ isProposed }) => isProposed);
  const lines = (proposed.length > 0 ? proposed : offered).map(({ entitlement, match }) => ({
    title: match.compiled.policy.title,
    amountFen: entitlement.amountFen,
    wasNear: met.has(awardOfMatch(match)),
  }));
  const firstDeadline = Math.min(...offered.map(({ entitlement }) => entitlement.confirmBefore.getTime()));
  const lastDay = dayOf(new Date(firstDeadline - 1));
  await notices.post({
    ...offerNotice(lines, lastDay),
    id: derivedId("notice", "offer", firmCode, runId),
    firmCode,
    kind: "offer",
    entitlementIds: offered.map(({ entitlement }) => entitlement.id),
    at,
  });
}
