import { errorPage, staticAssets } from "@apply-free/ui";
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import { installAccess } from "./access/access.http.ts";
import { letterWays } from "./access/code-way.ts";
import type { IdentityProvider } from "./access/identity-provider.ts";
import { sessionStore } from "./access/session.prisma.ts";
import { type DemoStage, demoRoutes } from "./demo/demo.http.ts";
import { accountCheckRoutes } from "./desk/account-checks.http.ts";
import { ageingRoutes } from "./desk/ageing.http.ts";
import { auditRoutes } from "./desk/audit.http.ts";
import { bandRoutes } from "./desk/bands.http.ts";
import { callListRoutes } from "./desk/call-list.http.ts";
import { deskCommentRoutes } from "./desk/comments.http.ts";
import { counterRoutes } from "./desk/counter.http.ts";
import { dataDemandRoutes } from "./desk/data-demand.http.ts";
import { deliveryRoutes } from "./desk/deliveries.http.ts";
import { deliveryApi } from "./desk/delivery-api.http.ts";
import { deskDisputeRoutes } from "./desk/disputes.http.ts";
import { fundRoutes } from "./desk/funds.http.ts";
import { deskGrievanceRoutes } from "./desk/grievances.http.ts";
import { guardianshipRoutes } from "./desk/guardianships.http.ts";
import { helpedRoutes } from "./desk/helped.http.ts";
import { knownFactsRoutes } from "./desk/known-facts.http.ts";
import { moneyRoutes } from "./desk/money.http.ts";
import { nameRoutes } from "./desk/names.http.ts";
import { deskPolicyRoutes } from "./desk/policies.http.ts";
import { quarantineRoutes } from "./desk/quarantine.http.ts";
import { reachRoutes } from "./desk/reach.http.ts";
import { reassessmentRoutes } from "./desk/reassessments.http.ts";
import { deskRecoveryRoutes } from "./desk/recoveries.http.ts";
import { registerRoutes } from "./desk/register.http.ts";
import { deskSessionRoutes } from "./desk/sessions.http.ts";
import { unreachedRoutes } from "./desk/unreached.http.ts";
import type { DeliverySource } from "./facts/delivery-source.ts";
import type { House } from "./house.prisma.ts";
import type { AnswerDays } from "./kernel/answer-days.ts";
import { endpointProblem } from "./notice/endpoint.webhook.ts";
import { smsReportRoutes } from "./notice/sms-reports.http.ts";
import { type Problem, problemOf, sendProblem } from "./platform/problem.http.ts";
import { caseRoutes } from "./portal/cases.http.ts";
import { declareRoutes } from "./portal/declare.http.ts";
import { delegateRoutes } from "./portal/delegates.http.ts";
import { disputeRoutes } from "./portal/disputes.http.ts";
import { grievanceRoutes } from "./portal/grievances.http.ts";
import { invitationRoutes } from "./portal/invitations.http.ts";
import { kioskRoutes } from "./portal/kiosk.http.ts";
import { messageRoutes } from "./portal/messages.http.ts";
import { nearlyRoutes } from "./portal/nearly.http.ts";
import { noticeSettingRoutes } from "./portal/notice-settings.http.ts";
import { offerRoutes } from "./portal/offers.http.ts";
import { openPolicyRoutes } from "./portal/open-policies.http.ts";
import { openResultRoutes } from "./portal/open-results.http.ts";
import { policyCommentRoutes } from "./portal/policy-comments.http.ts";
import { promiseRoutes } from "./portal/promises.http.ts";
import { publicRoutes } from "./portal/public.http.ts";
import { ratingRoutes } from "./portal/ratings.http.ts";
import { contextOf, installReaderChoices, type ReaderDeps, sendPage } from "./portal/reader.http.ts";
import { recoveryRoutes } from "./portal/recoveries.http.ts";
import { sessionRoutes } from "./portal/sessions.http.ts";
import { signInRoutes } from "./portal/sign-in.http.ts";
import { codeRoutes } from "./portal/sign-in-code.http.ts";
import { identityRoutes } from "./portal/sign-in-identity.http.ts";
import { wardRoutes } from "./portal/wards.http.ts";
import { widgetRoutes } from "./portal/widget.http.ts";

export type AppDeps = Readonly<{
  house: House;
  sources: ReadonlyMap<string, DeliverySource>;
  /** The address that browsers use. */
  publicUrl: string;
  logger: FastifyServerOptions["logger"];
  /** Addresses whose word is taken for who asks. */
  trustedProxy?: string;
  /** Firms' own systems may be on this machine: demonstrations and tests only. */
  webhookLoopback?: boolean;
  /** Where people can sign in by an identity that they have already. */
  identityProvider?: IdentityProvider;
  /** What only a demonstration has: a clock to move, accounts to try. */
  demo?: DemoStage;
  /** Working days within which people are answered; else the house's own promise. */
  answerDays?: AnswerDays;
  /** What the gateway of text messages authenticates its reports with; none: there are no reports. */
  smsReportToken?: string | undefined;
  log(message: string, cause?: unknown): void;
}>;

const UPLOAD_BYTES = 20 * 1024 * 1024;

