import { type DelegatesProps, delegatesPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { representativeOf } from "../access/access.http.ts";
import { grantDelegation, revokeDelegation } from "../access/grant-delegation.ts";
import { parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { fromDecimalYuan } from "../kernel/money.ts";
import { input } from "../platform/input.http.ts";
import { delegatesView } from "./delegates-view.prisma.ts";
import { actorOf, viewDeps } from "./offers.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const PATH = "/delegates";
const list = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(60)).max(100));
const grantForm = z.object({
  displayName: z.string().trim().min(1).max(100),
  policy: list,
  capYuan: z.string().trim().max(30),
  expiresOn: z.string().trim().max(30),
  requestKey: z.string().regex(/^[\w-]{16,100}$/),
});
const params = z.object({ id: z.string().max(60) });
const doneQuery = z.object({ done: z.enum(["granted", "revoked", "invited", "dismissed"]).optional() });

/** Whom the representative lets act for the firm, for what, up to how much and until when. */
export function delegateRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get(PATH, async (request, reply) => showDelegates(request, reply, deps, input(doneQuery, request.query)));

  app.post(PATH, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    const { policy, capYuan, expiresOn, requestKey, displayName } = input(grantForm, request.body);
    const typed = { displayName, policy, capYuan, expiresOn };
    try {
      const capFen = fromDecimalYuan(capYuan);
      const day = parseDay(expiresOn);
      if (capFen === undefined || day === undefined) throw unreadable();
      const policies = policy.length === 0 ? "all" : policy;
      const bounds = { policies, capFen, expiresOn: day } as const;
      const handOver = await grantDelegation(deps, { ...whose, requestKey, displayName, ...bounds });
      // Not by a redirect: the password is shown once, and in no address.
      if (handOver) return showDelegates(request, reply, deps, { done: "granted", handOver });
      return reply.redirect(`${PATH}?done=granted`, 303);
    } catch (cause) {
      if (!(cause instanceof DomainError && cause.code === "bad-input")) throw cause;
      return showDelegates(request, reply, deps, { typed, problem: cause.message }, 422);
    }
  });

  app.post(`${PATH}/:id/revoke`, async (request, reply) => {
    const whose = actorOf(representativeOf(request));
    await revokeDelegation(deps, { ...whose, ...input(params, request.params) });
    return reply.redirect(`${PATH}?done=revoked`, 303);
  });
}

function unreadable(): DomainError {
  return new DomainError("bad-input", "上限请写成 50000.00，并选择到期日。Write the cap as 50000.00, and name a day.");
}

type Shown = Pick<DelegatesProps, "done" | "handOver" | "typed" | "problem">;

/** The page of everybody who was let in, with what has just happened above it. */
export async function showDelegates(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  shown: Shown,
  status = 200,
) {
  const { firmCode } = representativeOf(request);
  const view = await delegatesView(viewDeps(deps), firmCode);
  const context = { ...(await contextOf(request, deps)), path: PATH };
  return sendPage(reply, delegatesPage({ ...shown, ...view, context, requestKey: deps.random.token() }), status);
}
