import type { EntitlementStore } from "../entitlement/entitlement-store.ts";
import { isBesideOthers } from "../entitlement/stacking-terms.ts";
import type { DomainEvent, Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import {
  besideOthersNotice,
  type NoticeKind,
  type NoticeText,
  type OfferLine,
  paidNotice,
  returnedNotice,
  withdrawnNotice,
} from "./notice.ts";
import type { NoticeBoard } from "./notice-store.ts";

type Stores = Readonly<{ entitlements: EntitlementStore; policyVersions: PolicyVersionStore; notices: NoticeBoard }>;

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

type Told = Readonly<{ entitlementId: string; kind: NoticeKind; text(line: OfferLine): NoticeText }>;

/** Which events a firm hears of, beside its offers and their deadlines. */
function whatToTell(event: DomainEvent): Told | undefined {
  switch (event.type) {
    case "payment-settled":
      return { entitlementId: event.payload.entitlementId, kind: "paid", text: paidNotice };
    case "payment-rejected":
    case "payment-returned": {
      const { entitlementId, reasonCode } = event.payload;
      return { entitlementId, kind: "returned", text: (line) => returnedNotice(line, bankReasonZh(reasonCode)) };
    }
    case "entitlement-withdrawn": {
      const text = isBesideOthers(event.payload.reason) ? besideOthersNotice : withdrawnNotice;
      return { entitlementId: event.subject, kind: "withdrawn", text };
    }
    default:
      return undefined;
  }
}

async function tell({ entitlements, policyVersions, notices }: Stores, event: DomainEvent, told: Told): Promise<void> {
  const { entitlement } = await entitlements.get(told.entitlementId);
  const title = await policyVersions.titleOf(entitlement.policyVersionId);
  await notices.post({
    ...told.text({ title, amountFen: entitlement.amountFen }),
    id: derivedId("notice", event.type, event.subject, event.at.toISOString()),
    firmCode: entitlement.firmCode,
    kind: told.kind,
    entitlementId: entitlement.id,
    at: event.at,
  });
}

/** Source: ISO 20022 external code set ExternalStatusReason1Code / ExternalReturnReason1Code. */
export function bankReasonZh(code: string): string {
  return reasons[code] ?? `银行未能入账（${code}）`;
}

const reasons: Readonly<Record<string, string>> = {
  AC01: "账号不存在",
  AC04: "账户已销户",
  AC06: "账户被冻结",
  AG01: "账户不能收款",
  BE01: "户名不一致",
  BE04: "收款人地址不全",
  AM09: "金额不符",
};
