import { type AccountForm, type BenefitCase, type CaseFirmProps, caseFirmPage, receiptPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { enterpriseOf, representativeOf } from "../access/access.http.ts";
import type { EnterprisePrincipal } from "../access/account.ts";
import { reopenBenefit } from "../confirmation/decline-benefits.ts";
import type { Entitlement } from "../entitlement/entitlement.ts";
import { today } from "../kernel/clock.ts";
import { DomainError } from "../kernel/errors.ts";
import { confirmReceipt } from "../payment/confirm-receipt.ts";
import { correctAccount } from "../payment/correct-account.ts";
import { clocksOfCase } from "../payment/promises.prisma.ts";
import { input } from "../platform/input.http.ts";
import { accountErrors, completed, openedForm } from "./account-form.prisma.ts";
import { allocationOf } from "./allocation-view.prisma.ts";
import { explainStored } from "./explained.prisma.ts";
import { accountView, calculationOf, casesOf, documentOf, ownEntitlements } from "./firm-views.prisma.ts";
import { actorOf, noteSeen, viewDeps } from "./offers.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";
import { receiptView } from "./receipt-view.prisma.ts";

const caseParams = z.object({ id: z.string().max(60) });
const receiptParams = z.object({ receiptNo: z.string().max(60) });
const doneQuery = z.object({ done: z.enum(["account-changed", "received", "reopened", "declined"]).optional() });
const accountFields = z.object({
  holderName: z.string().trim().max(200).default(""),
  accountNo: z.string().trim().max(60).default(""),
  bankName: z.string().trim().max(200).default(""),
  bankCode: z.string().trim().max(30).default(""),
});

const accountField = accountFields.keyof();

/** One benefit of the firm from answer to arrival, and the receipts of its answers. */
export function caseRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/cases/:id", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { id } = input(caseParams, request.params);
    const { done } = input(doneQuery, request.query);
    return showCase(request, reply, deps, enterprise, id, { done });
  });

  app.post("/cases/:id/account", async (request, reply) => {
    const enterprise = representativeOf(request);
    const { id } = input(caseParams, request.params);
    const values = input(accountFields, request.body);
    const account = await completed(deps.db, accountOf(await ownCase(deps, enterprise, id)), values);
    const refused = (errors: AccountForm["errors"]) =>
      showCase(request, reply, deps, enterprise, id, { accountForm: { values, errors } }, 422);
    const errors = accountErrors(account);
    if (Object.keys(errors).length > 0) return refused(errors);
    try {
      await correctAccount(deps, { ...actorOf(enterprise), account });
    } catch (cause) {
      if (!(cause instanceof DomainError && cause.code === "account-invalid")) throw cause;
      const field = accountField.safeParse(cause.details.field).data ?? "accountNo";
      return refused({ [field]: cause.message });
    }
    deps.pump();
    return reply.redirect(`/cases/${id}?done=account-changed`, 303);
  });

  app.post("/cases/:id/received", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { id } = input(caseParams, request.params);
    await confirmReceipt(deps, { ...actorOf(enterprise), entitlementId: id });
    deps.pump();
    return reply.redirect(`/cases/${id}?done=received`, 303);
  });

  app.post("/cases/:id/reopen", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { id } = input(caseParams, request.params);
    await reopenBenefit(deps, { ...actorOf(enterprise), entitlementId: id });
    return reply.redirect(`/cases/${id}?done=reopened`, 303);
  });

  app.get("/receipts/:receiptNo", async (request, reply) => {
    const enterprise = enterpriseOf(request);
    const { receiptNo } = input(receiptParams, request.params);
    const receipt = await receiptView(viewDeps(deps), enterprise, receiptNo);
    return sendPage(reply, receiptPage({ ...receipt, context: await contextOf(request, deps) }));
  });
}

type Shown = Pick<CaseFirmProps, "done" | "accountForm" | "problem">;

async function showCase(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PortalDeps,
  enterprise: EnterprisePrincipal,
  id: string,
  shown: Shown,
  status = 200,
): Promise<FastifyReply> {
  const views = viewDeps(deps);
  const entitlement = await ownCase(deps, enterprise, id);
  await noteSeen(deps, enterprise.firmCode, [entitlement], `/cases/${id}`);
  const [benefit] = await casesOf(views, [entitlement]);
  const explained = (await explainStored(deps.db, deps.compiled, [entitlement.decisionId])).get(entitlement.decisionId);
  if (!benefit || !explained) throw new Error(`case ${id} has no decision`);
  const consent =
    "consentId" in entitlement && (await deps.db.consent.findUnique({ where: { id: entitlement.consentId } }));
  const { explanation, compiled } = explained;
  const context = { ...(await contextOf(request, deps)), path: `/cases/${id}` };
  const may = mayOf(enterprise, entitlement, benefit.payment, deps.clock.now());
  const opened = may.changeAccount ? await openedForm(deps.db, accountOf(entitlement), enterprise.firmName) : undefined;
  const html = caseFirmPage({
    accountForm: opened,
    ...shown,
    context,
    case: benefit,
    conditions: explanation.conditions,
    calculation: calculationOf(explanation),
    document: documentOf(compiled.policy.document),
    receiptNo: consent ? consent.receiptNo : undefined,
    account: await accountView(deps.db, accountOf(entitlement)),
    allocation: await allocationOf(deps.db, id),
    clocks: (await clocksOfCase({ ...deps, today: today(deps.clock) }, id))?.clocks,
    may,
  });
  return sendPage(reply, html, status);
}

async function ownCase(deps: PortalDeps, { firmCode }: EnterprisePrincipal, id: string): Promise<Entitlement> {
  const entitlement = (await ownEntitlements(viewDeps(deps), firmCode)).find((own) => own.id === id);
  // Someone else's case answers exactly as one that does not exist.
  if (!entitlement) throw new DomainError("entitlement-not-found", "没有找到这项补贴。No such benefit.", { id });
  return entitlement;
}

function accountOf(entitlement: Entitlement) {
  if ("bankAccountId" in entitlement) return { id: entitlement.bankAccountId };
  return { firmCode: entitlement.firmCode, status: "active" as const };
}

/** Which forms the page offers; the use cases enforce the same rules. */
function mayOf(
  { standing }: EnterprisePrincipal,
  { status, confirmBefore }: Entitlement,
  payment: BenefitCase["payment"],
  now: Date,
): CaseFirmProps["may"] {
  const cameBack = payment?.status === "returned" || payment?.status === "rejected";
  return {
    changeAccount: standing === "representative" && status === "confirmed" && cameBack && !payment.goesToNoAccount,
    confirmReceipt: status === "paid",
    reopen: status === "declined" && now < confirmBefore,
  };
}
