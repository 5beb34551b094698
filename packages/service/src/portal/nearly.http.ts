import { nearlyPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { enterpriseOf } from "../access/access.http.ts";
import type { DeliverySource } from "../facts/delivery-source.ts";
import { nearlyOf } from "./nearly-view.prisma.ts";
import { viewDeps } from "./offers.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

type NearlyDeps = PortalDeps & Readonly<{ sources: ReadonlyMap<string, DeliverySource> }>;

/** What a firm is one fact away from (差一点): what is short, what it would give, and since when it is watched. */
export function nearlyRoutes(app: FastifyInstance, deps: NearlyDeps): void {
  app.get("/nearly", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const nearly = await nearlyOf({ ...viewDeps(deps), sources: deps.sources }, firmCode);
    return sendPage(reply, nearlyPage({ ...nearly, context: await contextOf(request, deps) }));
  });
}
