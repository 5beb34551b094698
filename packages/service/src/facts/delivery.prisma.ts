import type { Json } from "@apply-free/rules";
import { z } from "zod";
import { type Day, dateToDay, dayToDate } from "../kernel/day.ts";
import { derivedId } from "../kernel/id.ts";
import type { BulkCopy } from "../platform/bulk-copy.prisma.ts";
import type { Delivery as Row } from "../platform/generated/client.ts";
import type { Tx } from "../platform/store.prisma.ts";
import type { Delivery } from "./delivery.ts";
import { openDeliveryStage } from "./delivery-stage.prisma.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import { insertFacts } from "./fact-writer.prisma.ts";
import { MOST_ISSUES } from "./issue-book.ts";
import type { RowIssue } from "./row-issue.ts";

/** Rows per statement: large enough to be quick, small enough for one message. */
const chunk = 4_000;

export function deliveryStore(tx: Tx, bulk?: BulkCopy): DeliveryStore {
  return {
    async begin(sourceId) {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`delivery/${sourceId}`}, 0))`;
      const { _max } = await tx.delivery.aggregate({ where: { sourceId }, _max: { obtainedAt: true } });
      return _max.obtainedAt ?? undefined;
    },
    async findSame(sourceId, sha256, asOf) {
      const row = await tx.delivery.findFirst({
        where: { sourceId, sha256, ...(asOf && { asOf: dayToDate(asOf) }) },
        orderBy: [{ obtainedAt: "desc" }, { id: "asc" }],
      });
      return row ? toDelivery(row) : undefined;
    },
    issuesOf: (deliveryId) => issuesOf(tx, deliveryId),
    async firstIssuesOf(deliveryId) {
      const issues = await issuesAfter(tx, deliveryId, undefined, MOST_ISSUES);
      const moreIssues =
        issues.length < MOST_ISSUES ? 0 : (await tx.deliveryIssue.count({ where: { deliveryId } })) - MOST_ISSUES;
      return { issues: issues.map((row) => issue.parse(row)), ...(moreIssues > 0 && { moreIssues }) };
    },
    async takenBackBy(sourceId) {
      const rows = await tx.dispute.findMany({
        where: { sourceId, status: "corrected" },
        orderBy: [{ closedAt: "asc" }, { id: "asc" }],
        select: { id: true, firmCode: true, factId: true, disputed: true },
      });
      return rows.flatMap(({ id: disputeId, firmCode, factId, disputed }) => {
        const { value, asOf: about } = taken.parse(disputed);
        return value === undefined || about === undefined ? [] : [{ disputeId, firmCode, factId, value, about }];
      });
    },
    async firmsIn(deliveryId) {
      const rows = await tx.fact.findMany({
        where: { deliveryId },
        distinct: ["firmCode"],
        select: { firmCode: true },
      });
      return rows.map(({ firmCode }) => firmCode).sort();
    },
    async insert({ isComplete, ...delivery }, issues, facts) {
      await tx.delivery.create({ data: { ...delivery, asOf: dayToDate(delivery.asOf), complete: isComplete } });
      const rows = issues.map(({ reason, ...entry }, place) => ({
        ...entry,
        reasonZh: reason.zh,
        reasonEn: reason.en,
        id: derivedId("issue", delivery.id, place),
        deliveryId: delivery.id,
      }));
      for (let start = 0; start < rows.length; start += chunk) {
        await tx.deliveryIssue.createMany({ data: rows.slice(start, start + chunk) });
      }
      await insertFacts(tx, delivery, facts);
    },
    openStage: (delivery) => openDeliveryStage(tx, bulk?.staging(), delivery),
  };
}

type IssueRow = Readonly<{ id: string; line: number }>;

/** Some thousand issues of a delivery that come after one of them, or the first. */
function issuesAfter(tx: Tx, deliveryId: string, after: IssueRow | undefined, take: number) {
  const beyond = after && { OR: [{ line: { gt: after.line } }, { line: after.line, id: { gt: after.id } }] };
  const orderBy = [{ line: "asc" as const }, { id: "asc" as const }];
  return tx.deliveryIssue.findMany({ where: { deliveryId, ...beyond }, orderBy, take });
}

async function* issuesOf(tx: Tx, deliveryId: string): AsyncIterable<readonly RowIssue[]> {
  let after: IssueRow | undefined;
  do {
    const rows = await issuesAfter(tx, deliveryId, after, chunk);
    if (rows.length > 0) yield rows.map((row) => issue.parse(row));
    after = rows.length < chunk ? undefined : rows.at(-1);
  } while (after);
}

/** The statement that a dispute was about; without a value it was unknown, and nothing was taken back. */
const taken = z.object({
  value: z.custom<Json>((json) => json !== undefined).optional(),
  asOf: z
    .string()
    .transform((day) => day as Day)
    .optional(),
});

const issue = z
  .object({
    line: z.number(),
    field: z.string().nullable(),
    severity: z.enum(["refused", "warning"]),
    reasonZh: z.string(),
    reasonEn: z.string(),
  })
  .transform(({ line, field, severity, reasonZh: zh, reasonEn: en }): RowIssue => {
    return { line, ...(field !== null && { field }), severity, reason: { zh, en } };
  });

export function toDelivery({ complete, asOf, ...row }: Row): Delivery {
  return { ...row, asOf: dateToDay(asOf), isComplete: complete };
}
