import type { Bilingual } from "../kit/bilingual.ts";
import type { PageContext } from "../kit/page-context.ts";
import type { DemoAccount } from "../portal/sign-in-page.tsx";

export type DemoProps = Readonly<{
  context: PageContext;
  /** ISO instant of the simulated clock. */
  now: string;
  next?: Readonly<{ at: string; what: Bilingual }> | undefined;
  accounts: readonly DemoAccount[];
  /** The last mails that the local mail server caught, newest first. */
  mails: readonly DemoMail[];
  /** What the last move of the clock set off. */
  ran: readonly Readonly<{ at: string; what: Bilingual }>[];
}>;

export type DemoMail = Readonly<{ id: string; to: string; subject: string; at: string; text: string }>;

/** GET /demo. Form: POST /demo/clock `step` = `hour` | `day` | `next`, `_csrf`. */
export function demoPage(_props: DemoProps): string {
  return "";
}
