import type { ReceiptProps } from "@apply-free/ui";
import { toConsent } from "../confirmation/consent.prisma.ts";
import { dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { clocksOfCase } from "../payment/promises.prisma.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { arrivalOfParts, channelLines } from "./arrival-view.prisma.ts";
import { accountView, type FirmViewDeps } from "./firm-views.prisma.ts";

/** One act of the firm, to keep and to print. @throws DomainError not-found, also for somebody else's */
export async function receiptView(
  { db, compiled, now }: FirmViewDeps,
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
  const arrivals = await arrivalOfParts(db, ids);
  const shown: ReceiptProps["lines"][number][] = [];
  for (const { entitlementId, amountFen, answer } of lines) {
    const entitlement = known.get(entitlementId);
    if (!entitlement) continue;
    const { policy } = await compiled.load(policyVersionStore(db), entitlement.policyVersionId);
    const waits = answer === "confirmed" && entitlement.status === "waitlisted";
    const isOnItsWay = answer === "confirmed" && !waits;
    shown.push({
      payBy: isOnItsWay ? await payByOf({ db, compiled, today: dayOf(now) }, entitlementId) : undefined,
      entitlementId,
      title: policy.title,
      amountFen,
      answer: waits ? "waitlisted" : answer,
      policyVersion: policy.version,
      arrival: answer === "declined" ? [] : [...channelLines(policy), ...(arrivals.get(entitlementId) ?? [])],
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
    digest: requestSha256,
  };
}

/** What the policy itself promises, or has to keep; the house's own target is no promise of the policy. */
async function payByOf(
  deps: Parameters<typeof clocksOfCase>[0],
  entitlementId: string,
): Promise<ReceiptProps["lines"][number]["payBy"]> {
  const clocks = ((await clocksOfCase(deps, entitlementId))?.clocks ?? []).filter(({ clause }) => clause !== undefined);
  const clock = clocks.find(({ kind }) => kind === "promised") ?? clocks[0];
  return clock && { kind: clock.kind, on: clock.dueOn };
}
