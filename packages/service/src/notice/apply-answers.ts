import { alignOffers, type OfferChange, type OfferStores } from "../entitlement/offer.ts";
import { dayOf } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { Match } from "../matching/match.ts";
import { offerNotice, withdrawnNotice } from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";

/**
 * What a night's answers mean for one firm: its offers follow them, and it is told about all new
 * offers in one message.
 */
export async function applyAnswers(
  stores: OfferStores & Readonly<{ notices: NoticeBoard }>,
  firmCode: string,
  matches: readonly Match[],
  runId: string,
  now: Date,
): Promise<void> {
  const changes = await alignOffers(stores, matches, now);
  const offered = changes.filter(({ kind }) => kind !== "withdrawn");
  if (offered.length > 0) await announce(stores.notices, firmCode, offered, runId, now);
  for (const { entitlement, match, kind } of changes) {
    if (kind !== "withdrawn") continue;
    const text = withdrawnNotice({ title: match.compiled.policy.title.zh, amountFen: entitlement.amountFen });
    const id = derivedId("notice", "withdrawn", entitlement.id, runId);
    await stores.notices.post({ ...text, id, firmCode, kind, entitlementId: entitlement.id, at: now });
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
    title: match.compiled.policy.title.zh,
    amountFen: entitlement.amountFen,
  }));
  const firstDeadline = offered.reduce(
    (earliest, { entitlement }) => (entitlement.confirmBefore < earliest ? entitlement.confirmBefore : earliest),
    new Date(8.64e15),
  );
  const lastDay = dayOf(new Date(firstDeadline.getTime() - 1));
  await notices.post({
    ...offerNotice(lines, lastDay),
    id: derivedId("notice", "offer", firmCode, runId),
    firmCode,
    kind: "offer",
    at,
  });
}
