import { type CounterProps, counterPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { confirmBenefits } from "../confirmation/confirm-benefits.ts";
import { openAtCounter } from "../confirmation/open-at-counter.ts";
import type { Registry } from "../facts/delivery-store.ts";
import { DomainError } from "../kernel/errors.ts";
import { parseIdentityNumber } from "../kernel/identity-number.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { viewDeps } from "../portal/offers.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { counterView } from "./counter-view.prisma.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const PATH = "/desk/counter";
const list = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(60)).max(100));
const person = { personName: z.string().trim().min(1).max(100), paperNo: z.string().trim().min(1).max(60) };
const openForm = z.object({ code: z.string().trim().toUpperCase().max(30), ...person });
const confirmForm = z.looseObject({
  ...{ code: z.string().max(30), chosen: list, requestKey: z.string().regex(/^[\w-]{16,100}$/) },
  ...person,
});

/** Whoever acts for a firm that is there, or on the telephone. */
const behindTheCounter = ["window-clerk", "hotline-agent"] as const;

/**
 * A window clerk writes down what a firm agrees to on paper, an agent of the hotline what its person says. Only what the
 * answer needs is shown.
 */
export function counterRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get(PATH, async (request, reply) => {
    staffOf(request, ...behindTheCounter);
    return show(request, reply, deps, {});
  });

  // By a form and not by an address: who stands there is in no log of addresses.
  app.post(PATH, async (request, reply) => {
    const { accountId: clerk } = staffOf(request, ...behindTheCounter);
    const { code: typed, ...counter } = input(openForm, request.body);
    const code = await codeBehind(deps, typed);
    const firm = await counterView(viewDeps(deps), code);
    if (!firm) {
      // An identity number is in no page, not even on the screen where it was typed.
      const again = { ...counter, code: code === typed ? typed : "" };
      return show(request, reply, deps, { typed: again, problem: unknownFirm }, 404);
    }
    const requestKey = deps.random.token();
    await openAtCounter(deps, { firmCode: code, clerk, requestKey, counter });
    return show(request, reply, deps, { opened: { ...firm, ...counter, requestKey } });
  });

  app.post(`${PATH}/confirm`, async (request, reply) => {
    const { accountId: actor } = staffOf(request, ...behindTheCounter);
    const { code, chosen, requestKey, personName, paperNo, ...fields } = input(confirmForm, request.body);
    const counter = { personName, paperNo };
    try {
      const { receiptNo } = await confirmBenefits(deps, {
        ...{ firmCode: code, actor, requestKey, counter },
        chosen: chosen.map((entitlementId) => ({
          entitlementId,
          amountFenSeen: String(fields[`seen.${entitlementId}`]),
        })),
      });
      deps.pump();
      return await show(request, reply, deps, { receiptNo });
    } catch (cause) {
      if (!(cause instanceof DomainError) || !shownAbove.has(cause.code)) throw cause;
      const firm = await counterView(viewDeps(deps), code);
      const opened = firm && { ...firm, ...counter, requestKey: deps.random.token() };
      return show(request, reply, deps, { opened, problem: cause.message }, statusOf[cause.code]);
    }
  });
}

type PseudonymDeps = Readonly<{ transaction: Transaction<Readonly<{ registry: Pick<Registry, "pseudonymOf"> }>> }>;

/** A person comes with an identity number, which stands for a pseudonym here. */
async function codeBehind({ transaction }: PseudonymDeps, typed: string): Promise<string> {
  const identityNo = parseIdentityNumber(typed);
  return identityNo === undefined ? typed : transaction(async ({ registry }) => registry.pseudonymOf(identityNo));
}

const unknownFirm = "没有登记这个代码。No firm with this code is registered.";

/** What the page can say above what is there now; all else, such as another firm's offer, has a page of its own. */
const shownAbove: ReadonlySet<string> = new Set([
  ...["nothing-chosen", "amount-changed", "account-missing", "not-granted-together"],
  ...["confirmation-closed", "entitlement-not-open", "request-key-reused", "changed-meanwhile", "budget-exhausted"],
]);

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  shown: Omit<CounterProps, "context">,
  status = 200,
) {
  const context = { ...(await contextOf(request, deps)), path: PATH };
  return sendPage(reply, counterPage({ ...shown, context }), status);
}
