import { randomBytes } from "node:crypto";
import { dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import { sealingWith } from "../kernel/sealing.ts";
import { Prisma } from "../platform/generated/client.ts";
import { dropStaged, stagingIn } from "../platform/staging.prisma.ts";
import type { Cells, StagedColumns, Staging } from "../platform/staging.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { DeliveryStage, StagedFirm } from "./delivery-stage.ts";
import { type FactOrigin, factWriter } from "./fact-writer.prisma.ts";
import type { DeliveredRow } from "./read-rows.ts";
import { type RowCells, rowCells } from "./row-cells.ts";

/**
 * @param elsewhere where rows go; absent: into the transaction itself, as issues do, which are few
 * @param origin of the delivery, if it is taken over
 */
export async function openDeliveryStage(
  tx: Tx,
  elsewhere: Staging | undefined,
  origin: FactOrigin,
): Promise<DeliveryStage> {
  const { id, sourceId } = origin;
  const staging = elsewhere ?? stagingIn(tx);
  const rows = await staging.open(`row_${sourceId}`, rowColumns);
  const facts = factWriter(tx, origin, { beside: elsewhere !== undefined });
  const issues = await stagingIn(tx).open(`issue_${sourceId}`, issueColumns);
  // What a crash leaves behind is opened by nobody any more.
  const ring = { current: "stage", keys: { stage: randomBytes(32) }, index: randomBytes(32) };
  const cells = rowCells(sealingWith(ring, randomBytes));
  let closing: Promise<void> | undefined;
  const closeRows = () => {
    closing ??= rows.close();
    return closing;
  };
  let issueCount = 0;
  return {
    async addRows({ rows: readable, refused }) {
      await rows.append(readable.map(cells.cellsOf));
      await rows.append(refused.map(({ firmCode = null, line, name = null }) => [firmCode, String(line), name, null]));
    },
    async *firms() {
      await closeRows();
      yield* byFirm(
        staging.read(`
        SELECT r.firm_code, r.line::text AS line, r.said, f.name FROM ${rows.name} AS r LEFT JOIN firm AS f ON f.code = r.firm_code
        WHERE r.firm_code IS NOT NULL ORDER BY r.firm_code COLLATE "C", r.line`),
        cells,
      );
    },
    async *absent() {
      await closeRows();
      const codes = staging.read(`
        SELECT f.code FROM firm AS f
        WHERE NOT EXISTS (SELECT 1 FROM ${rows.name} AS r WHERE r.firm_code = f.code)
          AND NOT EXISTS (SELECT 1 FROM ${rows.name} AS r WHERE r.firm_code IS NULL AND r.name = f.name)`);
      for await (const batch of codes) yield batch.map(([code]) => code ?? "");
    },
    addFacts: (said) => facts.add(said),
    async addIssues(found) {
      await facts.rest();
      await issues.append(
        found.map(({ line, field = null, severity, reason }, place) => {
          return [derivedId("issue", id, issueCount + place), String(line), field, severity, reason.zh, reason.en];
        }),
      );
      issueCount += found.length;
    },
    async takeOver({ isComplete, ...delivery }) {
      await facts.flush();
      await tx.delivery.create({ data: { ...delivery, asOf: dayToDate(delivery.asOf), complete: isComplete } });
      await tx.$executeRaw`
        INSERT INTO delivery_issue (id, delivery_id, line, field, severity, reason_zh, reason_en)
        SELECT id, ${id}, line, field, severity, reason_zh, reason_en FROM ${Prisma.raw(issues.name)}`;
    },
    giveUp: () => facts.undo(),
    async drop() {
      await closeRows();
      await dropStaged(tx, [rows, issues]);
    },
    async abandon() {
      await facts.rest().catch(() => {});
      await staging.abandon();
    },
  };
}

const rowColumns: StagedColumns = { firm_code: "text", line: "integer", name: "text", said: "text" };
const issueColumns: StagedColumns = {
  ...{ id: "text", line: "integer", field: "text" },
  ...{ severity: "text", reason_zh: "text", reason_en: "text" },
};

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
