import type { FactDefinition, FactState, Json, Profile } from "@apply-free/rules";
import { type Day, daysBetween } from "../kernel/day.ts";
import { canonicalJson } from "../kernel/digest.ts";

/** What one source said newest about one fact of one firm. */
export type Statement = Readonly<{
  factId: string;
  value: Json;
  sourceId: string;
  deliveryId: string;
  asOf: Day;
  obtainedAt: Date;
}>;

/** What the vocabulary says of how long a statement holds. */
export type Freshness = Pick<FactDefinition, "maxAgeDays">;

/**
 * What is known of a firm on a day, from the newest statement of each source. Sources stand equal:
 * where fresh ones differ the fact is unknown, and nobody wins silently. A fact that no source
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
    if (definition) profile[factId] = stateOf(about, definition.maxAgeDays, asOf);
  }
  return profile;
}

function stateOf(about: readonly Statement[], maxAgeDays: number, asOf: Day): FactState {
  const ordered = about.toSorted(newestFirst);
  const fresh = ordered.filter((statement) => daysBetween(statement.asOf, asOf) <= maxAgeDays);
  const [newest, ...others] = fresh;
  if (!newest) return { state: "unknown", reason: "stale", detail: ordered.map(whoAndWhen).join("; ") };
  const { value, sourceId, deliveryId } = newest;
  if (others.some((other) => canonicalJson(other.value) !== canonicalJson(value))) {
    const detail = fresh.map((said) => `${whoAndWhen(said)}: ${canonicalJson(said.value)}`).join("; ");
    return { state: "unknown", reason: "conflict", detail };
  }
  const obtainedAt = newest.obtainedAt.toISOString();
  return { state: "known", value, source: sourceId, asOf: newest.asOf, obtainedAt, deliveryId };
}

function newestFirst(left: Statement, right: Statement): number {
  const byDay = right.asOf.localeCompare(left.asOf);
  return byDay || right.obtainedAt.getTime() - left.obtainedAt.getTime() || left.sourceId.localeCompare(right.sourceId);
}

function whoAndWhen({ sourceId, asOf }: Statement): string {
  return `${sourceId} ${asOf}`;
}
