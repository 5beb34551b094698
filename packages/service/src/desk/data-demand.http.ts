import { dataDemandPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { staffOf } from "../access/access.http.ts";
import { today } from "../kernel/clock.ts";
import { coverageOf } from "../policies/data-demand.prisma.ts";
import { dataDemand } from "../policies/data-demand.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

/** What policies need of departments, and what departments have delivered. */
export function dataDemandRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/data-demand", async (request, reply) => {
    staffOf(request, "author", "operator", "auditor");
    const { db, compiled, clock } = deps;
    const versions = await policyVersionStore(db).listLatest();
    const policies = versions.map((version) => compiled.get(version));
    const day = today(clock);
    const demand = dataDemand(policies, await coverageOf(db, policies, day), await db.firm.count(), day);
    const context = await contextOf(request, deps);
    return sendPage(reply, dataDemandPage({ context, ...demand }));
  });
}
