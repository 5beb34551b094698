import { CONTROLLER, type Profile } from "@apply-free/rules";
import { addDays, type Day, startOfDay } from "../kernel/day.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { type Control, controlIn, type Group, groupUnder, headOf } from "./group.ts";

/** Profiles by code; only the fact that tells who controls a firm is asked for. */
type Profiles = Readonly<{
  loadOnly(
    codes: readonly string[],
    about: Day,
    knownOn: Day,
    only: readonly string[],
  ): Promise<ReadonlyMap<string, Profile>>;
}>;

/** Groups of companies from the stored facts. */
export function groupSource(tx: Tx, { loadOnly }: Profiles) {
  /**
   * The group of each firm on a day, as it was known at the end of another; `undefined` where that is not known.
   * @param profiles of the firms asked for, as of that day
   */
  async function groupsOf(
    profiles: ReadonlyMap<string, Profile>,
    about: Day,
    knownOn: Day = about,
  ): Promise<ReadonlyMap<string, Group | undefined>> {
    const of = new Map<string, Control>([...profiles].map(([code, profile]) => [code, controlIn(profile)]));
    const firms = new Set<string>(profiles.keys());
    const isFirm = (code: string) => firms.has(code);
    const look = async (codes: readonly string[]) => {
      for (const code of await registered(tx, codes)) firms.add(code);
      const found = await loadOnly(codes.filter(isFirm), about, knownOn, [CONTROLLER]);
      for (const code of codes) of.set(code, controlIn(found.get(code) ?? {}));
    };
    for (let next = namedIn(of); next.length > 0; next = namedIn(of)) await look(next);

    const heads = new Map([...profiles.keys()].map((code) => [code, headOf(code, { of, isFirm })]));
    const under = new Map<string, string[]>();
    for (let at = [...new Set(heads.values())].filter((head) => head !== undefined); at.length > 0; ) {
      for (const head of at) under.set(head, []);
      const named = await namedUnder(tx, at, about, knownOn);
      for (const { by, code } of named) under.get(by)?.push(code);
      await look([...new Set(named.map(({ code }) => code))].filter((code) => !of.has(code)));
      at = named.map(({ code }) => code).filter((code, place, all) => !under.has(code) && all.indexOf(code) === place);
    }
    const groups = new Map([...under.keys()].map((head) => [head, groupUnder(head, { of, isFirm, under })]));
    return new Map([...heads].map(([code, head]) => [code, head === undefined ? undefined : groups.get(head)]));
  }

  return { groupsOf };
}

function namedIn(of: ReadonlyMap<string, Control>): string[] {
  const named = [...of.values()].flatMap((control) => (typeof control?.by === "string" ? [control.by] : []));
  return [...new Set(named)].filter((code) => !of.has(code));
}

async function registered(tx: Tx, codes: readonly string[]): Promise<readonly string[]> {
  if (codes.length === 0) return [];
  const rows = await tx.firm.findMany({ where: { code: { in: [...codes] } }, select: { code: true } });
  return rows.map(({ code }) => code);
}

/** Firms that were ever said to be under one of these; what is said of each by now is looked up by code. */
function namedUnder(tx: Tx, codes: readonly string[], about: Day, knownOn: Day) {
  const known = startOfDay(addDays(knownOn, 1));
  return tx.$queryRaw<Readonly<{ by: string; code: string }>[]>`
    SELECT DISTINCT upper(btrim(value #>> '{}')) AS by, firm_code AS code FROM fact
    WHERE fact_id = 'ent.controller' AND value <> 'null'::jsonb AND upper(btrim(value #>> '{}')) = ANY(${[...codes]})
      AND as_of <= ${about}::date AND obtained_at < ${known}::timestamptz
    ORDER BY 1, 2`;
}

/**
 * Firms whose group may be another one after these deliveries: of whom they say who controls them, and everybody who was ever
 * named together with one of those. Column: code.
 *
 * @param deliveries a query of their ids
 */
export function namedTogether(deliveries: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE related(code) AS (
      SELECT firm_code FROM fact WHERE delivery_id IN (${deliveries}) AND fact_id = 'ent.controller'
      UNION SELECT named.code FROM related CROSS JOIN LATERAL (
        SELECT upper(btrim(value #>> '{}')) AS code FROM fact
          WHERE firm_code = related.code AND fact_id = 'ent.controller' AND value <> 'null'::jsonb
        UNION SELECT firm_code FROM fact
          WHERE fact_id = 'ent.controller' AND value <> 'null'::jsonb AND upper(btrim(value #>> '{}')) = related.code
      ) AS named
    )
    SELECT related.code FROM related JOIN firm ON firm.code = related.code`;
}
