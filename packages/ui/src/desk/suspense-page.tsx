import type { PageContext } from "../kit/page-context.ts";

export type SuspenseProps = Readonly<{ context: PageContext; lines: readonly SuspenseLine[] }>;

/** A line of a bank statement that matches nothing of ours. */
export type SuspenseLine = Readonly<{
  id: string;
  reference: string;
  endToEndId?: string | undefined;
  direction: "debit" | "credit";
  amountFen: string;
  bookedOn: string;
  note?: string | undefined;
}>;

/** GET /desk/suspense */
export function suspensePage(_props: SuspenseProps): string {
  return "";
}
