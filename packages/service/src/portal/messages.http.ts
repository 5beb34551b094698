import { inboxPage, messagePage, myDataPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enterpriseOf } from "../access/access.http.ts";
import { DomainError } from "../kernel/errors.ts";
import { toPart } from "../notice/letter.prisma.ts";
import { proofStore } from "../notice/proof.prisma.ts";
import { input } from "../platform/input.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { messagesOf } from "./firm-views.prisma.ts";
import { myDataOf } from "./my-data.prisma.ts";
import { viewDeps } from "./offers.http.ts";
import { ownFactsCsv } from "./own-facts.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendCsv, sendPage } from "./reader.http.ts";

const PAGE = 20;
const paging = z.object({ before: z.iso.datetime().optional() });
const messageParams = z.object({ id: z.string().max(60) });

/** What the firm was told, and what is known about it. */
export function messageRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/messages", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const { before } = input(paging, request.query);
    const found = await messagesOf(
      viewDeps(deps),
      firmCode,
      PAGE + 1,
      before === undefined ? undefined : new Date(before),
    );
    const messages = found.slice(0, PAGE);
    const last = found.length > PAGE ? messages.at(-1) : undefined;
    const nextHref = last && `/messages?before=${encodeURIComponent(last.createdAt)}`;
    return sendPage(reply, inboxPage({ context: await contextOf(request, deps), messages, nextHref }));
  });

  app.get("/messages/:id", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const { id } = input(messageParams, request.params);
    const found = await deps.db.inboxMessage.findFirst({ where: { id, firmCode } });
    if (!found) throw new DomainError("not-found", "没有这条消息。No such message.", { id });
    const at = deps.clock.now();
    await deps.db.inboxMessage.updateMany({ where: { id, readAt: null }, data: { readAt: at } });
    await proofStore(deps.db).ofMessage(id, at);
    const { kind, createdAt, entitlementId } = found;
    const { subject, body } = toPart(found);
    const message = { id, subject, body, kind, createdAt: createdAt.toISOString(), read: true };
    const context = await contextOf(request, deps);
    const html = messagePage({ context, message: { ...message, entitlementId: entitlementId ?? undefined } });
    return sendPage(reply, html);
  });

  app.get("/my-data/facts.csv", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const csv = await ownFactsCsv(deps.db, firmCode, await vocabularyInForce(deps.db, deps.compiled));
    return sendCsv(reply, "facts.csv", csv);
  });

  app.get("/my-data", async (request, reply) => {
    const { firmCode, firmName } = enterpriseOf(request);
    const data = await myDataOf(viewDeps(deps), { code: firmCode, name: firmName });
    return sendPage(reply, myDataPage({ ...data, context: await contextOf(request, deps) }));
  });
}
