import type { WaitingQueue } from "@apply-free/ui";
import { inPublicOrder, openWindows } from "../budget/admit-waitlisted.ts";
import { fundRules } from "../budget/fund-rules.prisma.ts";
import { toEntitlement } from "../entitlement/entitlement.prisma.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { maskFirmName, maskSubjectCode } from "../kernel/mask.ts";
import { titlesOfVersions } from "./firm-views.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";

/** Who waits for which fund, in the order in which `admitWaitlisted` serves them. */
export async function waitingQueues({ db, compiled }: Pick<PortalDeps, "db" | "compiled">): Promise<WaitingQueue[]> {
  const rows = (await db.entitlement.findMany({ where: { status: "waitlisted" } })).map(toEntitlement);
  const waiting = rows.flatMap((each) => (each.status === "waitlisted" ? [each] : []));
  const lines = await db.budgetLine.findMany({ select: { id: true, title: true }, orderBy: { id: "asc" } });
  const names = await firmNames(db, [...new Set(waiting.map(({ firmCode }) => firmCode))]);
  const versions = [...new Set(waiting.map(({ policyVersionId }) => policyVersionId))];
  const titles = await titlesOfVersions(db, compiled, versions);
  const isCollecting = openWindows(fundRules(db, compiled));
  const queues: WaitingQueue[] = [];
  for (const { id: line, title: lineTitle } of lines) {
    let place = 0;
    const queue: WaitingQueue["rows"][number][] = [];
    for (const each of inPublicOrder(waiting.filter(({ budgetLine }) => budgetLine === line))) {
      const { id, firmCode, policyVersionId, policyId, amountFen, confirmedAt } = each;
      if (!(await isCollecting(each))) place += 1;
      queue.push({
        id,
        ...(!(await isCollecting(each)) && { place }),
        maskedName: maskFirmName(names.get(firmCode) ?? ""),
        maskedCode: maskSubjectCode(firmCode),
        policyTitle: titles.get(policyVersionId) ?? policyId,
        amountFen: String(amountFen),
        agreedAt: confirmedAt.toISOString(),
      });
    }
    if (queue.length > 0) queues.push({ line, lineTitle, rows: queue });
  }
  return queues;
}
