import { accountChecksPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { DomainError } from "../kernel/errors.ts";
import { checkAccount } from "../payment/check-account.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { waitingAccounts } from "./account-checks.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const params = z.object({ id: z.string().max(60) });
const query = z.object({ done: z.literal("checked").optional() });
const form = z.object({ note: z.string().max(2000) });
const readers = ["finance-maker", "finance-checker", "operator", "auditor"] as const;

/** Accounts that money waits for: why, since when, and the second person's word. */
export function accountCheckRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/accounts", async (request, reply) => {
    const reader = staffOf(request, ...readers);
    const isChecked = input(query, request.query).done !== undefined;
    const accounts = await waitingAccounts(deps.db, deps.clock.now(), reader);
    return sendPage(reply, accountChecksPage({ context: await contextOf(request, deps), accounts, isChecked }));
  });

  app.post("/desk/accounts/:id", async (request, reply) => {
    const reader = staffOf(request, "finance-maker", "finance-checker");
    const { id: bankAccountId } = input(params, request.params);
    const { note } = input(form, request.body);
    try {
      await checkAccount(deps, { bankAccountId, checkedBy: reader.accountId, note });
      return await reply.redirect("/desk/accounts?done=checked", 303);
    } catch (cause) {
      if (!(cause instanceof DomainError) || cause.code === "account-missing") throw cause;
      const accounts = await waitingAccounts(deps.db, deps.clock.now(), reader);
      const context = { ...(await contextOf(request, deps)), path: "/desk/accounts" };
      const problem = { message: cause.message, bankAccountId, note };
      return sendPage(reply, accountChecksPage({ context, accounts, isChecked: false, problem }), statusOf[cause.code]);
    }
  });
}
