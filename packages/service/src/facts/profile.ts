import type { FactDefinition, FactState, Json, Profile } from "@apply-free/rules";
import { addDays, type Day, daysBetween } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";
import { answersIn } from "./answers.ts";

/** What one source said newest about one fact of one firm. */
export type Statement = Readonly<{
  factId: string;
  value: Json;
  sourceId: string;
  deliveryId: string;
  asOf: Day;
  obtainedAt: Date;
}>;

/** Source of what a firm declared itself. */
export const FIRM_SOURCE = "firm";

/** What the vocabulary says of how long a statement holds, and who is believed where two differ. */
export type Freshness = Pick<FactDefinition, "maxAgeDays" | "ranked"> & Partial<Pick<FactDefinition, "inherited">>;

/**
 * What is known of a firm on a day, from the newest statement of each source. Sources stand equal
 * unless the vocabulary ranks them: where fresh ones differ the fact is unknown, and nobody wins
 * silently. What a firm declared counts where no department says anything fresh. A fact that no source
 * stated is absent.
 * @param facts definitions of the vocabulary; statements about facts it does not know are left out
 */
export function assembleProfile(
  statements: readonly Statement[],
  facts: ReadonlyMap<string, Freshness>,
  asOf: Day,
): Profile {
  const profile: Record<string, FactState> = Object.create(null);
  for (const [factId, about] of Map.groupBy(statements, (statement) => statement.factId)) {
    const definition = facts.get(factId);
    if (definition) profile[factId] = stateOf(about, definition, asOf);
  }
  return profile;
}

/** The first day after `asOf` on which one of these statements is too old to be believed. */
export function staleOn(
  statements: readonly Statement[],
  facts: ReadonlyMap<string, Pick<Freshness, "maxAgeDays">>,
  asOf: Day,
): Day | undefined {
  // Most statements were made on a few days.
  const known = new Map<string, Day>();
  let first: Day | undefined;
  for (const { factId, asOf: stated } of statements) {
    const definition = facts.get(factId);
    if (!definition) continue;
    const key = `${stated} ${definition.maxAgeDays}`;
    const on = known.get(key) ?? addDays(stated, definition.maxAgeDays + 1);
    known.set(key, on);
    if (on > asOf && (first === undefined || on < first)) first = on;
  }
  return first;
}

function stateOf(about: readonly Statement[], { maxAgeDays, ranked = [] }: Freshness, asOf: Day): FactState {
  const ordered = about.toSorted(newestFirst);
  const recent = ordered.filter((statement) => daysBetween(statement.asOf, asOf) <= maxAgeDays);
  const official = recent.filter(({ sourceId }) => sourceId !== FIRM_SOURCE);
  const fresh = official.length > 0 ? official : recent;
  const [newest] = fresh;
  if (!newest) return { state: "unknown", reason: "stale", detail: ordered.map(whoAndWhen).join("; ") };
  const believed = agreed(fresh) ? newest : highestRanked(fresh, ranked);
  if (!believed) {
    const detail = fresh.map((said) => `${whoAndWhen(said)}: ${canonicalJson(said.value)}`).join("; ");
    return { state: "unknown", reason: "conflict", detail };
  }
  const { value, sourceId, deliveryId, obtainedAt, asOf: day } = believed;
  const shown = answersIn(value);
  if (shown) return { state: "answers", ...shown, source: sourceId, asOf: day };
  return { state: "known", value, source: sourceId, asOf: day, obtainedAt: obtainedAt.toISOString(), deliveryId };
}

function agreed(statements: readonly Statement[]): boolean {
  // One voice, as most facts have, agrees with itself without being spelled out.
  return statements.length === 1 || new Set(statements.map(({ value }) => canonicalJson(value))).size === 1;
}

/** Only where every source that speaks has a rank: one that the order does not name may be right. */
function highestRanked(fresh: readonly Statement[], ranked: readonly string[]): Statement | undefined {
  if (fresh.some(({ sourceId }) => !ranked.includes(sourceId))) return undefined;
  return fresh.toSorted((left, right) => ranked.indexOf(left.sourceId) - ranked.indexOf(right.sourceId))[0];
}

function newestFirst(left: Statement, right: Statement): number {
  const byDay = right.asOf.localeCompare(left.asOf);
  return byDay || right.obtainedAt.getTime() - left.obtainedAt.getTime() || left.sourceId.localeCompare(right.sourceId);
}

function whoAndWhen({ sourceId, asOf }: Statement): string {
  return `${sourceId} ${asOf}`;
}
