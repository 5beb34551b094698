import type { FactState, Json, Profile } from "@apply-free/rules";

/** Fact that names whose history a subject carries on: a list of records with the field `code`. */
export const PREDECESSORS = "ent.predecessors";

/** Codes of those whose history a subject carries on; none where that is not known. */
export function predecessorsIn(profile: Profile): readonly string[] {
  const named = profile[PREDECESSORS];
  if (named?.state !== "known" || !Array.isArray(named.value)) return [];
  return named.value.flatMap((record) => {
    const { code } = record as Readonly<{ code?: Json }>;
    return typeof code === "string" ? [code.trim().toUpperCase()] : [];
  });
}

/**
 * Adds what the predecessors' lists say to the lists that go with the subject (个转企, 更名, 合并). A
 * predecessor of whom a list is not known leaves it unknown: a shorter ledger would overpay.
 * @param inherited ids of the facts that go with the subject
 */
export function inherit(
  profile: Profile,
  predecessors: ReadonlyMap<string, Profile>,
  inherited: Iterable<string>,
): Profile {
  const whole: Record<string, FactState> = Object.assign(Object.create(null), profile);
  for (const id of inherited) {
    for (const [code, theirs] of predecessors) {
      const own = whole[id];
      if (own?.state === "known") whole[id] = joined(own, theirs[id], code);
    }
  }
  return whole;
}

type Known = Extract<FactState, { state: "known" }>;

function joined(own: Known, theirs: FactState | undefined, code: string): FactState {
  if (theirs?.state !== "known") {
    const reason = theirs?.state === "unknown" ? theirs.reason : "not-obtained";
    return { state: "unknown", reason, detail: `predecessor ${code}` };
  }
  const value = [...(own.value as readonly Json[]), ...(theirs.value as readonly Json[])];
  // Known up to the day up to which both are.
  const days = [own.asOf, theirs.asOf].filter((day) => day !== undefined).sort();
  return { ...own, value, ...(days[0] !== undefined && { asOf: days[0] }) };
}
