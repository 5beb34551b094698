import type { Json, Profile } from "@apply-free/rules";
import { addDays, type Day, startOfDay } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import { assembleProfile, type Freshness, type Statement } from "./profile.ts";

/** Statements of one firm as one JSON value: Prisma reads one row per firm, not one per fact. */
type Row = Readonly<{ firm_code: string; statements: readonly StatementRow[] }>;
type StatementRow = Readonly<{
  factId: string;
  value: Json;
  sourceId: string;
  deliveryId: string;
  asOf: string;
  obtainedAt: string;
}>;

/**
 * Profiles from the stored facts; one query for all firms asked for.
 * @param facts definitions of the vocabulary, with what is stale
 */
export function profileSource(tx: Tx, facts: ReadonlyMap<string, Freshness>) {
  return {
    /**
     * What holds of these firms on a day, as it was known at the end of another: what was delivered
     * later is not seen, and what is about a later day neither.
     */
    async load(firmCodes: readonly string[], about: Day, knownOn: Day = about): Promise<ReadonlyMap<string, Profile>> {
      const known = startOfDay(addDays(knownOn, 1));
      const rows = await tx.$queryRaw<Row[]>`
        SELECT firm_code, jsonb_agg(jsonb_build_object(
          'factId', fact_id, 'value', value, 'sourceId', source_id, 'deliveryId', delivery_id,
          'asOf', as_of, 'obtainedAt', obtained_at)) AS statements
        FROM (
          SELECT DISTINCT ON (firm_code, fact_id, source_id) *
          FROM fact
          WHERE firm_code = ANY(${[...firmCodes]}) AND as_of <= ${about}::date AND obtained_at < ${known}::timestamptz
          ORDER BY firm_code, fact_id, source_id, as_of DESC, obtained_at DESC, id
        ) AS newest
        GROUP BY firm_code`;
      const statements = new Map(rows.map((row) => [row.firm_code, row.statements]));
      return new Map(
        firmCodes.map((code) => [code, assembleProfile((statements.get(code) ?? []).map(toStatement), facts, about)]),
      );
    },
  };
}

function toStatement({ asOf, obtainedAt, ...row }: StatementRow): Statement {
  return { ...row, asOf: asOf as Day, obtainedAt: new Date(obtainedAt) };
}
