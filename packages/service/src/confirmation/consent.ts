import { digestOf } from "../kernel/digest.ts";
import type { Fen } from "../kernel/money.ts";

/** One act of the firm: what it agreed to or declined, when, by whom; its receipt (回执). */
export type Consent = Readonly<{
  id: string;
  receiptNo: string;
  firmCode: string;
  /** Account id of the person who acted. */
  actor: string;
  /** From the form: the same press of the button twice is the same request. */
  requestKey: string;
  requestSha256: string;
  lines: readonly ConsentLine[];
  totalFen: Fen;
  at: Date;
}>;

export type ConsentLine = Readonly<{
  entitlementId: string;
  policyId: string;
  amountFen: string;
  answer: "confirmed" | "declined";
}>;

/**
 * Who stood at the counter, and the number of the paper that the firm signed (代办); or who called the hotline, and the
 * number of the ticket: kept sealed.
 */
export type AtCounter = Readonly<{ personName: string; paperNo: string }>;

/** What the journal says of it, without the words: enough to notice that the row was changed. */
export function counterDigest(about: string, { personName, paperNo }: AtCounter): string {
  return digestOf({ about, personName, paperNo });
}

/** Consents as one transaction sees them. */
export type ConsentStore = {
  find(firmCode: string, requestKey: string): Promise<Consent | undefined>;
  get(id: string): Promise<Consent>;
  insert(consent: Consent): Promise<void>;
  /** @param consent written down by a window clerk */
  insertAtCounter(consent: Consent, counter: AtCounter): Promise<void>;
};

/** The account that a firm's money goes to. */
export type PayeeAccounts = { activeOf(firmCode: string): Promise<Readonly<{ id: string }> | undefined> };

/** `MSJX-20251104-7K3M9Q2X`: short enough to read out, dated so that it can be filed. */
export function receiptNoOf(consentId: string, day: string): string {
  return `MSJX-${day.replaceAll("-", "")}-${consentId.slice(-8)}`;
}
