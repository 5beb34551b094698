import type { FastifyInstance } from "fastify";
import { today } from "../kernel/clock.ts";
import { input } from "../platform/input.http.ts";
import { forAll, sendOpen } from "./open-data.http.ts";
import { openPolicy } from "./open-policy.ts";
import { paidByPolicy } from "./paid-by-policy.prisma.ts";
import { policiesInForce } from "./policy-views.prisma.ts";
import { fits } from "./policy-zone.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { zoneQuery } from "./zone-query.ts";

type OpenDeps = PortalDeps & Readonly<{ publicUrl: string }>;

/** The policy zone for programs: every policy in force, with rule and guide in plain words. */
export function openPolicyRoutes(app: FastifyInstance, deps: OpenDeps): void {
  const address = (path: string) => new URL(path, deps.publicUrl).href;

  app.get("/policies.json", forAll, async (request, reply) => {
    const filter = input(zoneQuery, request.query);
    const inForce = await policiesInForce(deps, today(deps.clock));
    const paid = await paidByPolicy(deps.db);
    const policies = inForce
      .filter((each) => fits(each, filter))
      .map((each) => openPolicy(each, paid(each.policy.id), address));
    return sendOpen(request, reply, "application/json; charset=utf-8", JSON.stringify({ policies }));
  });
}
