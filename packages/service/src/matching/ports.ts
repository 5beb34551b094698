import type { Profile } from "@apply-free/rules";
import type { Group } from "../facts/group.ts";
import type { Day } from "../kernel/day.ts";

/** The register of firms, read in order of code. */
export type FirmDirectory = {
  /** Up to `limit` firms whose code comes after `after`. */
  page(after: string | undefined, limit: number): Promise<readonly FirmEntry[]>;
  byCodes(codes: readonly string[]): Promise<readonly FirmEntry[]>;
};

export type FirmEntry = Readonly<{
  code: string;
  name: string;
  email?: string;
  /** Its code passes the check, or a person asked the register about it. */
  isConfirmed: boolean;
}>;

/** What is known of firms on a day, from all deliveries so far. */
export type ProfileSource = {
  /**
   * `forebears`: codes of those whose history the firm carries on; their ledgers are in its own.
   * `staleOn`: the first later day on which something that was said is too old.
   * @param only facts that are wanted; all, unless said
   */
  loadWithForebears(
    firmCodes: readonly string[],
    asOf: Day,
    knownOn?: Day,
    only?: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<{ profile: Profile; forebears: readonly string[]; staleOn?: Day }>>>;
  /** The group of companies that each of these is in, itself included; `undefined`: not known. */
  groupsOf(
    profiles: ReadonlyMap<string, Profile>,
    asOf: Day,
    knownOn?: Day,
  ): Promise<ReadonlyMap<string, Group | undefined>>;
};

/** What this system itself has paid: the ledger grows while the finance bureau's delivery ages. */
export type OwnPayments = {
  /** Booked payments to these firms, with the award family of their policy. */
  paidTo(firmCodes: readonly string[]): Promise<readonly OwnPayment[]>;
};

export type OwnPayment = Readonly<{ firmCode: string; family: string; amountYuan: string; paidOn: Day }>;

export type MatchRunStore = {
  /** `isWhole`: about every firm, not only about some after a correction. */
  open(
    run: Readonly<{ id: string; slot: string; isWhole: boolean; asOf: Day; startedAt: Date }>,
  ): Promise<"opened" | "finished">;
  finish(id: string, counts: MatchCounts, finishedAt: Date): Promise<void>;
};

export type MatchCounts = Readonly<{ eligible: number; ineligible: number; undetermined: number; recorded: number }>;
