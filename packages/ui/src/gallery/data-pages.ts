import { callListPage } from "../desk/call-list-page.tsx";
import { dataDemandPage } from "../desk/data-demand-page.tsx";
import { disputesPage } from "../desk/disputes-page.tsx";
import { knownFactsPage } from "../desk/known-facts-page.tsx";
import { namesPage } from "../desk/names-page.tsx";
import { quarantinePage } from "../desk/quarantine-page.tsx";
import { reachBuildingPage } from "../desk/reach-building-page.tsx";
import { reachPage } from "../desk/reach-page.tsx";
import { reassessmentsPage } from "../desk/reassessments-page.tsx";
import { recoveriesPage } from "../desk/recoveries-page.tsx";
import { registerPage } from "../desk/register-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo as of } from "./readers.ts";
import { openedCall } from "./sample-calls.ts";
import { openedDispute, openedReassessment } from "./sample-corrections.ts";
import { heldDelivery, knownFacts } from "./sample-desk.ts";
import { draftTried, reach } from "./sample-reach.ts";
import { noticedRecovery, owedRecovery } from "./sample-recovery.ts";
import { nameList, registeredSubject } from "./sample-register.ts";

const totals = { receivableFen: "30000", overdueFen: "5000", recoveredFen: "20000" };
const title = { zh: "失业保险稳岗返还", en: "Refund of unemployment insurance" };

