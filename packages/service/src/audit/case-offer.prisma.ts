import { toConsent } from "../confirmation/consent.prisma.ts";
import { toTerms } from "../entitlement/stacking-terms.prisma.ts";
import { fen } from "../kernel/money.ts";
import type { Entitlement, InboxMessage, OutgoingMail } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CaseConsent, CaseNotice, CaseOffer } from "./case-chain.ts";
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
  const mails = await db.outgoingMail.findMany({ where: { id: { in: messages.map(({ id }) => id) } } });
  return messages.map((message) =>
    toNotice(
      message,
      mails.find(({ id }) => id === message.id),
    ),
  );
}

function toNotice({ id, kind, subject, createdAt, readAt }: InboxMessage, mail: OutgoingMail | undefined): CaseNotice {
  return {
    ...{ id, kind, subject, createdAt },
    ...(readAt && { readAt }),
    ...(mail && {
      mail: {
        status: mail.status as "queued" | "sent" | "dead",
        attempts: mail.attempts,
        ...(mail.sentAt && { sentAt: mail.sentAt }),
        ...(mail.lastError && { lastError: mail.lastError }),
      },
    }),
  };
}
