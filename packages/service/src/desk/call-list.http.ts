import { callListPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { DomainError } from "../kernel/errors.ts";
import { callOutcomes } from "../notice/call.ts";
import { recordCall } from "../notice/record-call.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { callView, openCalls } from "./call-view.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const params = z.object({ id: z.string().max(60) });
const word = z.object({
  outcome: z.enum(callOutcomes),
  note: z.string().trim().max(1000).default(""),
  attemptsSeen: z.coerce.number().int().min(0).max(100_000),
});
const callers = ["operator"] as const;
const readers = [...callers, "author", "auditor"] as const;

/** Firms that nothing proves to know of their offers: whom to call, since when, what was tried. */
export function callListRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/call-list", async (request, reply) => {
    staffOf(request, ...readers);
    const calls = await openCalls(deps.db);
    return sendPage(reply, callListPage({ context: await contextOf(request, deps), calls }));
  });

  app.get("/desk/call-list/:id", async (request, reply) => {
    staffOf(request, ...readers);
    return show(request, reply, deps, input(params, request.params).id);
  });

  app.post("/desk/call-list/:id", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...callers);
    const { id } = input(params, request.params);
    try {
      await recordCall(deps, { id, by, ...input(word, request.body) });
      return await reply.redirect(`/desk/call-list/${id}`, 303);
    } catch (cause) {
      if (!(cause instanceof DomainError) || !shown.has(cause.code)) throw cause;
      return show(request, reply, deps, id, cause);
    }
  });
}

/** What the page can say above what is there now. */
const shown: ReadonlySet<string> = new Set(["bad-input", "changed-meanwhile", "call-not-open"]);

async function show(request: FastifyRequest, reply: FastifyReply, deps: DeskDeps, id: string, problem?: DomainError) {
  const opened = await callView(deps, id, isOneOf(request, callers));
  const context = { ...(await contextOf(request, deps)), path: `/desk/call-list/${id}` };
  const html = callListPage({ context, calls: [], opened, problem: problem?.message });
  return sendPage(reply, html, problem ? statusOf[problem.code] : 200);
}
