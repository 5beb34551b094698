import { CONTROLLER, GROUP_LEDGER, type Json, type Profile } from "@apply-free/rules";

/** The list that counts across a group. */
export const PAID = "ledger.paid";

/**
 * Adds what the other members of a firm's group were paid. One whose ledger is not known leaves the list
 * unknown, for a shorter one would overpay; so does not knowing who they are.
 *
 * @param others each other member by code; `undefined`: not known who belongs to the group
 */
export function withGroupLedger(profile: Profile, others: ReadonlyMap<string, Profile> | undefined): Profile {
  const membership = profile[CONTROLLER];
  if (!others || membership?.state !== "known") return profile;
  const rows: Json[] = [];
  const days = [membership.asOf];
  for (const [code, other] of others) {
    const ledger = other[PAID];
    const isKnown = ledger?.state === "known" && (ledger.value === null || Array.isArray(ledger.value));
    if (!isKnown) {
      const reason = ledger?.state === "unknown" ? ledger.reason : "not-obtained";
      const state = { state: "unknown", reason, detail: `member ${code}` } as const;
      return Object.assign(Object.create(null), profile, { [GROUP_LEDGER]: state });
    }
    rows.push(...((ledger.value ?? []) as readonly Json[]));
    days.push(ledger.asOf);
  }
  // Known up to the day up to which all of it is.
  const asOf = days.filter((day) => day !== undefined).sort()[0];
  const { source } = membership;
  const state = { state: "known", value: rows, ...(source && { source }), ...(asOf !== undefined && { asOf }) };
  return Object.assign(Object.create(null), profile, { [GROUP_LEDGER]: state });
}
