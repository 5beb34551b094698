export type Lang = "zh" | "en";

export type Role =
  | "enterprise"
  | "author"
  | "finance-maker"
  | "finance-checker"
  | "auditor"
  | "operator"
  | "data-officer"
  | "window-clerk"
  | "helper"
  | "hotline-agent";

/** What every page must know about its reader. */
export type PageContext = Readonly<{
  lang: Lang;
  /** 大字版: larger text, chosen by link and kept by the service in a cookie. */
  largeText: boolean;
  /** Address (path and query) at which GET shows this page; language links keep its query. */
  path: string;
  /** Goes into every form as `_csrf`. */
  csrfToken?: string | undefined;
  user?:
    | Readonly<{
        displayName: string;
        role: Role;
        firmName?: string | undefined;
        /** A natural person is addressed as one, and not as a firm. */
        isPerson?: boolean | undefined;
        /** Acts for the person named as the firm, and may turn back to its own affairs. */
        isGuardian?: boolean | undefined;
      }>
    | undefined;
  /** At a terminal that the next person uses: no form remembers what was typed. */
  isKiosk?: boolean | undefined;
  /** Unread messages of the firm, shown beside 消息. */
  unreadMessages?: number | undefined;
  /** ISO instant of the simulated clock; shown as a quiet banner with a link to /demo. */
  demoClock?: string | undefined;
}>;
