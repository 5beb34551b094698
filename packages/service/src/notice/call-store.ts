import type { CallOutcome, CallReason, FirmCall } from "./call.ts";

/** Firms to be called by a person. */
export type CallStore = {
  /** Puts the firm on the list; `undefined` when it stands there already. */
  open(firmCode: string, reason: CallReason, at: Date): Promise<FirmCall | undefined>;
  /** With the row locked. @throws DomainError call-not-found */
  get(id: string): Promise<FirmCall>;
  /** Open calls that have become needless: their firm has seen what it was to be told. */
  listNeedless(): Promise<readonly FirmCall[]>;
  attempt(attempt: CallAttempt): Promise<void>;
  save(closed: FirmCall): Promise<void>;
};

export type CallAttempt = Readonly<{
  id: string;
  callId: string;
  outcome: CallOutcome;
  note: string;
  actor: string;
  at: Date;
}>;
