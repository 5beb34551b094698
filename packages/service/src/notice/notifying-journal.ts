import { FUND_SHORT } from "../entitlement/entitlement.ts";
import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import { isBesideOthers } from "../entitlement/stacking-terms.ts";
import { dayOf } from "../kernel/day.ts";
import type { DomainEvent, Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import {
  admittedNotice,
  besideOthersNotice,
  extendedNotice,
  type Ground,
  type NoticeKind,
  type NoticeText,
  type OfferLine,
  paidNotice,
  returnedNotice,
  turnedAwayNotice,
  withdrawnNotice,
} from "./notice.ts";
import type { GroundsStore, NoticeBoard } from "./notice-store.ts";
import { noticeWords } from "./notice-words.ts";

type Stores = Readonly<{
  entitlements: EntitlementStore;
  policyVersions: PolicyVersionStore;
  grounds: GroundsStore;
  notices: NoticeBoard;
  /** The channel of what stands where an account does and is none; nothing for a real one. */
  channelOf(bankAccountId: string): Promise<string | undefined>;
}>;

/**
 * A journal that also tells the firm: the message is written in the transaction of the event that
 * it tells about, whoever appends the event, so neither can exist without the other.
 */
export function notifyingJournal(journal: Journal, stores: Stores): Journal {
  return {
    async append(event) {
      await journal.append(event);
      const told = whatToTell(event);
      if (told) await tell(stores, event, told);
    },
  };
}

type Told = Readonly<{
  entitlementId: string;
  kind: NoticeKind;
  /** The decision against the firm that it tells of. */
  decisionId?: string;
  text(line: OfferLine, grounds: readonly Ground[]): NoticeText;
}>;

/** Which events a firm hears of, beside its offers and their deadlines. */
function whatToTell(event: DomainEvent): Told | undefined {
  switch (event.type) {
    case "payment-settled":
      return { entitlementId: event.payload.entitlementId, kind: "paid", text: paidNotice };
    case "payment-rejected":
    case "payment-returned": {
      const { entitlementId, reasonCode } = event.payload;
      return { entitlementId, kind: "returned", text: (line) => returnedNotice(line, reasonCode) };
    }
    case "entitlement-extended": {
      const lastDay = dayOf(new Date(Date.parse(event.payload.confirmBefore) - 1));
      return { entitlementId: event.subject, kind: "extended", text: (line) => extendedNotice(line, lastDay) };
    }
    case "entitlement-admitted":
      return { entitlementId: event.subject, kind: "confirmed", text: admittedNotice };
    case "entitlement-withdrawn": {
      const told = { entitlementId: event.subject, kind: "withdrawn" } as const;
      if (event.payload.reason === FUND_SHORT) return { ...told, text: turnedAwayNotice };
      if (isBesideOthers(event.payload.reason)) return { ...told, text: besideOthersNotice };
      return { ...told, decisionId: event.payload.decisionId, text: withdrawnNotice };
    }
    default:
      return undefined;
  }
}

async function tell(
  { entitlements, policyVersions, grounds, notices, channelOf }: Stores,
  event: DomainEvent,
  told: Told,
): Promise<void> {
  const { entitlement } = await entitlements.get(told.entitlementId);
  const title = await policyVersions.titleOf(entitlement.policyVersionId);
  const against = told.decisionId === undefined ? [] : await grounds.of(told.decisionId);
  // Only what came back says where it goes; everything else is told alike.
  const isBack = told.kind === "returned" && "bankAccountId" in entitlement;
  const goesToNoAccount = isBack && (await channelOf(entitlement.bankAccountId)) !== undefined;
  const line = { title, amountFen: entitlement.amountFen, goesToNoAccount };
  await notices.post({
    ...told.text(line, against),
    id: derivedId("notice", event.type, event.subject, event.at.toISOString()),
    firmCode: entitlement.firmCode,
    kind: told.kind,
    entitlementIds: [entitlement.id],
    at: event.at,
  });
}

/** What a bank's reason means, for the pages of officials. */
export function bankReasonZh(code: string): string {
  return noticeWords.zh.bankReason(code);
}
