import { grievancesPage } from "../desk/grievances-page.tsx";
import { complainPage } from "../portal/complain-page.tsx";
import { ratePage } from "../portal/rate-page.tsx";
import { ticketsPage } from "../portal/tickets-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";
import { caseConditions, openedGrievance, ownComments, saidRatings, tickets } from "./sample-grievances.ts";

const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };
const ofCase = {
  kind: "complaint",
  subject: title,
  action: "/cases/entitlement_1/complain",
  cancelHref: "/cases/entitlement_1",
  conditions: caseConditions,
} as const;
const missing = { zh: "请写明情况。", en: "Say what is wrong." };

/** Where people are heard, and answered. */
export const grievancePages: readonly GalleryPage[] = [
  shownTo("enterprise", "rate", (context) => ratePage({ context, caseId: "entitlement_1", title, said: [] })),
  shownTo("enterprise", "rate-again", (context) =>
    ratePage({
      context,
      caseId: "entitlement_1",
      title,
      said: saidRatings,
      typed: { channel: "hall", words: "" },
      problem: { zh: "评价已过修改期限。", en: "The time to change this rating is over." },
    }),
  ),
  shownTo("enterprise", "complain", (context) => complainPage({ context, ...ofCase })),
  shownTo("enterprise", "complain-problem", (context) =>
    complainPage({ context, ...ofCase, typed: { words: "", condition: "layoff-rate" }, problem: missing }),
  ),
  shownTo("enterprise", "object", (context) =>
    complainPage({
      context,
      kind: "objection",
      subject: tickets[2]?.subject ?? title,
      action: "/results/disclosure_1/object",
      cancelHref: "/results",
    }),
  ),
  shownTo("enterprise", "tickets", (context) => ticketsPage({ context, tickets, comments: ownComments })),
  shownTo("enterprise", "tickets-empty", (context) => ticketsPage({ context, tickets: [] })),
  shownTo("operator", "tickets-of-official", (context) => ticketsPage({ context, tickets: tickets.slice(2) })),
  shownTo("operator", "grievances", (context) =>
    grievancesPage({
      context,
      grievances: [openedGrievance, ...tickets.slice(1)],
      rectified: { inTime: 12, tooLate: 1, open: 2, overdue: 1 },
    }),
  ),
  shownTo("operator", "grievances-empty", (context) => grievancesPage({ context, grievances: [] })),
  shownTo("operator", "grievance-opened", (context) =>
    grievancesPage({ context, grievances: [], opened: openedGrievance, typed: "", problem: missing }),
  ),
  shownTo("auditor", "grievance-closed", (context) =>
    grievancesPage({
      context,
      grievances: [],
      opened: { ...openedGrievance, status: "corrected", answer: "已补打电话。", words: "", mayAnswer: false },
    }),
  ),
];
