import { firmRecoveriesPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enterpriseOf, representativeOf } from "../access/access.http.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { agreeOffset } from "../recovery/agree-offset.ts";
import { hearFirm } from "../recovery/hear-firm.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { recoveryRows, recoveryView } from "./recovery-view.prisma.ts";

const params = z.object({ id: z.string().max(60) });
const statementForm = z.object({ statement: z.string().trim().min(1).max(4000) });
const offsetForm = z.object({ entitlementId: z.string().max(60) });
/** What the firm agrees to when it presses the button. */
const AGREED = "企业在本系统同意从本项补贴中抵扣应退回的款项";

/** What a firm is asked to pay back, what it says to that, and how it pays. */
export function recoveryRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/recoveries", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const rows = await deps.db.recovery.findMany({
      where: { firmCode },
      orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    });
    const recoveries = (await recoveryRows(deps, rows, today(deps.clock))).map(({ brief }) => brief);
    return sendPage(reply, firmRecoveriesPage({ context: await contextOf(request, deps), recoveries }));
  });

  app.get("/recoveries/:id", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const { id } = input(params, request.params);
    const row = await deps.db.recovery.findFirst({ where: { id, firmCode } });
    if (!row) throw new DomainError("recovery-not-found", "没有这件追缴。No such recovery.", { id });
    const view = await recoveryView(deps, row, today(deps.clock));
    const mayState = row.status === "noticed" && row.statement === null;
    const select = { name: true, accountNo: true, bankCode: true };
    const account = await deps.db.payerAccount.findUnique({ where: { budgetLine: row.budgetLine }, select });
    const payTo = row.status === "owed" ? (account ?? undefined) : undefined;
    const context = await contextOf(request, deps);
    return sendPage(reply, firmRecoveriesPage({ context, recoveries: [], opened: { ...view, mayState, payTo } }));
  });

  app.post("/recoveries/:id/statement", async (request, reply) => {
    const { firmCode, accountId: by } = enterpriseOf(request);
    const { id } = input(params, request.params);
    const { statement: text } = input(statementForm, request.body);
    await hearFirm(deps, { id, firmCode, by, text });
    return reply.redirect(`/recoveries/${id}`, 303);
  });

  app.post("/recoveries/:id/offset", async (request, reply) => {
    const { firmCode, accountId: by } = representativeOf(request);
    const { id: recoveryId } = input(params, request.params);
    const { entitlementId } = input(offsetForm, request.body);
    await agreeOffset(deps, { recoveryId, entitlementId, firmCode, by, basis: "consent", ground: AGREED });
    deps.pump();
    return reply.redirect(`/recoveries/${recoveryId}`, 303);
  });
}
