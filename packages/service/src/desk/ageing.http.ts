import { type AgeingProps, ageingPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { StaffPrincipal } from "../access/account.ts";
import { resumePayments } from "../audit/compare-books.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { sumFen } from "../kernel/money.ts";
import { ageingOf } from "../payment/promises.prisma.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { titlesOfVersions } from "../portal/firm-views.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { stopFor } from "./stop-view.prisma.ts";

const doneQuery = z.object({ done: z.enum(["resumed"]).optional() });
const resumeForm = z.object({ reason: z.string().max(1_000) });

/** What is owed and not paid, by when it had to be, and why nothing leaves while the books differ. */
export function ageingRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/ageing", async (request, reply) => {
    const staff = staffOf(request, "finance-maker", "finance-checker", "auditor", "operator");
    const { done } = input(doneQuery, request.query);
    return show(request, reply, deps, staff, { done });
  });

  app.post("/desk/ageing/resume", async (request, reply) => {
    const staff = staffOf(request, "finance-checker");
    const { reason } = input(resumeForm, request.body);
    try {
      await resumePayments(deps, { actor: staff.accountId, reason });
    } catch (cause) {
      if (!(cause instanceof DomainError)) throw cause;
      return show(request, reply, deps, staff, { problem: cause.message }, statusOf[cause.code]);
    }
    return reply.redirect("/desk/ageing?done=resumed", 303);
  });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  { role }: StaffPrincipal,
  outcome: Pick<AgeingProps, "done" | "problem">,
  status = 200,
): Promise<FastifyReply> {
  const { db, compiled, clock } = deps;
  const debts = await ageingOf({ db, compiled, today: today(clock) });
  const titles = await titlesOfVersions(db, compiled, [...new Set(debts.map((debt) => debt.policyVersionId))]);
  const props: Omit<AgeingProps, "context"> = {
    ...outcome,
    debts: debts.map(({ entitlementId, amountFen, policyVersionId, policyId, ...debt }) => ({
      ...debt,
      caseId: entitlementId,
      policyTitle: titles.get(policyVersionId) ?? policyId,
      amountFen: String(amountFen),
    })),
    totalFen: String(sumFen(debts.map(({ amountFen }) => amountFen))),
    stop: await stopFor(db, role),
  };
  const context = { ...(await contextOf(request, deps)), path: "/desk/ageing" };
  return sendPage(reply, ageingPage({ ...props, context }), status);
}
