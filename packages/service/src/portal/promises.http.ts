import { overduePage, waitingPage } from "@apply-free/ui";
import { stringify } from "csv-stringify/sync";
import type { FastifyInstance } from "fastify";
import { today } from "../kernel/clock.ts";
import { maskFirmName, maskSubjectCode } from "../kernel/mask.ts";
import { toDecimalYuan } from "../kernel/money.ts";
import { overdueOf } from "../payment/promises.prisma.ts";
import { titlesOfVersions } from "./firm-views.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendCsv, sendPage } from "./reader.http.ts";
import { waitingQueues } from "./waiting-view.prisma.ts";

/** What anybody may see of promises: those that were not kept, and who waits in which order. */
export function promiseRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/overdue", async (request, reply) => {
    const rows = await overdueRows(deps);
    return sendPage(reply, overduePage({ rows, csvHref: "/overdue.csv", context: await contextOf(request, deps) }));
  });

  app.get("/overdue.csv", async (_, reply) => sendCsv(reply, "overdue.csv", csvOf(await overdueRows(deps))));

  app.get("/waiting", async (request, reply) => {
    const queues = await waitingQueues(deps);
    return sendPage(reply, waitingPage({ queues, context: await contextOf(request, deps) }));
  });
}

type Row = Awaited<ReturnType<typeof overdueRows>>[number];

async function overdueRows({ db, compiled, clock }: PortalDeps) {
  const debts = await overdueOf({ db, compiled, today: today(clock) });
  const titles = await titlesOfVersions(db, compiled, [...new Set(debts.map((debt) => debt.policyVersionId))]);
  return debts.map(({ entitlementId: id, firmName, firmCode, policyId, policyVersionId, amountFen, ...debt }) => ({
    id,
    maskedName: maskFirmName(firmName),
    maskedCode: maskSubjectCode(firmCode),
    policyTitle: titles.get(policyVersionId) ?? policyId,
    department: debt.department,
    amountFen: String(amountFen),
    paidOn: debt.paidOn,
    clocks: debt.clocks,
  }));
}

const columns = [
  "政策 policy",
  "受益主体 beneficiary",
  "统一社会信用代码 code",
  "责任部门 office",
  "金额（元） amount CNY",
  "时限 limit",
  "最后一天 due on",
  "逾期工作日 working days late",
  "拨付日期 paid on",
];

/** One line for each limit that was not kept: UTF-8 with a mark, CRLF, no cell that runs as a formula. */
function csvOf(rows: readonly Row[]): string {
  const cells = rows.flatMap(({ policyTitle, maskedName, maskedCode, department, amountFen, paidOn, clocks }) => {
    const title = typeof policyTitle === "string" ? policyTitle : policyTitle.zh;
    const common = [title, maskedName, maskedCode, department ?? "", toDecimalYuan(BigInt(amountFen))];
    return clocks
      .filter(({ state }) => state === "overdue" || state === "missed")
      .map(({ kind, dueOn, days }) => [...common, kind, dueOn, String(days), paidOn ?? ""]);
  });
  return `\uFEFF${stringify([columns, ...cells], { record_delimiter: "windows", escape_formulas: true })}`;
}
