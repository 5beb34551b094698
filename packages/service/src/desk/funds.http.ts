import { fundEntriesPage, fundsPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { fundEntriesOf } from "./fund-entries.prisma.ts";
import { fundLinesOf, shownAccounts } from "./funds-view.prisma.ts";
import { stopFor } from "./stop-view.prisma.ts";

const lineParams = z.object({ line: z.string().max(80) });
const entriesQuery = z.object({ account: z.enum(shownAccounts), cursor: z.string().max(100).optional() });

const readers = ["finance-maker", "finance-checker", "auditor", "operator"] as const;

/** Where every fund stands, how far it reaches, and the entries behind each figure. */
export function fundRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/funds", async (request, reply) => {
    const { role } = staffOf(request, ...readers);
    const [lines, stop] = await Promise.all([fundLinesOf(deps), stopFor(deps.db, role)]);
    return sendPage(reply, fundsPage({ lines, stop, context: await contextOf(request, deps) }));
  });

  app.get("/desk/funds/:line", async (request, reply) => {
    const { role } = staffOf(request, ...readers);
    const { line } = input(lineParams, request.params);
    const wanted = { line, ...input(entriesQuery, request.query) };
    const entries = await fundEntriesOf(deps, wanted, role);
    return sendPage(reply, fundEntriesPage({ ...entries, context: await contextOf(request, deps) }));
  });
}
