import type { FactDefinition } from "@apply-free/rules";
import { type Bilingual, declarePage, type Question } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { enterpriseOf } from "../access/access.http.ts";
import { askedFacts, sharedFacts } from "../declaration/asked-facts.ts";
import { declareFacts } from "../declaration/declare-facts.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { policyVersionStore, vocabularyInForce } from "../policies/policy-version.prisma.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const form = z.record(z.string().max(120), z.string().max(1000));

/** What only the firm can say: asked once, and nothing that a department knows. */
export function declareRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/my-data/answers", async (request, reply) => {
    return show(request, reply, deps, enterpriseOf(request).firmCode);
  });

  app.post("/my-data/answers", async (request, reply) => {
    const { firmCode, accountId: by } = enterpriseOf(request);
    const fields = input(form, request.body);
    const answers = new Map(
      Object.entries(fields).flatMap(([name, typed]) =>
        name.startsWith("fact.") && typed.trim() !== "" ? [[name.slice("fact.".length), typed] as const] : [],
      ),
    );
    try {
      if (fields.promise !== "yes")
        throw new DomainError("bad-input", "请先勾选承诺。Confirm that what you say is true.");
      await declareFacts(deps, await vocabularyInForce(deps.db, deps.compiled), { firmCode, by, answers });
      deps.pump();
      return await reply.redirect("/my-data", 303);
    } catch (cause) {
      if (!(cause instanceof DomainError) || cause.code !== "bad-input") throw cause;
      return show(request, reply, deps, firmCode, { answers, problem: cause });
    }
  });
}

type Again = Readonly<{ answers: ReadonlyMap<string, string>; problem: DomainError }>;

async function show(request: FastifyRequest, reply: FastifyReply, deps: PortalDeps, firmCode: string, again?: Again) {
  const read = await contextOf(request, deps);
  const context = request.method === "GET" ? read : { ...read, path: "/my-data/answers" };
  const problem: Bilingual | undefined = again?.problem.message;
  const questions = await questionsFor(deps, firmCode, again?.answers ?? new Map());
  return sendPage(reply, declarePage({ context, questions, problem }), again ? statusOf[again.problem.code] : 200);
}

async function questionsFor(
  { db, compiled, sources }: PortalDeps,
  firmCode: string,
  typed: ReadonlyMap<string, string>,
): Promise<Question[]> {
  const versions = (await policyVersionStore(db).listLatest()).map((version) => compiled.get(version));
  const newest = await db.decision.findMany({
    where: { firmCode, policyVersionId: { in: versions.map(({ version }) => version.id) } },
    distinct: ["policyVersionId"],
    orderBy: [{ policyVersionId: "asc" }, { decidedAt: "desc" }, { id: "desc" }],
    select: { policyVersionId: true, missing: true },
  });
  const waiting = newest.flatMap(({ policyVersionId, missing }) => {
    const policy = versions.find(({ version }) => version.id === policyVersionId);
    return policy ? [{ policy, missing: z.array(z.string()).parse(missing) }] : [];
  });
  const decisions = waiting.map(({ policy, missing }) => ({ missing, facts: policy.vocabulary.facts }));
  return askedFacts(decisions, sharedFacts(sources.values())).map((definition) => ({
    ...questionOf(definition),
    usedFor: waiting.flatMap(({ policy, missing }) => (missing.includes(definition.id) ? [policy.policy.title] : [])),
    typed: typed.get(definition.id),
  }));
}

function questionOf({ id: factId, label, unit, type, codes }: FactDefinition): Omit<Question, "usedFor"> {
  const question = { factId, label, unit };
  if (type === "boolean") return { ...question, kind: "yes-no" };
  if (type === "date") return { ...question, kind: "day" };
  if (!codes) return { ...question, kind: "text" };
  return {
    ...question,
    kind: "choice",
    choices: [...codes].map(([code, { zh, en }]) => ({ code, meaning: { zh, en } })),
  };
}
