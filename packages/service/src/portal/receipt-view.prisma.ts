import type { ReceiptProps } from "@apply-free/ui";
import { toConsent } from "../confirmation/consent.prisma.ts";
import { dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { addWorkingDays } from "../kernel/working-day.ts";
import { SENT_WITHIN_WORKING_DAYS } from "../payment/payment-clock.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { accountView, type FirmViewDeps } from "./firm-views.prisma.ts";

/** One act of the firm, to keep and to print. @throws DomainError not-found, also for somebody else's */
export async function receiptView(
  { db, compiled }: FirmViewDeps,
  firm: Readonly<{ firmCode: string; firmName: string }>,
  receiptNo: string,
): Promise<Omit<ReceiptProps, "context">> {
  const row = await db.consent.findUnique({ where: { receiptNo } });
  if (row?.firmCode !== firm.firmCode)
    throw new DomainError("not-found", "没有这张回执。No such receipt.", { receiptNo });
  const { actor, at, lines, requestSha256 } = toConsent(row);
  const ids = lines.map(({ entitlementId }) => entitlementId);
  const entitlements = await db.entitlement.findMany({ where: { id: { in: ids } } });
  const person = await db.account.findUnique({ where: { id: actor }, select: { displayName: true } });
  const known = new Map(entitlements.map((entitlement) => [entitlement.id, entitlement]));
  const shown: ReceiptProps["lines"][number][] = [];
  for (const { entitlementId, amountFen, answer } of lines) {
    const entitlement = known.get(entitlementId);
    if (!entitlement) continue;
    const { policy } = await compiled.load(policyVersionStore(db), entitlement.policyVersionId);
    const waits = answer === "confirmed" && entitlement.status === "waitlisted";
    shown.push({
      entitlementId,
      title: policy.title,
      amountFen,
      answer: waits ? "waitlisted" : answer,
      policyVersion: policy.version,
    });
  }
  const accountId = entitlements.find(({ bankAccountId }) => bankAccountId !== null)?.bankAccountId;
  return {
    receiptNo,
    firmName: firm.firmName,
    creditCode: firm.firmCode,
    at: at.toISOString(),
    actorName: person?.displayName ?? actor,
    lines: shown,
    account: accountId ? await accountView(db, { id: accountId }) : undefined,
    payBy: addWorkingDays(dayOf(at), SENT_WITHIN_WORKING_DAYS),
    digest: requestSha256,
  };
}
