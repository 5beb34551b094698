import type { PageContext } from "../kit/page-context.ts";

export type MessageBrief = Readonly<{
  id: string;
  subject: string;
  /** ISO instant. */
  createdAt: string;
  read: boolean;
}>;

export type InboxProps = Readonly<{
  context: PageContext;
  messages: readonly MessageBrief[];
  nextHref?: string | undefined;
}>;

/** GET /messages */
export function inboxPage(_props: InboxProps): string {
  return "";
}

export type MessageProps = Readonly<{
  context: PageContext;
  message: MessageBrief &
    Readonly<{
      /** Plain text; line breaks are kept. */
      body: string;
      kind: string;
      entitlementId?: string | undefined;
    }>;
}>;

/** GET /messages/:id */
export function messagePage(_props: MessageProps): string {
  return "";
}
