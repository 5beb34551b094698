import { alignOffers, type OfferChange, type OfferStores } from "../entitlement/offer.ts";
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
  const known = Map.groupBy(
    await stores.entitlements.listOfFirms([...codes]),
    ({ entitlement }) => entitlement.firmCode,
  );
  for (const { firm, forebears, matches } of answers) {
    const inherited = forebears.flatMap((code) => known.get(code) ?? []);
    const beneficiary = { isConfirmed: firm.isConfirmed, own: known.get(firm.code) ?? [], inherited };
    const changes = await alignOffers(stores, matches, beneficiary, now);
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
  const lines = offered.map(({ entitlement, match }) => ({
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
