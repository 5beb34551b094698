import { namedTogether } from "../facts/group.prisma.ts";
import { type EventType, factEvents } from "../kernel/event.ts";
import { Prisma } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { MatchGround, MatchGroundStore } from "./match-ground.ts";

/** Whose facts were taken away is on no record. */
const PURGED: EventType = "facts-purged";

export function matchGroundStore(tx: Tx): MatchGroundStore {
  return {
    async now() {
      const [row] = await tx.$queryRaw<{ mark: bigint; seen: string[] }[]>`
        SELECT coalesce((SELECT max(index) FROM seal), -1) AS mark,
          ARRAY(SELECT event_seq::text FROM unsealed_event ORDER BY event_seq) AS seen`;
      return row ?? { mark: -1n, seen: [] };
    },

    async latest() {
      const [row] = await tx.$queryRaw<MatchGround[]>`
        SELECT mark, seen, rests_on AS "restsOn" FROM match_ground JOIN match_run ON id = run_id
        WHERE finished_at IS NOT NULL ORDER BY started_at DESC, mark DESC, id DESC LIMIT 1`;
      return row;
    },

    async touchedSince(ground, today) {
      const [purged] = await tx.$queryRaw<{ found: boolean }[]>`
        WITH news AS (${newsSince(ground)}) SELECT EXISTS (SELECT FROM news WHERE type = ${PURGED}) AS found`;
      if (purged?.found) return undefined;
      const rows = await tx.$queryRaw<{ code: string }[]>`
        WITH news AS MATERIALIZED (${newsSince(ground)}),
        things AS MATERIALIZED (SELECT subject AS id FROM news UNION SELECT payload->>'entitlementId' FROM news
          UNION SELECT payload->>'recoveryId' FROM news UNION SELECT payload->>'firmCode' FROM news),
        heard AS MATERIALIZED (
          SELECT firm_code AS code FROM fact
            WHERE delivery_id IN (SELECT subject FROM news WHERE type = ANY(${[...factEvents]}))
          UNION SELECT firm_code FROM entitlement WHERE id IN (SELECT id FROM things)
          UNION SELECT owed.firm_code FROM entitlement AS owed JOIN recovery ON recovery.entitlement_id = owed.id
            WHERE recovery.id IN (SELECT id FROM things)
          UNION SELECT id FROM things
        ),
        named AS (${namedTogether(Prisma.sql`SELECT subject FROM news WHERE type = ANY(${[...factEvents]})`)})
        SELECT code FROM firm WHERE code IN (
          SELECT code FROM heard
          UNION SELECT code FROM named
          UNION SELECT firm_code FROM match_due WHERE relatives ?| (SELECT array_agg(code) FROM heard)
          UNION SELECT firm_code FROM match_due WHERE due_on <= ${today}::date OR every_night
        ) OR NOT EXISTS (SELECT FROM match_due WHERE firm_code = code)
        ORDER BY code`;
      return rows.map(({ code }) => code);
    },

    async put(runId, { mark, seen, restsOn }) {
      await tx.matchGround.createMany({ data: [{ runId, mark, seen: [...seen], restsOn }], skipDuplicates: true });
    },

    async keepDue(due) {
      if (due.length === 0) return;
      const rows = due.map(({ firmCode, dueOn, everyNight, relatives, ...counts }) => ({
        ...{ firm_code: firmCode, due_on: dueOn ?? null, every_night: everyNight, relatives, ...counts },
      }));
      await tx.$executeRaw`
        INSERT INTO match_due (firm_code, due_on, every_night, relatives, eligible, ineligible, undetermined)
        SELECT firm_code, due_on, every_night, relatives, eligible, ineligible, undetermined
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(firm_code text, due_on date, every_night boolean,
          relatives jsonb, eligible integer, ineligible integer, undetermined integer)
        ON CONFLICT (firm_code) DO UPDATE SET due_on = excluded.due_on, every_night = excluded.every_night,
          relatives = excluded.relatives, eligible = excluded.eligible, ineligible = excluded.ineligible,
          undetermined = excluded.undetermined`;
    },

    async totals() {
      const { _sum } = await tx.matchDue.aggregate({ _sum: { eligible: true, ineligible: true, undetermined: true } });
      const { eligible, ineligible, undetermined } = _sum;
      return { eligible: eligible ?? 0, ineligible: ineligible ?? 0, undetermined: undetermined ?? 0 };
    },
  };
}

/** Along the chain of seals, whose order is that in which events became visible; what is not sealed yet besides. */
function newsSince({ mark, seen }: MatchGround): Prisma.Sql {
  return Prisma.sql`
    SELECT type, subject, payload FROM (
      SELECT event_seq FROM seal WHERE index > ${mark}::bigint
      UNION ALL SELECT event_seq FROM unsealed_event
    ) AS after JOIN journal_event ON seq = event_seq
    WHERE NOT (seq::text = ANY(${[...seen]}))`;
}
