import { batchesPage, batchPage, deskHomePage, suspensePage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { StaffPrincipal } from "../access/account.ts";
import { DomainError } from "../kernel/errors.ts";
import { approveBatch } from "../payment/approve-batch.ts";
import { cancelBatch } from "../payment/cancel-batch.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { batchesOf, batchOf, deskHomeOf, suspenseOf } from "./money-views.prisma.ts";

const batchParams = z.object({ id: z.string().max(60) });
const doneQuery = z.object({ done: z.enum(["approved", "checked", "cancelled"]).optional() });
const approveForm = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const MOST_BATCHES = 200;

const readers = ["author", "finance-maker", "finance-checker", "auditor", "operator"] as const;

/** Funds, batches and what the bank booked: two people per payment, auditors may look on. */
export function moneyRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk", async (request, reply) => {
    const staff = staffOf(request, ...readers);
    return sendPage(
      reply,
      deskHomePage({ ...(await deskHomeOf(deps, staff)), context: await contextOf(request, deps) }),
    );
  });

  app.get("/desk/batches", async (request, reply) => {
    staffOf(request, ...readers);
    const batches = await batchesOf(deps.db, MOST_BATCHES);
    return sendPage(reply, batchesPage({ batches, context: await contextOf(request, deps) }));
  });

  app.get("/desk/batches/:id", async (request, reply) => {
    const staff = staffOf(request, ...readers);
    return showBatch(request, reply, deps, staff);
  });

  app.post("/desk/batches/:id/approve", async (request, reply) => {
    const staff = staffOf(request, "finance-checker", "finance-maker");
    const { sha256 } = input(approveForm, request.body);
    return answer(request, reply, deps, staff, async (batchId) => {
      // Only a checker may; a maker who tries is told why (不相容岗位分离).
      if (staff.role !== "finance-checker") {
        throw new DomainError(
          "maker-is-checker",
          "经办人不能复核，请由复核岗办理。A maker cannot approve; a checker must.",
        );
      }
      return approveBatch(deps, { batchId, checker: staff.accountId, sha256 });
    });
  });

  app.post("/desk/batches/:id/cancel", async (request, reply) => {
    const staff = staffOf(request, "finance-checker", "finance-maker");
    return answer(request, reply, deps, staff, async (batchId) => {
      await cancelBatch(deps, { batchId, actor: staff.accountId, reason: "cancelled at the desk" });
      return "cancelled";
    });
  });

  app.get("/desk/suspense", async (request, reply) => {
    staffOf(request, "finance-maker", "finance-checker", "auditor", "operator");
    return sendPage(reply, suspensePage({ lines: await suspenseOf(deps.db), context: await contextOf(request, deps) }));
  });
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  staff: StaffPrincipal,
  act: (batchId: string) => Promise<"approved" | "checked" | "cancelled">,
): Promise<FastifyReply> {
  const { id } = input(batchParams, request.params);
  let done: Awaited<ReturnType<typeof act>>;
  try {
    done = await act(id);
  } catch (cause) {
    if (!(cause instanceof DomainError) || cause.code === "batch-not-found") throw cause;
    const problem = { code: cause.code, message: cause.message };
    return showBatch(request, reply, deps, staff, problem, statusOf[cause.code]);
  }
  deps.pump();
  return reply.redirect(`/desk/batches/${id}?done=${done}`, 303);
}

async function showBatch(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  staff: StaffPrincipal,
  problem?: Readonly<{ code: string; message: string }>,
  status = 200,
): Promise<FastifyReply> {
  const { id } = input(batchParams, request.params);
  const { done } = input(doneQuery, request.query);
  const batch = await batchOf(deps.db, deps.compiled, id, staff);
  const context = { ...(await contextOf(request, deps)), path: `/desk/batches/${id}` };
  return sendPage(reply, batchPage({ ...batch, context, done, problem }), status);
}
