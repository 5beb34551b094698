import type { ChannelKind, Destination } from "@apply-free/rules";
import { derivedId } from "../kernel/id.ts";
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

/** Of a number at an institution, which stands where the id of an account does. */
export function elsewhereId(firmCode: string, { channel, institution, reference }: Elsewhere): string {
  return derivedId("bank-account", firmCode, channel, institution, reference);
}

/**
 * Where a claim goes whose number was refused, once the records have another number in its place. Of several
 * loans the new one is that of the same amount, or the only one that is new where no other is missing.
 *
 * @param claim `refused`: id of its number; `beside`: ids of those that the award's other parts go to
 * @param places of the whole award, by the newest records
 */
export function replacementOf(
  { firmCode, amountFen }: Pick<Entitlement, "firmCode" | "amountFen">,
  { refused, beside }: Readonly<{ refused: string; beside: readonly string[] }>,
  places: readonly Elsewhere[],
): Elsewhere | undefined {
  const known = places.map((place) => ({ place, id: elsewhereId(firmCode, place) }));
  const isKnown = (id: string) => known.some((each) => each.id === id);
  if (isKnown(refused)) return undefined;
  const fresh = known.flatMap(({ place, id }) => (beside.includes(id) ? [] : [place]));
  const alike = fresh.find(({ fen }) => fen === amountFen);
  if (alike) return alike;
  return fresh.length === 1 && beside.every(isKnown) ? fresh[0] : undefined;
}