/** Pages about departments' data. */
export const dataPages: readonly GalleryPage[] = [
  of("author", "data-demand", (context) =>
    dataDemandPage({
      context,
      policies: [
        { id: "henan/o01", title, light: "amber", because: ["ui.layoffRate"] },
        { id: "zhengzhou/o10", title, light: "green", because: [] },
      ],
      facts: [
        {
          id: "ui.layoffRate",
          label: { zh: "裁员率", en: "Layoff rate" },
          department: { zh: "人社局", en: "Human resources" },
          policies: [title],
          fresh: 380,
          stale: 20,
          absent: 100,
          newest: "2025-10-31",
          staleAfter: "2026-12-05",
          light: "amber",
        },
        {
          id: "fin.revenue",
          label: { zh: "营业收入", en: "Revenue" },
          department: { zh: "税务局", en: "Tax authority" },
          policies: [title, { zh: "高企首次认定奖补", en: "High-tech award" }],
          fresh: 0,
          stale: 0,
          absent: 500,
          light: "red",
        },
      ],
    }),
  ),
  of("author", "reach", (context) => reachPage({ ...reach, context, trial: { text: "" } })),
  of("auditor", "reach-region", (context) => reachPage({ ...reach, context, region: "410105" })),
  of("author", "reach-draft", (context) => reachPage({ ...reach, context, trial: draftTried })),
  of("author", "reach-draft-nothing", (context) =>
    reachPage({
      ...reach,
      context,
      trial: {
        text: "id: x",
        impact: {
          ...draftTried.impact,
          ...{ after: draftTried.impact.before, changed: { gained: 0, lost: 0, opened: 0, settled: 0 } },
          ...{ regions: [], sizes: [] },
          ...{ amountChanged: 0, beforeFen: "0", afterFen: "0", differenceFen: "0", notExact: 0, left: 0 },
          wasRead: false,
        },
      },
    }),
  ),
  of("author", "reach-building", (context) =>
    reachBuildingPage({ context, policy: reach.policy, reading: { done: 41_500, of: 100_000 } }),
  ),
  of("author", "reach-building-draft", (context) =>
    reachBuildingPage({ context, policy: reach.policy, draft: "id: x" }),
  ),
  of("author", "reach-draft-wrong", (context) =>
    reachPage({ ...reach, context, trial: { text: "id: x", problem: "policy.yaml:3: unknown operator" } }),
  ),
  of("auditor", "known-facts", (context) =>
    knownFactsPage({
      context,
      filter: { firm: "91410100MA0000000X", about: "2025-10-31", knownOn: "2025-11-03" },
      firm: { code: "91410100MA0000000X", name: "郑州示例机械有限公司" },
      facts: knownFacts,
    }),
  ),
  of("auditor", "known-facts-unknown-firm", (context) =>
    knownFactsPage({ context, filter: { firm: "1", about: "2025-10-31", knownOn: "2025-11-03" }, facts: [] }),
  ),
  of("operator", "quarantine", (context) => quarantinePage({ context, held: [heldDelivery] })),
  of("operator", "quarantine-empty", (context) => quarantinePage({ context, held: [] })),
  of("author", "quarantine-opened", (context) => quarantinePage({ context, held: [], opened: heldDelivery })),
  of("operator", "names", (context) => namesPage({ context, lists: [nameList] })),
  of("operator", "names-empty", (context) => namesPage({ context, lists: [] })),
  of("author", "names-opened", (context) => namesPage({ context, lists: [], opened: nameList })),
  of("auditor", "names-read", (context) =>
    namesPage({ context, lists: [], opened: { ...nameList, mayDecide: false, status: "completed" } }),
  ),
  of("author", "register", (context) =>
    registerPage({
      context,
      find: "",
      found: [],
      doubtful: [{ code: "91410100M0001TGQ0M", name: "郑州先行示例有限公司" }],
      mayConfirm: true,
    }),
  ),
  of("author", "register-subject", (context) =>
    registerPage({
      context,
      find: registeredSubject.code,
      found: [registeredSubject],
      subject: registeredSubject,
      doubtful: [],
      mayConfirm: true,
    }),
  ),
  of("auditor", "register-several", (context) =>
    registerPage({
      context,
      find: "郑州旧名示例有限公司",
      found: [registeredSubject, { code: "91410100MA0000001X", name: "郑州另一示例有限公司" }],
      doubtful: [],
      mayConfirm: false,
    }),
  ),
  of("auditor", "register-nobody", (context) =>
    registerPage({ context, find: "没有", found: [], doubtful: [], mayConfirm: false }),
  ),
  of("operator", "call-list", (context) => {
    const { phone: _, ...unknown } = openedCall;
    return callListPage({ context, calls: [openedCall, { ...unknown, id: "call_2", reason: "undeliverable" }] });
  }),
  of("operator", "call-list-empty", (context) => callListPage({ context, calls: [] })),
  of("operator", "call-opened", (context) => callListPage({ context, calls: [], opened: openedCall })),
  of("auditor", "call-closed", (context) =>
    callListPage({ context, calls: [], opened: { ...openedCall, status: "closed", mayRecord: false, tried: [] } }),
  ),
  of("operator", "disputes", (context) => disputesPage({ context, disputes: [openedDispute] })),
  of("operator", "disputes-empty", (context) => disputesPage({ context, disputes: [] })),
  of("operator", "dispute-opened", (context) => disputesPage({ context, disputes: [], opened: openedDispute })),
  of("operator", "reassessments", (context) => reassessmentsPage({ context, reassessments: [openedReassessment] })),
  of("operator", "reassessments-empty", (context) => reassessmentsPage({ context, reassessments: [] })),
  of("finance-checker", "reassessment-opened", (context) =>
    reassessmentsPage({ context, reassessments: [], opened: openedReassessment }),
  ),
  of("operator", "reassessment-followed", (context) =>
    reassessmentsPage({
      context,
      reassessments: [],
      opened: { ...openedReassessment, status: "upheld", mayClose: false, led: { recoveryId: "r1", topUpId: "e2" } },
    }),
  ),
  of("operator", "recoveries", (context) =>
    recoveriesPage({ context, recoveries: [noticedRecovery, owedRecovery], totals, mayOpen: true }),
  ),
  of("auditor", "recoveries-empty", (context) => recoveriesPage({ context, recoveries: [], totals, mayOpen: false })),
  of("finance-checker", "recovery-noticed", (context) =>
    recoveriesPage({ context, recoveries: [], totals, mayOpen: false, opened: noticedRecovery }),
  ),
  of("operator", "recovery-own", (context) =>
    recoveriesPage({ context, recoveries: [], totals, mayOpen: false, opened: { ...noticedRecovery, ruling: "own" } }),
  ),
  of("finance-checker", "recovery-owed", (context) =>
    recoveriesPage({ context, recoveries: [], totals, mayOpen: false, opened: owedRecovery }),
  ),
];
