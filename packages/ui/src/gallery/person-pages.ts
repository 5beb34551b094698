import { type GuardianshipView, guardianshipsPage } from "../desk/guardianships-page.tsx";
import type { PageContext } from "../kit/page-context.ts";
import { confirmPage } from "../portal/confirm-page.tsx";
import { delegatesPage } from "../portal/delegates-page.tsx";
import { homePage } from "../portal/home-page.tsx";
import { myDataPage } from "../portal/my-data-page.tsx";
import { receiptPage } from "../portal/receipt-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { account, offers } from "./sample-benefits.ts";

const allowances = { zh: "残疾人两项补贴", en: "Living and care allowances" };
const waiting = offers.slice(0, 1).map((offer) => ({ ...offer, title: allowances, amountFen: "144000" }));
const firmCode = `P${"0".repeat(24)}`;

/** A page as a natural person meets it; `isGuardian`: as somebody who acts for one. */
function personal(name: string, render: GalleryPage["render"], isGuardian = false): GalleryPage {
  const displayName = isGuardian ? "乙某（监护人）" : "丙某";
  const user = { displayName, role: "enterprise", firmName: "丙某", isPerson: true, isGuardian } as const;
  return { name, render: (context: PageContext) => render({ ...context, user, unreadMessages: 1 }) };
}

const pending: GuardianshipView = {
  ...{ id: "guardianship-1", wardName: "丙某", guardianName: "乙某", basis: "parent", paperNo: "JH-2025-0001" },
  ...{ capFen: "200000", expiresOn: "2026-06-30", isChecked: false, mayCheck: true },
};
const masked = { ...pending, id: "guardianship-2", wardName: "甲*", guardianName: "丁*", isChecked: true } as const;

/** Portal pages of natural persons. */
export const personPages: readonly GalleryPage[] = [
  personal("person-home", (context) =>
    homePage({
      ...{ context, offers: waiting, cases: [], notGranted: [], messages: [], mayDelegate: true },
      wards: [
        { id: "guardianship-1", name: "丙某", offers: 2 },
        { id: "guardianship-2", name: "甲某", offers: 0 },
      ],
    }),
  ),
  personal(
    "person-confirm-by-guardian",
    (context) => {
      const bounds = { policies: undefined, capFen: "200000", expiresOn: "2026-06-30" };
      return confirmPage({ context, requestKey: "key-1", offers: waiting, account, bounds });
    },
    true,
  ),
  personal("person-receipt", (context) =>
    receiptPage({
      ...{ context, receiptNo: "MSJX-20251104-7K3M9Q2X", firmName: "丙某", creditCode: firmCode, actorName: "丙某" },
      ...{ at: "2025-11-04T02:00:00.000Z", payBy: "2025-11-07", account },
      lines: [
        {
          ...{ entitlementId: "e-1", title: allowances, amountFen: "144000" },
          ...{ answer: "confirmed", policyVersion: 1 },
        },
      ],
    }),
  ),
  personal("person-my-data", (context) =>
    myDataPage({
      context,
      firm: { name: "丙某", creditCode: firmCode, regionCode: "410105" },
      facts: [],
      disputes: [],
    }),
  ),
  personal("person-delegates", (context) =>
    delegatesPage({ context, requestKey: "key-1", delegates: [], policies: [], helpers: [] }),
  ),
];

/** What officials see of who acts for whom. */
export const guardianshipPages: readonly GalleryPage[] = [
  shownTo("window-clerk", "guardianships-record", (context) =>
    guardianshipsPage({
      ...{ context, requestKey: "key-1", mayRecord: true, guardianships: [masked] },
      ...{ problem: "监护人未满十八周岁。The guardian is not of age." },
      typed: { basis: "court", paperNo: "JH-2025-0002", capYuan: "2000.00", expiresOn: "2026-06-30" },
    }),
  ),
  shownTo("operator", "guardianships-check", (context) =>
    guardianshipsPage({
      ...{ context, requestKey: "key-1", mayRecord: false, guardianships: [pending, masked], done: "checked" },
    }),
  ),
];
