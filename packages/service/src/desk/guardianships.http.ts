import { type GuardianshipsProps, guardianshipsPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { liveGuardianships } from "../access/guardianship.prisma.ts";
import { guardianBases } from "../access/guardianship.ts";
import {
  checkGuardianship,
  endGuardianship,
  type GuardianshipDeps,
  recordGuardianship,
} from "../access/record-guardianship.ts";
import { firmNames } from "../facts/registry.prisma.ts";
import { parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { parseIdentityNumber } from "../kernel/identity-number.ts";
import { maskPersonName } from "../kernel/mask.ts";
import { fromDecimalYuan } from "../kernel/money.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const PATH = "/desk/guardianships";
const word = z.string().trim().min(1).max(60);
const form = z.object({
  ...{ ward: word, guardian: word, basis: z.enum(guardianBases), paperNo: word },
  ...{ capYuan: word, expiresOn: word, requestKey: z.string().regex(/^[\w-]{16,100}$/) },
});
const params = z.object({ id: z.string().max(60) });

/** Who acts for a person: a window clerk sets it down, an operator checks it, either ends it. */
export function guardianshipRoutes(app: FastifyInstance, deps: DeskDeps & GuardianshipDeps): void {
  app.get(PATH, async (request, reply) => {
    staffOf(request, "window-clerk", "operator");
    return show(request, reply, deps, {});
  });

  app.post(PATH, async (request, reply) => {
    const { accountId: actor } = staffOf(request, "window-clerk");
    const { ward, guardian, capYuan, expiresOn, ...paper } = input(form, request.body);
    const [of, by] = [parseIdentityNumber(ward), parseIdentityNumber(guardian)];
    const [capFen, last] = [fromDecimalYuan(capYuan), parseDay(expiresOn)];
    try {
      if (!of || !by) throw bad("公民身份号码不对。An identity number is wrong.");
      if (capFen === undefined || !last) throw bad("上限或到期日填写不对。The cap or the last day is wrong.");
      const terms = { ward: of, guardian: by, policies: "all", capFen, expiresOn: last } as const;
      await recordGuardianship(deps, { ...paper, ...terms, actor });
    } catch (cause) {
      if (!(cause instanceof DomainError)) throw cause;
      // Identity numbers are typed anew: none is ever in a page.
      const typed = { paperNo: paper.paperNo, capYuan, expiresOn, basis: paper.basis };
      const status = cause.code === "bad-input" ? 422 : statusOf[cause.code];
      return show(request, reply, deps, { problem: cause.message, typed }, status);
    }
    return reply.redirect(`${PATH}?done=recorded`, 303);
  });

  app.post(`${PATH}/:id/check`, async (request, reply) => {
    const { accountId: actor } = staffOf(request, "operator");
    await checkGuardianship(deps, { id: input(params, request.params).id, actor });
    return reply.redirect(`${PATH}?done=checked`, 303);
  });

  app.post(`${PATH}/:id/end`, async (request, reply) => {
    const { accountId: actor } = staffOf(request, "window-clerk", "operator");
    await endGuardianship(deps, { id: input(params, request.params).id, actor });
    return reply.redirect(`${PATH}?done=ended`, 303);
  });
}

function bad(message: string): DomainError {
  return new DomainError("bad-input", message);
}

const asked = z.object({ done: z.enum(["recorded", "checked", "ended"]).optional().catch(undefined) });

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  shown: Pick<GuardianshipsProps, "problem" | "typed">,
  status = 200,
) {
  const { role, accountId } = staffOf(request, "window-clerk", "operator");
  const { done } = input(asked, request.query);
  const live = await liveGuardianships(deps.db, {});
  const guardians = await deps.db.account.findMany({
    where: { id: { in: live.map(({ guardian }) => guardian) } },
    select: { id: true, firmCode: true },
  });
  const codeOf = new Map(guardians.map(({ id, firmCode }) => [id, firmCode ?? ""]));
  const names = await firmNames(deps.db, [...live.map(({ ward }) => ward), ...codeOf.values()]);
  // In full only while somebody compares them with the paper.
  const nameOf = (code: string, isChecked: boolean) => {
    const name = names.get(code) ?? "";
    return isChecked ? maskPersonName(name) : name;
  };
  const guardianships = live.map(({ id, ward, guardian, basis, paperNo, capFen, expiresOn, checked, recordedBy }) => ({
    ...{ id, basis, paperNo, capFen: String(capFen), expiresOn, isChecked: checked !== undefined },
    wardName: nameOf(ward, checked !== undefined),
    guardianName: nameOf(codeOf.get(guardian) ?? "", checked !== undefined),
    mayCheck: role === "operator" && recordedBy !== accountId && checked === undefined,
  }));
  const context = { ...(await contextOf(request, deps)), path: PATH };
  const mayRecord = role === "window-clerk";
  const requestKey = deps.random.token();
  return sendPage(reply, guardianshipsPage({ ...shown, context, done, guardianships, mayRecord, requestKey }), status);
}
