import { auditCasePage } from "../desk/audit-case-page.tsx";
import { auditJournalPage } from "../desk/audit-journal-page.tsx";
import { auditSearchPage } from "../desk/audit-search-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo as of } from "./readers.ts";
import { creditCode, firmName } from "./sample-benefits.ts";
import { auditCase, digest, events } from "./sample-desk.ts";

const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

export const auditPages: readonly GalleryPage[] = [
  of("auditor", "audit", (context) =>
    auditSearchPage({
      context,
      query: "7K3M",
      results: [
        {
          caseId: "ent_A1",
          firmName,
          firmCode: creditCode,
          policyTitle: title,
          amountFen: "1260000",
          status: "paid",
          receiptNo: "MSJX-20251104-7K3M9Q2X",
        },
        { caseId: "decision_2", firmName, firmCode: creditCode, policyTitle: title, outcome: "undetermined" },
      ],
    }),
  ),
  of("auditor", "audit-nothing", (context) => auditSearchPage({ context, query: "zzz", results: [] })),
  of("auditor", "audit-case", (context) =>
    auditCasePage({
      ...auditCase,
      context,
      replay: { equal: true, resultSha256: digest, at: "2025-11-07T01:00:00Z" },
    }),
  ),
  of("auditor", "audit-case-differs", (context) =>
    auditCasePage({
      ...auditCase,
      context,
      payments: [],
      consents: [],
      replay: { equal: false, storedSha256: digest, differences: ["outcome"], at: "2025-11-07T01:00:00Z" },
    }),
  ),
  of("auditor", "journal", (context) =>
    auditJournalPage({
      context,
      events,
      filter: { type: "payment-settled", from: "2025-11-01" },
      types: ["entitlement-confirmed", "payment-settled"],
      chain: { verified: true, sealed: 1041, events: 1042, checkedAt: "2025-11-06T02:00:00Z", head: digest },
      previousHref: "/audit/journal",
      nextHref: "/audit/journal?before=1001",
    }),
  ),
  of("auditor", "journal-broken", (context) =>
    auditJournalPage({
      context,
      events: [],
      filter: {},
      types: [],
      chain: { verified: false, sealed: 1041, events: 1042, brokenAt: "77" },
    }),
  ),
];
