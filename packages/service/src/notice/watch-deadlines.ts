import { type Entitlement, lapse } from "../entitlement/entitlement.ts";
import type { EntitlementStore, Versioned } from "../entitlement/entitlement-store.ts";
import type { Clock } from "../kernel/clock.ts";
import { dayOf, daysBetween } from "../kernel/day.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { lapsedNotice, reminderNotice } from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  policyVersions: PolicyVersionStore;
  notices: NoticeBoard;
  journal: Journal;
}>;
export type DeadlineDeps = Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** Days before the last day on which a firm that has not answered is reminded. */
const REMINDER_DAYS = [7, 3, 1] as const;

/** Reminds firms whose offers run out soon; each of the three reminders is sent once. */
export function remindFirms(deps: DeadlineDeps): Promise<number> {
  return forEachOffer(deps, isReminderDue, async (stores, { entitlement, rowVersion }, title, now) => {
    const due = remindersDue(entitlement, now);
    await stores.entitlements.save({ ...entitlement, remindersSent: due }, rowVersion);
    const { id, firmCode, amountFen } = entitlement;
    await stores.notices.post({
      ...reminderNotice({ title, amountFen }, lastDayOf(entitlement)),
      id: derivedId("notice", "reminder", id, entitlement.offeredAt.toISOString(), due),
      firmCode,
      kind: "reminder",
      entitlementId: id,
      at: now,
    });
    await stores.journal.append({
      type: "entitlement-reminded",
      subject: id,
      actor: "system:reminders",
      at: now,
      payload: { nth: due },
    });
  });
}

/** Closes offers whose deadline has passed without an answer, and says so. */
export function lapseOffers(deps: DeadlineDeps): Promise<number> {
  return forEachOffer(deps, isOver, async (stores, { entitlement, rowVersion }, title, now) => {
    const lapsed = lapse(entitlement, now);
    await stores.entitlements.save(lapsed, rowVersion);
    const { id, firmCode, amountFen, confirmBefore } = entitlement;
    await stores.notices.post({
      ...lapsedNotice({ title, amountFen }),
      id: derivedId("notice", "lapsed", id, entitlement.offeredAt.toISOString()),
      firmCode,
      kind: "lapsed",
      entitlementId: id,
      at: now,
    });
    const payload = { confirmBefore: confirmBefore.toISOString() };
    await stores.journal.append({ type: "entitlement-lapsed", subject: id, actor: "system:lapse", at: now, payload });
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
export function lastDayOf({ confirmBefore }: Pick<Entitlement, "confirmBefore">) {
  return dayOf(new Date(confirmBefore.getTime() - 1));
}

type Visit = (stores: Stores, offer: Versioned, title: string, now: Date) => Promise<void>;

/** One transaction per offer that is due: one firm's trouble never holds up the others. */
async function forEachOffer(
  { transaction, clock }: DeadlineDeps,
  isDue: (offer: Entitlement, now: Date) => boolean,
  visit: Visit,
): Promise<number> {
  const now = clock.now();
  const open = await transaction(({ entitlements }) => entitlements.listByStatus("offered"));
  let changed = 0;
  for (const { entitlement } of open.filter((offer) => isDue(offer.entitlement, now))) {
    const acted = await transaction(async (stores) => {
      const current = await stores.entitlements.get(entitlement.id);
      if (current.entitlement.status !== "offered" || !isDue(current.entitlement, now)) return false;
      await visit(stores, current, await stores.policyVersions.titleOf(entitlement.policyVersionId), now);
      return true;
    });
    if (acted) changed += 1;
  }
  return changed;
}
