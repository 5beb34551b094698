import { toConsent } from "../confirmation/consent.prisma.ts";
import { toTerms } from "../entitlement/stacking-terms.prisma.ts";
import { fen } from "../kernel/money.ts";
import type { ChannelName } from "../notice/channel.ts";
import type { Dispatch, Entitlement } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CaseConsent, CaseNotice, CaseOffer, CaseSending } from "./case-chain.ts";
import type { People } from "./people.prisma.ts";

export async function caseOffer(db: Tx, row: Entitlement): Promise<CaseOffer> {
  const found = await db.stackingTerms.findUnique({ where: { entitlementId: row.id } });
  if (!found) return toOffer(row);
  const { askedFen, reasons, choices } = toTerms(found);
  return { ...toOffer(row), beside: { askedFen: fen(askedFen), reasons: [...reasons, ...choices] } };
}

function toOffer(row: Entitlement): CaseOffer {
  const { id: entitlementId, offeredAt, confirmBefore, remindersSent } = row;
  return {
    ...{ entitlementId, offeredAt, confirmBefore, remindersSent },
    status: row.status as CaseOffer["status"],
    amountFen: fen(row.amountFen),
    ...(row.confirmedAt && { confirmedAt: row.confirmedAt }),
    ...(row.closedAt && { closedAt: row.closedAt }),
    ...(row.closedReason && { closedReason: row.closedReason }),
    ...(row.paidAt && { paidAt: row.paidAt }),
  };
}

export async function caseConsents(
  db: Tx,
  firmCode: string,
  entitlementId: string,
  people: People,
): Promise<CaseConsent[]> {
  const consents = (await db.consent.findMany({ where: { firmCode }, orderBy: { at: "asc" } })).map(toConsent);
  await people.load(consents.map(({ actor }) => actor));
  return consents.flatMap(({ id, receiptNo, actor, at, requestSha256, totalFen, lines }) =>
    lines
      .filter((line) => line.entitlementId === entitlementId)
      .map(({ answer, amountFen }) => ({
        ...{ id, receiptNo, at, requestSha256, totalFen, answer },
        actor: people.get(actor),
        amountFen: fen(amountFen),
      })),
  );
}

/** What the firm was told of this benefit, and its messages about several at once. */
export async function caseNotices(db: Tx, firmCode: string, entitlementId: string): Promise<CaseNotice[]> {
  const messages = await db.inboxMessage.findMany({
    where: { firmCode, OR: [{ entitlementId }, { entitlementId: null }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const letters = messages.flatMap(({ letterId }) => letterId ?? []);
  const dispatches = await db.dispatch.findMany({
    where: { OR: [{ letterId: { in: letters } }, { noticeId: { in: messages.map(({ id }) => id) } }] },
    orderBy: [{ queuedAt: "asc" }, { channel: "asc" }],
  });
  return messages.map(({ id, kind, subject, createdAt, readAt, letterId }) => ({
    ...{ id, kind, subject, createdAt },
    ...(readAt && { readAt }),
    sendings: dispatches
      .filter((dispatch) => dispatch.noticeId === id || (letterId !== null && dispatch.letterId === letterId))
      .map(toSending),
  }));
}

function toSending({ channel, status, attempts, sentAt, lastError }: Dispatch): CaseSending {
  return {
    channel: channel as ChannelName,
    status: status as CaseSending["status"],
    attempts,
    ...(sentAt && { sentAt }),
    ...(lastError && { lastError }),
  };
}
