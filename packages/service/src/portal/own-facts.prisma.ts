import { factText, type Json, labelOf, type Vocabulary } from "@apply-free/rules";
import { stringify } from "csv-stringify/sync";
import type { Tx } from "../platform/store.prisma.ts";

type Row = Readonly<{
  factId: string;
  value: Json;
  sourceId: string;
  asOf: string;
  obtainedAt: Date;
  deliveryId: string;
  decisions: readonly string[] | null;
}>;

/**
 * Everything that was ever said of a firm, newest first, with the decisions that it went into: what
 * the firm may take away with it. CSV with a BOM, as spreadsheets expect it.
 */
export async function ownFactsCsv(db: Tx, firmCode: string, vocabulary: Vocabulary): Promise<string> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT fact.fact_id AS "factId", fact.value, fact.source_id AS "sourceId", to_char(fact.as_of, 'YYYY-MM-DD') AS "asOf",
      fact.obtained_at AS "obtainedAt", fact.delivery_id AS "deliveryId",
      (SELECT jsonb_agg(decision.id ORDER BY decision.decided_at, decision.id) FROM decision
        WHERE decision.firm_code = fact.firm_code
          AND decision.facts #>> ARRAY[fact.fact_id, 'deliveryId'] = fact.delivery_id) AS decisions
    FROM fact WHERE fact.firm_code = ${firmCode}
    ORDER BY fact.fact_id, fact.as_of DESC, fact.obtained_at DESC, fact.delivery_id`;
  const header = ["数据项", "名称", "值", "来源", "数据日期", "收到时间", "交付编号", "用于判定"];
  const lines = rows.map(({ factId, value, sourceId, asOf, obtainedAt, deliveryId, decisions }) => [
    factId,
    zh(labelOf(vocabulary, factId)),
    zh(factText(vocabulary, factId, value)),
    zh(vocabulary.sources.get(sourceId) ?? sourceId),
    asOf,
    obtainedAt.toISOString(),
    deliveryId,
    (decisions ?? []).join(" "),
  ]);
  return `\uFEFF${stringify([header, ...lines], { escape_formulas: true })}`;
}

const zh = (text: string | Readonly<{ zh: string }>) => (typeof text === "string" ? text : text.zh);
