import { alignOffers, type OfferChange, type OfferStores } from "../entitlement/offer.ts";
import { relationsAmong } from "../entitlement/policy-relations.ts";
import { dayOf } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { FirmAnswers } from "../matching/run-matching.ts";
import { offerNotice } from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";

/**
 * What a night's answers mean: offers follow them, and each firm is told about all its new offers
 * in one message.
 */
export async function applyAnswers(
  stores: OfferStores & Readonly<{ notices: NoticeBoard }>,
  answers: readonly FirmAnswers[],
  runId: string,
  now: Date,
): Promise<void> {
  const codes = new Set(answers.flatMap(({ firm, forebears }) => [firm.code, ...forebears]));
  const all = await stores.entitlements.listOfFirms([...codes]);
  const known = Map.groupBy(all, ({ entitlement }) => entitlement.firmCode);
  const terms = await stores.stacking.of(all.map(({ entitlement }) => entitlement.id));
  // Every firm of a run is matched under the same policies.
  const relations = relationsAmong((answers[0]?.matches ?? []).map(({ compiled }) => compiled.policy));
  const day = { now, successions: await stores.lineSuccessions.list() };
  for (const { firm, forebears, matches } of answers) {
    const inherited = forebears.flatMap((code) => known.get(code) ?? []);
    const beneficiary = { isConfirmed: firm.isConfirmed, own: known.get(firm.code) ?? [], inherited, forebears, terms };
    const changes = await alignOffers(stores, matches, beneficiary, relations, day);
    // What is withdrawn is told with its event, whoever withdraws it.
    const offered = changes.filter(({ kind }) => kind !== "withdrawn");
    if (offered.length > 0) await announce(stores.notices, firm.code, offered, runId, now);
  }
}

async function announce(
  notices: NoticeBoard,
  firmCode: string,
  offered: readonly OfferChange[],
  runId: string,
  at: Date,
) {
  // The sum of the message is what the firm can have; what it may take instead is shown beside the choice.
  const proposed = offered.filter(({ isProposed }) => isProposed);
  const lines = (proposed.length > 0 ? proposed : offered).map(({ entitlement, match }) => ({
    title: match.compiled.policy.title,
    amountFen: entitlement.amountFen,
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
