import { setTimeout as sleep } from "node:timers/promises";
import { describePolicy, type Policy, RulesError } from "@apply-free/rules";
import { type DraftImpactView, type DraftTrial, reachBuildingPage, reachPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkCsrf, sessionOf, staffOf } from "../access/access.http.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { toPolicyVersion } from "../policies/policy-version.prisma.ts";
import { readDraft } from "../policies/read-draft.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { draftImpact } from "../reach/draft-impact.ts";
import { type Reach, reachOf } from "../reach/reach-of.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { conditionsOf, impactView, regionsOf } from "./reach-view.ts";

const path = z.object({ id: z.string().max(200) });
const query = z.object({ region: z.string().max(12).optional() });
const readers = ["author", "auditor"] as const;
/** A policy of five hundred requirements has fewer characters. */
const form = z.object({ draft: z.string().trim().min(1).max(500_000) });

/** A page waits so long for firms that are being read; then it says how far they are, and comes back. */
const PATIENCE_MS = 2000;
const COME_BACK_SECONDS = 2;

/** How many firms a policy fits, requirement by requirement, and what a draft would change. */
export function reachRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/policies/:id/reach", async (request, reply) => {
    staffOf(request, ...readers);
    const { region } = input(query, request.query);
    if (!(await areRead(deps))) return showReading(request, reply, deps);
    return show(request, reply, deps, { region, trial: { text: "" } });
  });

  // Changes nothing: a draft is tried and forgotten. It comes by a form because it is long.
  app.post("/desk/policies/:id/reach", async (request, reply) => {
    staffOf(request, ...readers);
    const text = await draftIn(request);
    const inForce = await policyIn(request, deps);
    if (!(await areRead(deps))) return showReading(request, reply, deps, text);
    try {
      const impact = await impactOf(deps, inForce, text);
      return await show(request, reply, deps, { trial: { text, impact } });
    } catch (cause) {
      if (!(cause instanceof DomainError) || cause.code !== "policy-invalid") throw cause;
      return show(request, reply, deps, { trial: { text, problem: cause.message } }, statusOf[cause.code]);
    }
  });
}

/** Whether the firms are there, or soon are. What goes wrong with them is told to who waits for them. */
function areRead({ reach }: DeskDeps): Promise<boolean> {
  const read = reach.current().then(
    () => true,
    () => true,
  );
  return Promise.race([read, sleep(PATIENCE_MS, false, { ref: false })]);
}

async function showReading(request: FastifyRequest, reply: FastifyReply, deps: DeskDeps, draft?: string) {
  const { policy, version } = await policyIn(request, deps);
  const html = reachBuildingPage({
    context: await contextOf(request, deps),
    policy: { id: policy.id, title: policy.title, version: version.version },
    reading: deps.reach.reading,
    ...(draft !== undefined && { draft }),
  });
  // Who has typed something is not taken away from it.
  if (draft === undefined) reply.header("refresh", String(COME_BACK_SECONDS));
  return sendPage(reply, html, 200);
}

type Shown = Readonly<{ region?: string | undefined; trial: DraftTrial }>;

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  { region, trial }: Shown,
  status = 200,
) {
  const { policy, version } = await policyIn(request, deps);
  const reach = await countedIn(deps, policy, region);
  const html = reachPage({
    context: await contextOf(request, deps),
    policy: { id: policy.id, title: policy.title, version: version.version },
    ...reach,
    regions: regionsOf(reach.regions, policy.vocabulary),
    conditions: conditionsOf(describePolicy(policy), reach.conditions),
    trial,
  });
  return sendPage(reply, html, status);
}

async function policyIn(request: FastifyRequest, { db, compiled }: DeskDeps): Promise<CompiledPolicy> {
  const { id } = input(path, request.params);
  const row = await db.policyVersion.findFirst({ where: { policyId: id }, orderBy: { version: "desc" } });
  if (!row) throw new DomainError("policy-not-found", "没有这项政策。No such policy.", { id });
  return compiled.get(toPolicyVersion(row));
}

async function countedIn({ reach }: DeskDeps, policy: Policy, region: string | undefined): Promise<Reach> {
  return inColumns(async () => {
    const found = reachOf(await reach.current(), policy, region);
    if (found.kind === "counted") return found;
    // Another version came into force since this one was looked up.
    const again = reachOf(await reach.beside([policy]), policy, region);
    if (again.kind === "counted") return again;
    throw new Error(`columns made for ${policy.id} lack ${again.facts.join(" ")}`);
  });
}

async function impactOf(deps: DeskDeps, inForce: CompiledPolicy, text: string): Promise<DraftImpactView> {
  const { policy, vocabulary } = inForce;
  const draft = readDraft(text, inForce);
  return impactView(await inColumns(() => draftImpact(deps, policy, draft)), vocabulary);
}

/** @throws DomainError policy-invalid for what columns cannot hold */
async function inColumns<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof RulesError) || cause.code !== "limit-exceeded") throw cause;
    throw new DomainError("policy-invalid", cause.message, { where: cause.where });
  }
}

/** The file, if one was chosen, else what was typed. @throws DomainError bad-input */
async function draftIn(request: FastifyRequest): Promise<string> {
  const fields: Record<string, string> = Object.create(null);
  let file = "";
  for await (const part of request.parts()) {
    if (part.type === "field") fields[part.fieldname] = String(part.value);
    else file = (await part.toBuffer()).toString("utf8");
  }
  checkCsrf(sessionOf(request), fields._csrf);
  const { draft } = input(form, { draft: file.trim() === "" ? fields.text : file });
  return draft;
}
