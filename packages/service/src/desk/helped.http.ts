import { helpedPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { liveInvitations } from "../access/helper-invitation.prisma.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { viewDeps } from "../portal/offers.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { offersBriefly } from "./counter-view.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const params = z.object({ code: z.string().max(30) });

/** What waits for the firms that invited a helper: to read and to remind, not to answer. */
export function helpedRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/helped", async (request, reply) => {
    const { accountId: helper } = staffOf(request, "helper");
    const codes = (await liveInvitations(deps.db, { helper })).map(({ firmCode }) => firmCode);
    const names = await firmNames(deps.db, codes);
    const firms = codes.map((code) => ({ code, name: names.get(code) ?? code }));
    return sendPage(reply, helpedPage({ context: await contextOf(request, deps), firms }));
  });

  app.get("/desk/helped/:code", async (request, reply) => {
    const { accountId: helper } = staffOf(request, "helper");
    const { code } = input(params, request.params);
    // A firm that has not invited the helper answers exactly as one that does not exist.
    if ((await liveInvitations(deps.db, { helper, firmCode: code })).length === 0) {
      throw new DomainError("not-found", "没有邀请您的这家企业。No such firm has invited you.");
    }
    const name = (await firmNames(deps.db, [code])).get(code) ?? code;
    const opened = { code, name, offers: await offersBriefly(viewDeps(deps), code) };
    return sendPage(reply, helpedPage({ context: await contextOf(request, deps), firms: [], opened }));
  });
}
