import { randomBytes } from "node:crypto";
import { dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { sealingWith } from "../kernel/sealing.ts";
import { Prisma } from "../platform/generated/client.ts";
import { dropStaged, stagingIn } from "../platform/staging.prisma.ts";
import type { Cells, StagedColumns, Staging, StagingTable } from "../platform/staging.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryStage, StagedFirm } from "./delivery-stage.ts";
import type { DeliveredRow } from "./read-rows.ts";
import { type RowCells, rowCells } from "./row-cells.ts";
import type { DeliveredFact } from "./settle-firm.ts";

/**
 * @param staging where rows and facts go; issues, which are few, go through the transaction itself
 * @param id of the delivery, if it is taken over
 */
export async function openDeliveryStage(
  tx: Tx,
  staging: Staging,
  { id, sourceId }: Pick<Delivery, "id" | "sourceId">,
): Promise<DeliveryStage> {
  const rows = await staging.open(`row_${sourceId}`, rowColumns);
  const facts = await staging.open(`fact_${sourceId}`, factColumns);
  const issues = await stagingIn(tx).open(`issue_${sourceId}`, issueColumns);
  // What a crash leaves behind is opened by nobody any more.
  const ring = { current: "stage", keys: { stage: randomBytes(32) }, index: randomBytes(32) };
  const cells = rowCells(sealingWith(ring, randomBytes));
  const close = onceFor<StagingTable>((table) => table.close());
  let issueCount = 0;
  return {
    async addRows({ rows: readable, refused }) {
      await rows.append(readable.map(cells.cellsOf));
      await rows.append(refused.map(({ firmCode = null, line, name = null }) => [firmCode, String(line), name, null]));
    },
    async *firms() {
      await close(rows);
      yield* byFirm(
        staging.read(`
        SELECT r.firm_code, r.line::text AS line, r.said, f.name FROM ${rows.name} AS r LEFT JOIN firm AS f ON f.code = r.firm_code
        WHERE r.firm_code IS NOT NULL ORDER BY r.firm_code COLLATE "C", r.line`),
        cells,
      );
    },
    async *absent() {
      await close(rows);
      const codes = staging.read(`
        SELECT f.code FROM firm AS f
        WHERE NOT EXISTS (SELECT 1 FROM ${rows.name} AS r WHERE r.firm_code = f.code)
          AND NOT EXISTS (SELECT 1 FROM ${rows.name} AS r WHERE r.firm_code IS NULL AND r.name = f.name)`);
      for await (const batch of codes) yield batch.map(([code]) => code ?? "");
    },
    addFacts: (said) => facts.append(factCells(said)),
    async addIssues(found) {
      await issues.append(
        found.map(({ line, field = null, severity, reason }, place) => {
          return [derivedId("issue", id, issueCount + place), String(line), field, severity, reason.zh, reason.en];
        }),
      );
      issueCount += found.length;
    },
    async takeOver({ isComplete, ...delivery }) {
      await close(facts);
      await tx.delivery.create({ data: { ...delivery, asOf: dayToDate(delivery.asOf), complete: isComplete } });
      await tx.$executeRaw`
        INSERT INTO delivery_issue (id, delivery_id, line, field, severity, reason_zh, reason_en)
        SELECT id, ${id}, line, field, severity, reason_zh, reason_en FROM ${Prisma.raw(issues.name)}`;
      await insertStagedFacts(tx, delivery, facts);
    },
    async drop() {
      await close(rows);
      await close(facts);
      await dropStaged(tx, [rows, facts, issues]);
    },
    abandon: () => staging.abandon(),
  };
}

/** Rows should lie in the order of the primary key, or each would look for its place anew. */
export async function insertStagedFacts(
  tx: Tx,
  { id, sourceId, asOf, obtainedAt }: Pick<Delivery, "id" | "sourceId" | "asOf" | "obtainedAt">,
  { name }: StagingTable,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
    SELECT firm_code, fact_id, value, ${sourceId}, ${id}, ${asOf}::date, ${obtainedAt}::timestamptz
    FROM ${Prisma.raw(name)}`;
}

const rowColumns: StagedColumns = { firm_code: "text", line: "integer", name: "text", said: "text" };
export const factColumns: StagedColumns = { firm_code: "text", fact_id: "text", value: "jsonb" };
const issueColumns: StagedColumns = {
  ...{ id: "text", line: "integer", field: "text" },
  ...{ severity: "text", reason_zh: "text", reason_en: "text" },
};

/** A fact as its columns. */
export function factCells(facts: readonly DeliveredFact[]): Cells[] {
  return facts.map(({ firmCode, factId, value }) => [firmCode, factId, JSON.stringify(value)]);
}

/** Does once for each what is asked several times. */
function onceFor<Thing>(work: (thing: Thing) => Promise<void>): (thing: Thing) => Promise<void> {
  const done = new Map<Thing, Promise<void>>();
  return (thing) => {
    const known = done.get(thing) ?? work(thing);
    done.set(thing, known);
    return known;
  };
}

async function* byFirm(
  batches: AsyncIterable<readonly Cells[]>,
  { rowOf }: RowCells,
): AsyncIterable<readonly StagedFirm[]> {
  let code: string | null = null;
  let registeredName: string | undefined;
  let hasUnreadable = false;
  let rows: DeliveredRow[] = [];
  const whole = (): StagedFirm[] => {
    const [first, ...others] = rows;
    return first ? [{ rows: [first, ...others], beside: { registeredName, hasUnreadable } }] : [];
  };
  for await (const batch of batches) {
    const firms: StagedFirm[] = [];
    for (const [firmCode = null, line, said, name] of batch) {
      if (firmCode !== code) {
        firms.push(...whole());
        [code, registeredName, hasUnreadable, rows] = [firmCode, name ?? undefined, false, []];
      }
      if (said) rows.push(rowOf(firmCode ?? "", line ?? "", said));
      else hasUnreadable = true;
    }
    if (firms.length > 0) yield firms;
  }
  yield whole();
}
