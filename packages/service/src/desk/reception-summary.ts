import type { DeliveryReport } from "../facts/settle-delivery.ts";
import type { FileReception } from "../naming/receive-file.ts";

/** What came of a delivery, as the command and the interface for departments print it. */
export function receptionSummary(report: FileReception) {
  if (report.outcome === "named") {
    const { id, sourceId, fileName, sha256, asOf, status } = report.list;
    return {
      outcome: report.outcome,
      nameListId: id,
      source: sourceId,
      file: fileName,
      sha256,
      asOf,
      status,
      issues: [],
    };
  }
  if (report.outcome === "quarantined") {
    const { id, sourceId, fileName, sha256, asOf, status, findings } = report.quarantined;
    const held = { quarantineId: id, source: sourceId, file: fileName, sha256, asOf, status, findings };
    return { outcome: report.outcome, ...held, ...issuesOf(report) };
  }
  const { outcome, delivery } = report;
  const { id, sourceId, fileName, sha256, asOf, rowsGood, rowsBad } = delivery;
  return {
    outcome,
    deliveryId: id,
    source: sourceId,
    file: fileName,
    sha256,
    asOf,
    rowsGood,
    rowsBad,
    ...issuesOf(report),
  };
}

/** The first issues by line, and how many there are beyond. */
function issuesOf({ issues, moreIssues }: Pick<DeliveryReport, "issues" | "moreIssues">) {
  return { issues, ...(moreIssues !== undefined && { moreIssues }) };
}