/** Builds the server; who listens, and where, is main's business. */
export async function buildApp({
  house,
  sources,
  publicUrl,
  logger,
  demo,
  identityProvider,
  log,
  ...options
}: AppDeps): Promise<FastifyInstance> {
  const app = fastify({
    logger: logger ?? false,
    bodyLimit: 256 * 1024,
    trustProxy: options.trustedProxy ?? false,
    // Refused before any route is known; the address is not repeated to whoever sent it.
    frameworkErrors: (error, request, reply) =>
      sendProblem({ ...problemOf(error, request), title: "地址无法识别。This address cannot be read." }, reply),
  });
  const pump = () =>
    void house.pump().catch((cause: unknown) => log("following up failed; it will be tried again", cause));
  const reader: ReaderDeps = { db: house.db, ...(demo && { demoClock: () => house.clock.now() }) };
  const problemWith = (address: string) => endpointProblem(address, options.webhookLoopback);
  const deps = {
    ...house,
    ...reader,
    pump,
    publicUrl,
    sources,
    endpointProblem: problemWith,
    ...(options.answerDays && { answerDays: options.answerDays }),
    ...(demo && { demoAccounts: demo.accounts }),
    ...(identityProvider && { identityProvider }),
  };

  await app.register(helmet, {
    contentSecurityPolicy: contentSecurityPolicy(publicUrl),
    hsts: publicUrl.startsWith("https:"),
  });
  await app.register(cookie);
  await app.register(formbody);
  await app.register(multipart, { limits: { files: 1, fileSize: UPLOAD_BYTES, fields: 10 } });
  await app.register(rateLimit, { global: true, max: 600, timeWindow: "1 minute" });
  installAccess(app, { ...house, sessions: sessionStore(house.db), publicUrl });
  installReaderChoices(app);
  answerErrors(app, reader, log);
  serveAssets(app);

  app.get("/livez", async () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    await house.db.$queryRaw`SELECT 1`;
    return { status: "ok" };
  });
  const open = new Set(house.channels.map(({ name }) => name));
  smsReportRoutes(app, { ...house, channels: open, token: options.smsReportToken, pump });
  signInRoutes(app, deps);
  kioskRoutes(app, deps);
  sessionRoutes(app, deps);
  deskSessionRoutes(app, deps);
  const afterwards = (work: Promise<unknown>) => void work.catch((cause: unknown) => log("a code was not sent", cause));
  if (letterWays(house.channels).length > 0) codeRoutes(app, { ...deps, afterwards });
  if (identityProvider) identityRoutes(app, { ...deps, identityProvider });
  offerRoutes(app, deps);
  delegateRoutes(app, deps);
  invitationRoutes(app, deps);
  nearlyRoutes(app, deps);
  wardRoutes(app, deps);
  caseRoutes(app, deps);
  messageRoutes(app, deps);
  noticeSettingRoutes(app, { ...deps, afterwards });
  publicRoutes(app, deps);
  policyCommentRoutes(app, deps);
  openResultRoutes(app, deps);
  openPolicyRoutes(app, deps);
  widgetRoutes(app, deps);
  promiseRoutes(app, deps);
  moneyRoutes(app, deps);
  ageingRoutes(app, deps);
  fundRoutes(app, deps);
  const taking = { ...deps, transaction: house.deliveryTransaction };
  deliveryRoutes(app, taking);
  quarantineRoutes(app, taking);
  nameRoutes(app, taking);
  disputeRoutes(app, deps);
  ratingRoutes(app, deps);
  grievanceRoutes(app, deps);
  deskGrievanceRoutes(app, deps);
  deskCommentRoutes(app, deps);
  declareRoutes(app, deps);
  deskDisputeRoutes(app, deps);
  accountCheckRoutes(app, deps);
  bandRoutes(app, deps);
  callListRoutes(app, deps);
  unreachedRoutes(app, deps);
  counterRoutes(app, deps);
  helpedRoutes(app, deps);
  guardianshipRoutes(app, deps);
  reassessmentRoutes(app, deps);
  recoveryRoutes(app, deps);
  deskRecoveryRoutes(app, deps);
  registerRoutes(app, deps);
  await deliveryApi(app, taking);
  dataDemandRoutes(app, deps);
  deskPolicyRoutes(app, deps);
  reachRoutes(app, deps);
  auditRoutes(app, deps);
  knownFactsRoutes(app, deps);
  if (demo) demoRoutes(app, { ...reader, demo });
  return app;
}

/** Nothing inline, nothing from elsewhere: a page cannot be made to run a stranger's script. */
function contentSecurityPolicy(publicUrl: string) {
  const self = ["'self'"];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: self,
      scriptSrc: self,
      imgSrc: self,
      formAction: self,
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      ...(publicUrl.startsWith("https:") && { upgradeInsecureRequests: [] }),
    },
  };
}

function serveAssets(app: FastifyInstance): void {
  for (const { path, contentType, body } of staticAssets()) {
    app.get(path, async (_request, reply) =>
      reply.header("cache-control", "public, max-age=31536000, immutable").type(contentType).send(body),
    );
  }
}

function answerErrors(app: FastifyInstance, reader: ReaderDeps, log: AppDeps["log"]): void {
  const answer = async (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) return sendProblem(problem, reply);
    if (problem.code === "sign-in-required" && request.method === "GET") {
      return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    }
    const { status, code, title: message } = problem;
    const html = errorPage({ context: await contextOf(request, reader), status, code, message, requestId: request.id });
    return sendPage(reply, html, status);
  };
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.status >= 500) log(`request ${request.id} failed`, error);
    return answer(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const title = "没有这个页面。There is no such page.";
    const problem = {
      type: "urn:apply-free:not-found",
      title,
      status: 404,
      instance: `/requests/${request.id}`,
      code: "not-found",
    };
    return answer(problem, request, reply);
  });
}

/** People get pages, programs get problem+json (RFC 9457). */
function wantsPage({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? "").includes("text/html");
}
