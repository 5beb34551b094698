import { type Entitlement, lapse } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { addDays, dayOf, daysBetween, startOfDay } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { lapsedNotice, reminderNotice } from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";
import { standingOf } from "./proof.ts";
import type { ProofStore } from "./proof-store.ts";
import { visitOffers } from "./visit-offers.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  policyVersions: PolicyVersionStore;
  notices: NoticeBoard;
  proofs: ProofStore;
  journal: Journal;
}>;
export type DeadlineDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** Days before the last day on which a firm that has not answered is reminded. */
const REMINDER_DAYS = [7, 3, 1] as const;

/** Reminds firms whose offers run out soon; each of the three reminders is sent once. */
export function remindFirms(deps: DeadlineDeps): Promise<number> {
  const soon = (now: Date) => startOfDay(addDays(dayOf(now), REMINDER_DAYS[0] + 2));
  return visitOffers(deps, soon, isReminderDue, async (stores: Stores, { entitlement, rowVersion }, now) => {
    const due = remindersDue(entitlement, now);
    await stores.entitlements.save({ ...entitlement, remindersSent: due }, rowVersion);
    const { id, firmCode, amountFen, policyVersionId, offeredAt, confirmBefore } = entitlement;
    const title = await stores.policyVersions.titleOf(policyVersionId);
    await stores.notices.post({
      ...reminderNotice({ title, amountFen }, lastDayOf(entitlement)),
      // A deadline that was extended has reminders of its own.
      id: derivedId("notice", "reminder", id, offeredAt.toISOString(), confirmBefore.toISOString(), due),
      firmCode,
      kind: "reminder",
      entitlementIds: [id],
      at: now,
    });
    await stores.journal.append({
      type: "entitlement-reminded",
      subject: id,
      actor: "system:reminders",
      at: now,
      payload: { nth: due },
    });
    return true;
  });
}

/** Closes offers whose deadline has passed without an answer, of firms that are known to have known in time. */
export function lapseOffers(deps: DeadlineDeps): Promise<number> {
  const justOver = (now: Date) => new Date(now.getTime() + 1);
  return visitOffers(deps, justOver, isOver, async (stores: Stores, { entitlement, rowVersion }, now) => {
    const { id, firmCode, amountFen, confirmBefore, offeredAt, policyVersionId } = entitlement;
    const standing = standingOf(entitlement, await stores.proofs.firstOf(id, offeredAt), now);
    if (standing.kind !== "proved") return false;
    await stores.entitlements.save(lapse(entitlement, now), rowVersion);
    const title = await stores.policyVersions.titleOf(policyVersionId);
    await stores.notices.post({
      ...lapsedNotice({ title, amountFen }),
      id: derivedId("notice", "lapsed", id, offeredAt.toISOString()),
      firmCode,
      kind: "lapsed",
      entitlementIds: [id],
      at: now,
    });
    const payload = { confirmBefore: confirmBefore.toISOString() };
    await stores.journal.append({ type: "entitlement-lapsed", subject: id, actor: "system:lapse", at: now, payload });
    return true;
  });
}

function isReminderDue(offer: Entitlement, now: Date): boolean {
  return remindersDue(offer, now) > offer.remindersSent && !isOver(offer, now);
}

function isOver({ confirmBefore }: Entitlement, now: Date): boolean {
  return now >= confirmBefore;
}

function remindersDue(entitlement: Entitlement, now: Date): number {
  const daysLeft = daysBetween(dayOf(now), lastDayOf(entitlement));
  return REMINDER_DAYS.filter((days) => daysLeft <= days).length;
}

/** The last day on which the firm can answer. */
function lastDayOf({ confirmBefore }: Pick<Entitlement, "confirmBefore">) {
  return dayOf(new Date(confirmBefore.getTime() - 1));
}
