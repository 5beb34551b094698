import type { Payee } from "./payment.ts";

/** An account of a firm. At most one of a firm's accounts is active. */
export type PayeeAccount = Payee & Readonly<{ firmCode: string; bankName: string; source: string }>;

/** Source of an account that the firm itself named, not a department. */
export const NAMED_BY_FIRM = "firm";

/** Who named it, and until when nothing is paid to it unless a second person has checked it. */
export type Recorded = Readonly<{ recordedBy: string; restsUntil: Date }>;

export type PayeeAccountStore = {
  get(id: string): Promise<PayeeAccount>;
  activeOf(firmCode: string): Promise<PayeeAccount | undefined>;
  /** Makes this the firm's active account; the one before is superseded, and stays on record. */
  activate(account: Omit<PayeeAccount, "accountIndex"> & Recorded, at: Date): Promise<PayeeAccount>;
};
