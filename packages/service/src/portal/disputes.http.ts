import { type Bilingual, disputePage } from "@apply-free/ui";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkCsrf, enterpriseOf, sessionOf } from "../access/access.http.ts";
import { openDispute, takeBackDispute } from "../dispute/open-dispute.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { dayOf } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { factViewOf } from "./fact-view.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { contextOf, sendPage } from "./reader.http.ts";

const EVIDENCE_BYTES = 2 * 1024 * 1024;
const asked = z.object({ fact: z.string().max(100) });
const params = z.object({ id: z.string().max(60) });
const form = z.object({
  fact: z.string().max(100),
  claim: z.string().trim().min(1).max(500),
  grounds: z.string().trim().min(1).max(2000),
});

/** A firm says that a fact about it is wrong. */
export function disputeRoutes(app: FastifyInstance, deps: PortalDeps): void {
  app.get("/my-data/dispute", async (request, reply) => {
    const { firmCode } = enterpriseOf(request);
    const { fact } = input(asked, request.query);
    return sendPage(reply, await formFor(request, deps, firmCode, fact));
  });

  app.post("/my-data/dispute", async (request, reply) => {
    const { firmCode, accountId } = enterpriseOf(request);
    const { fields, evidence } = await uploadOf(request);
    const parsed = form.safeParse(fields);
    const problem = parsed.success ? evidenceProblem(evidence) : missing;
    if (!parsed.success || problem !== undefined) {
      const typed = { claim: fields.claim ?? "", grounds: fields.grounds ?? "" };
      const html = await formFor(request, deps, firmCode, fields.fact ?? "", { typed, problem });
      return sendPage(reply, html, statusOf["bad-input"]);
    }
    const { fact: factId, claim, grounds } = parsed.data;
    const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
    await openDispute(deps, vocabulary, { firmCode, by: accountId, factId, claim, grounds, evidence });
    deps.pump();
    return reply.redirect("/my-data", 303);
  });

  app.post("/my-data/dispute/:id/withdraw", async (request, reply) => {
    const { firmCode, accountId: by } = enterpriseOf(request);
    await takeBackDispute(deps, { id: input(params, request.params).id, firmCode, by });
    return reply.redirect("/my-data", 303);
  });
}

type Again = Readonly<{ typed: Readonly<{ claim: string; grounds: string }>; problem: Bilingual | undefined }>;

async function formFor(request: FastifyRequest, deps: PortalDeps, firmCode: string, factId: string, again?: Again) {
  const vocabulary = await vocabularyInForce(deps.db, deps.compiled);
  const definition = vocabulary.facts.get(factId);
  if (!definition) {
    throw new DomainError("fact-not-disputable", `没有数据项“${factId}”。There is no fact "${factId}".`, { factId });
  }
  const profiles = await profileSource(deps.db, vocabulary.facts).load([firmCode], dayOf(deps.clock.now()));
  const view = factViewOf(factId, profiles.get(firmCode)?.[factId], vocabulary);
  const { id, label, source } = view;
  const known = view.state === "known" ? { value: view.value, asOf: view.asOf } : {};
  const read = await contextOf(request, deps);
  const context =
    request.method === "GET" ? read : { ...read, path: `/my-data/dispute?fact=${encodeURIComponent(id)}` };
  return disputePage({ context, fact: { id, label, source, ...known }, ...again });
}

type Upload = Readonly<{
  fields: Readonly<Record<string, string>>;
  evidence: Readonly<{ name: string; bytes: Uint8Array }> | undefined;
}>;

async function uploadOf(request: FastifyRequest): Promise<Upload> {
  const fields: Record<string, string> = Object.create(null);
  let evidence: Upload["evidence"];
  for await (const part of request.parts()) {
    if (part.type === "field") fields[part.fieldname] = String(part.value);
    else {
      const bytes = await part.toBuffer();
      if (bytes.length > 0) evidence = { name: part.filename.slice(0, 200), bytes };
    }
  }
  checkCsrf(sessionOf(request), fields._csrf);
  return { fields, evidence };
}

const missing = { zh: "请写明您认为应当是什么，以及为什么。", en: "Say what it is, and why." };

function evidenceProblem(evidence: Upload["evidence"]): Bilingual | undefined {
  if (!evidence) return undefined;
  if (evidence.bytes.length > EVIDENCE_BYTES) return { zh: "材料超过 2 MB。", en: "The evidence is larger than 2 MB." };
  const isKnown = signatures.some((signature) => signature.every((byte, at) => evidence.bytes[at] === byte));
  return isKnown ? undefined : { zh: "材料只能是 PDF、JPG 或 PNG。", en: "The evidence has to be a PDF, JPG or PNG." };
}

/** First bytes of PDF, JPEG and PNG: a name can say anything. */
const signatures = [
  [0x25, 0x50, 0x44, 0x46],
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
];
