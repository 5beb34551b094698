import { type RegisteredName, registerPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { today } from "../kernel/clock.ts";
import { checkSubjectCode } from "../kernel/subject-code.ts";
import { confirmCode } from "../naming/confirm-code.ts";
import { nameDirectory } from "../naming/names.prisma.ts";
import { input } from "../platform/input.http.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { registeredSubject } from "./register-view.prisma.ts";

const query = z.object({ find: z.string().trim().max(200).default("") });
const word = z.object({ code: z.string().max(30), evidence: z.string().trim().min(1).max(500) });
const stewards = ["operator", "author"] as const;
const readers = [...stewards, "auditor", "finance-maker", "finance-checker"] as const;

/** The register of subjects: who is it, what was it called, whom does it come from, where does it lie. */
export function registerRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/register", async (request, reply) => {
    staffOf(request, ...readers);
    const { find } = input(query, request.query);
    const found = find === "" ? [] : await findSubjects(deps, find);
    const [only, ...others] = found;
    const html = registerPage({
      context: await contextOf(request, deps),
      find,
      found,
      subject: only && others.length === 0 ? await subjectOf(deps, only.code) : undefined,
      doubtful: find === "" ? await doubtfulCodes(deps) : [],
      mayConfirm: isOneOf(request, stewards),
    });
    return sendPage(reply, html);
  });

  app.post("/desk/register/confirm", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...stewards);
    const { code, evidence } = input(word, request.body);
    await confirmCode(deps, { code, evidence, by });
    return reply.redirect(`/desk/register?find=${encodeURIComponent(code)}`, 303);
  });
}

async function findSubjects({ db }: DeskDeps, find: string): Promise<RegisteredName[]> {
  const check = checkSubjectCode(find);
  if (check.kind !== "malformed") {
    return db.firm.findMany({ where: { code: check.code }, select: { code: true, name: true } });
  }
  const candidates = (await nameDirectory(db).candidates([find])).get(find) ?? [];
  return candidates.map(({ code, name }) => ({ code, name }));
}

async function subjectOf({ db, compiled, clock }: DeskDeps, code: string) {
  const [version] = await policyVersionStore(db).listLatest();
  return registeredSubject(db, code, version && compiled.get(version).vocabulary, today(clock));
}

/** Pilot codes and mistyped ones that nobody has asked the register about. */
async function doubtfulCodes({ db }: DeskDeps): Promise<RegisteredName[]> {
  return db.$queryRaw<RegisteredName[]>`
    SELECT code, firm.name FROM doubtful_code JOIN firm USING (code)
    WHERE NOT EXISTS (SELECT 1 FROM code_confirmation c WHERE c.code = firm.code)
    ORDER BY code LIMIT ${MOST_LISTED}`;
}

const MOST_LISTED = 200;
