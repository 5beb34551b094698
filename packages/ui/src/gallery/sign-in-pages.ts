import { accountSessionsPage } from "../desk/account-sessions-page.tsx";
import { askCodePage, enterCodePage } from "../portal/code-page.tsx";
import { kioskEndPage, kioskPage, kioskWarningPage } from "../portal/kiosk-page.tsx";
import { type SessionView, sessionsPage } from "../portal/sessions-page.tsx";
import { signedOutPage, signInPage } from "../portal/sign-in-page.tsx";
import type { GalleryPage } from "./gallery-page.ts";
import { shownTo } from "./readers.ts";

const own: SessionView = {
  ...{ id: "session-1", method: "identity", isKiosk: false },
  ...{ openedAt: "2025-11-04T00:30:00Z", lastSeenAt: "2025-11-04T01:12:00Z", expiresAt: "2025-11-04T12:30:00Z" },
};
const terminal: SessionView = { ...own, id: "session-2", method: "code", isKiosk: true };
const retryAt = "2025-11-04T02:00:00Z";
const ways = ["sms", "email"] as const;

/** Coming in and going out. */
export const signInPages: readonly GalleryPage[] = [
  {
    name: "sign-in-ways",
    render: (context) =>
      signInPage({ context, ways: { identity: true, code: true }, problem: "identity-unknown", next: "/offers" }),
  },
  { name: "signed-out", render: (context) => signedOutPage({ context }) },
  {
    name: "signed-out-elsewhere",
    render: (context) => signedOutPage({ context, elsewhereHref: "https://identity.example/end?client_id=apply-free" }),
  },
  { name: "code-ask", render: (context) => askCodePage({ context, ways, next: "/offers" }) },
  {
    name: "code-ask-locked",
    render: (context) =>
      askCodePage({ context, ways: ["email"], login: "9141", problem: { code: "too-many-tries", retryAt } }),
  },
  { name: "code-enter", render: (context) => enterCodePage({ context, next: "/offers" }) },
  {
    name: "code-enter-wrong",
    render: (context) => enterCodePage({ context, problem: { code: "code-wrong", left: 1 } }),
  },
  { name: "code-enter-expired", render: (context) => enterCodePage({ context, problem: { code: "code-expired" } }) },
  {
    name: "code-enter-locked",
    render: (context) => enterCodePage({ context, problem: { code: "too-many-tries", retryAt } }),
  },
  shownTo("enterprise", "sessions", (context) =>
    sessionsPage({ context, sessions: [own, terminal], own: own.id, done: true }),
  ),
  shownTo("auditor", "sessions-desk", (context) => sessionsPage({ context, sessions: [own], own: own.id })),
  { name: "kiosk", render: (context) => kioskPage({ context: { ...context, isKiosk: true } }) },
  { name: "kiosk-sign-in", render: (context) => signInPage({ context: { ...context, isKiosk: true } }) },
  shownTo("enterprise", "kiosk-warning", (context) => kioskWarningPage({ context, from: "/offers", seconds: 60 })),
  { name: "kiosk-end", render: (context) => kioskEndPage({ context }) },
  shownTo("operator", "account-sessions", (context) => accountSessionsPage({ context, ended: 2 })),
  shownTo("operator", "account-sessions-problem", (context) =>
    accountSessionsPage({
      context,
      typed: { login: "nobody", reason: "设备遗失" },
      problem: "没有这个登录名。No account has this login.",
    }),
  ),
];
