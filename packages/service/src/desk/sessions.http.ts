import { accountSessionsPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { AccountStore } from "../access/account.ts";
import { type EndingDeps, endAllSessions } from "../access/end-sessions.ts";
import type { Clock } from "../kernel/clock.ts";
import type { StoresOf, Transaction } from "../kernel/transaction.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, type ReaderDeps, sendPage } from "../portal/reader.http.ts";

const PATH = "/desk/sessions";
const form = z.object({ login: z.string().trim().min(1).max(100), reason: z.string().trim().min(1).max(200) });

type Stores = StoresOf<EndingDeps> & Readonly<{ accounts: AccountStore }>;
type Deps = ReaderDeps & Readonly<{ transaction: Transaction<Stores>; clock: Clock }>;

/** An administrator ends all sessions of an account that may be in others' hands. */
export function deskSessionRoutes(app: FastifyInstance, deps: Deps): void {
  app.get(PATH, async (request, reply) => {
    staffOf(request, "operator");
    return sendPage(reply, accountSessionsPage({ context: await contextOf(request, deps) }));
  });

  app.post(PATH, async (request, reply) => {
    const { accountId: actor } = staffOf(request, "operator");
    const typed = input(form, request.body);
    const context = { ...(await contextOf(request, deps)), path: PATH };
    const found = await deps.transaction(({ accounts }) => accounts.findByLogin(typed.login));
    if (!found) {
      const problem = "没有这个登录名。No account has this login.";
      return sendPage(reply, accountSessionsPage({ context, typed, problem }), 404);
    }
    const { accountId } = found.principal;
    const ended = await endAllSessions(deps, { accountId, actor, reason: typed.reason });
    return sendPage(reply, accountSessionsPage({ context, ended }));
  });
}
