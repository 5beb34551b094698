import { type KnownFact, knownFactsPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { today } from "../kernel/clock.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { factViewOf } from "../portal/fact-view.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const query = z.object({
  firm: z.string().trim().max(100).optional(),
  about: z.string().max(10).optional(),
  known: z.string().max(10).optional(),
});

/** For auditors: what holds of a firm on one day, as it was known on another. */
export function knownFactsRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/audit/facts", async (request, reply) => {
    staffOf(request, "auditor");
    const { firm: code = "", ...days } = input(query, request.query);
    const about = dayOr(days.about, today(deps.clock));
    const knownOn = dayOr(days.known, about);
    const firm =
      code === "" ? null : await deps.db.firm.findUnique({ where: { code }, select: { code: true, name: true } });
    const html = knownFactsPage({
      context: await contextOf(request, deps),
      filter: { firm: code, about, knownOn },
      firm: firm ?? undefined,
      facts: firm ? await factsOf(deps, firm.code, about, knownOn) : [],
    });
    return sendPage(reply, html);
  });
}

/** All that departments said of a firm, in the order of the vocabulary. */
async function factsOf({ db, compiled }: DeskDeps, code: string, about: Day, knownOn: Day): Promise<KnownFact[]> {
  const views = new Map<string, KnownFact>();
  for (const version of await policyVersionStore(db).listLatest()) {
    const { vocabulary } = compiled.get(version);
    const profiles = await profileSource(db, vocabulary.facts).load([code], about, knownOn);
    for (const [id, state] of Object.entries(profiles.get(code) ?? {})) {
      const detail = state.state === "unknown" ? state.detail : undefined;
      const delivery = state.state === "known" ? state.deliveryId : undefined;
      views.set(id, { ...factViewOf(id, state, vocabulary), detail, deliveryId: delivery });
    }
  }
  return [...views.values()];
}

function dayOr(written: string | undefined, fallback: Day): Day {
  if (written === undefined || written === "") return fallback;
  const day = parseDay(written);
  if (day === undefined) throw new DomainError("bad-input", `“${written}”不是日期。"${written}" is not a date.`);
  return day;
}
