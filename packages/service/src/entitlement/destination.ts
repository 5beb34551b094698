import type { ChannelKind, Destination } from "@apply-free/rules";
import type { Entitlement } from "./entitlement.ts";

/** Where a benefit arrives that goes to no account of its firm: a bill, a loan, a tax declaration. */
export type Elsewhere = Destination & Readonly<{ channel: Exclude<ChannelKind, "bank-transfer">; name: string }>;

export type Destinations = {
  /**
   * By the newest answer about the award. No `channel`: to the firm's own account. No `places`: it is not
   * known exactly where it arrives.
   */
  of(
    entitlement: Entitlement,
  ): Promise<Readonly<{ channel?: Elsewhere["channel"]; places?: readonly Elsewhere[] | undefined }>>;
  /** Keeps it on record as the firm's. @returns its id, which stands where that of an account does */
  accountAt(firmCode: string, place: Elsewhere, at: Date): Promise<string>;
};
