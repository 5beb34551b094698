import type { Day } from "../kernel/day.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { CompiledPolicy } from "./compiled-policies.ts";
import type { Coverage } from "./data-demand.ts";

type Row = Readonly<{ fact_id: string; known: bigint; fresh: bigint; newest: string }>;

/** Of each fact that policies look at: how many firms have it, how many freshly, and how new it is. */
export async function coverageOf(
  tx: Tx,
  policies: readonly CompiledPolicy[],
  today: Day,
): Promise<ReadonlyMap<string, Coverage>> {
  const ages = new Map(
    policies.flatMap(({ needs, vocabulary }) =>
      needs.map((id) => [id, vocabulary.facts.get(id)?.maxAgeDays ?? 0] as const),
    ),
  );
  const rows = await tx.$queryRaw<Row[]>`
    SELECT newest.fact_id, count(*) AS known,
      count(*) FILTER (WHERE newest.as_of >= ${today}::date - wanted.days) AS fresh,
      max(newest.as_of)::text AS newest
    FROM (
      SELECT fact_id, firm_code, max(as_of) AS as_of FROM fact
      WHERE fact_id = ANY(${[...ages.keys()]}) AND as_of <= ${today}::date
      GROUP BY fact_id, firm_code
    ) AS newest
    JOIN unnest(${[...ages.keys()]}::text[], ${[...ages.values()]}::int[]) AS wanted(fact_id, days) USING (fact_id)
    GROUP BY newest.fact_id`;
  return new Map(
    rows.map(({ fact_id, known, fresh, newest }) => [
      fact_id,
      { known: Number(known), fresh: Number(fresh), newest: newest as Day },
    ]),
  );
}
