import type { Json, Profile } from "@apply-free/rules";
import { addDays, type Day, startOfDay } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { groupSource } from "./group.prisma.ts";
import { inherit, PREDECESSORS, predecessorsIn } from "./lineage.ts";
import { assembleProfile, type Freshness, type Statement, staleOn } from "./profile.ts";

/**
 * Statements of one firm as one JSON value: Prisma reads one row per firm, not one per fact. Lists without names,
 * as `json`: building them as `jsonb` objects takes the database longer than finding and sorting the facts.
 */
type Row = Readonly<{ firm_code: string; statements: readonly StatementRow[] }>;
type StatementRow = readonly [
  factId: string,
  value: Json,
  sourceId: string,
  deliveryId: string,
  asOf: string,
  obtainedAt: string,
];

/** What is known of a subject, its inherited history included, and whose that is. */
type Descent = Readonly<{
  profile: Profile;
  forebears: readonly string[];
  /** The first later day on which something that was said is too old; absent where nothing will be. */
  staleOn?: Day;
}>;
type Own = Readonly<{ profile: Profile; staleOn: Day | undefined }>;

/**
 * Profiles from the stored facts; one query for all firms asked for.
 * @param facts definitions of the vocabulary, with what is stale
 */
export function profileSource(tx: Tx, facts: ReadonlyMap<string, Freshness>) {
  const inherited = [...facts].filter(([, fact]) => fact.inherited).map(([id]) => id);

  /**
   * What holds of these firms on a day, as it was known at the end of another: what was delivered
   * later is not seen, and what is about a later day neither. History that goes with a subject is
   * that of its predecessors too.
   */
  async function load(
    firmCodes: readonly string[],
    about: Day,
    knownOn: Day = about,
  ): Promise<ReadonlyMap<string, Profile>> {
    const lines = await loadWithForebears(firmCodes, about, knownOn);
    return new Map([...lines].map(([code, { profile }]) => [code, profile]));
  }

  /**
   * The same, with the codes of those whose history each of them carries on.
   * @param only facts that are wanted; all, unless said
   */
  async function loadWithForebears(
    firmCodes: readonly string[],
    about: Day,
    knownOn: Day = about,
    only?: readonly string[],
  ): Promise<ReadonlyMap<string, Descent>> {
    const own = await loadOwn(firmCodes, about, knownOn, only);
    const met = await forebearsOf(own, (codes) => loadOwn(codes, about, knownOn, only));
    return new Map([...own].map(([code, each]) => [code, descentOf(code, each, met)]));
  }

  async function loadOwn(
    firmCodes: readonly string[],
    about: Day,
    knownOn: Day,
    only: readonly string[] | undefined,
  ): Promise<ReadonlyMap<string, Own>> {
    // Whose history a firm carries on is always asked.
    const wanted = only ? Prisma.sql`AND fact_id = ANY(${[...only, PREDECESSORS]})` : Prisma.empty;
    const known = startOfDay(addDays(knownOn, 1));
    const rows = await tx.$queryRaw<Row[]>`
      SELECT firm_code, json_agg(json_build_array(
        fact_id, value, source_id, delivery_id, as_of, obtained_at)) AS statements
      FROM (
        SELECT DISTINCT ON (firm_code, fact_id, source_id) *
        FROM fact
        WHERE firm_code = ANY(${[...firmCodes]}) AND as_of <= ${about}::date AND obtained_at < ${known}::timestamptz ${wanted}
        ORDER BY firm_code, fact_id, source_id, as_of DESC, obtained_at DESC, delivery_id
      ) AS newest
      GROUP BY firm_code`;
    const said = new Map(rows.map((row) => [row.firm_code, row.statements]));
    return new Map(
      firmCodes.map((code) => {
        const statements = (said.get(code) ?? []).map(toStatement);
        return [
          code,
          { profile: assembleProfile(statements, facts, about), staleOn: staleOn(statements, facts, about) },
        ];
      }),
    );
  }

  /** All forebears that these profiles lead to, each by code with its own profile. */
  async function forebearsOf(
    profiles: ReadonlyMap<string, Own>,
    read: (codes: readonly string[]) => Promise<ReadonlyMap<string, Own>>,
  ): Promise<ReadonlyMap<string, Own>> {
    const met = new Map<string, Own>();
    const formerIn = ({ profile }: Own) => predecessorsIn(profile);
    let wanted = new Set([...profiles.values()].flatMap(formerIn));
    while (wanted.size > 0) {
      const found = await read([...wanted]);
      for (const [code, each] of found) met.set(code, each);
      wanted = new Set([...found.values()].flatMap(formerIn).filter((code) => !met.has(code)));
    }
    return met;
  }

  function descentOf(code: string, own: Own, met: ReadonlyMap<string, Own>): Descent {
    const line = new Map<string, Own>();
    const follow = ({ profile }: Own) => {
      for (const former of predecessorsIn(profile)) {
        const theirs = met.get(former);
        // Two that name each other are a slip of the register; each counts once.
        if (!theirs || former === code || line.has(former)) continue;
        line.set(former, theirs);
        follow(theirs);
      }
    };
    follow(own);
    const profiles = new Map([...line].map(([former, theirs]) => [former, theirs.profile]));
    const profile = line.size === 0 ? own.profile : inherit(own.profile, profiles, inherited);
    const days = [own, ...line.values()].flatMap((each) => each.staleOn ?? []).sort();
    return { profile, forebears: [...line.keys()], ...(days[0] !== undefined && { staleOn: days[0] }) };
  }

  async function loadOnly(codes: readonly string[], about: Day, knownOn: Day, only: readonly string[]) {
    const found = await loadOwn(codes, about, knownOn, only);
    return new Map([...found].map(([code, { profile }]) => [code, profile]));
  }

  return { load, loadWithForebears, groupsOf: groupSource(tx, { loadOnly }).groupsOf };
}

function toStatement([factId, value, sourceId, deliveryId, asOf, obtainedAt]: StatementRow): Statement {
  return { factId, value, sourceId, deliveryId, asOf: asOf as Day, obtainedAt: new Date(obtainedAt) };
}
