import type { Vocabulary } from "@apply-free/rules";
import { type KnownFact, knownFactsPage } from "@apply-free/ui";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { staffOf } from "../access/access.http.ts";
import type { StaffPrincipal } from "../access/account.ts";
import { privacyOf, type Reader, seesValue } from "../facts/privacy.ts";
import { profileSource } from "../facts/profile.prisma.ts";
import { today } from "../kernel/clock.ts";
import { type Day, parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { input } from "../platform/input.http.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { factViewOf } from "../portal/fact-view.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { readerOf } from "./data-reader.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const query = z.object({
  firm: z.string().trim().max(100).optional(),
  about: z.string().max(10).optional(),
  known: z.string().max(10).optional(),
});
const revealed = query.extend({ reason: z.string().trim().min(4).max(500) });

type Asked = z.infer<typeof query>;

/** What holds of a firm on one day, as it was known on another; for auditors, and for a department its own part. */
export function knownFactsRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/audit/facts", async (request, reply) => {
    const person = staffOf(request, "auditor", "data-officer");
    return show(request, reply, deps, person, input(query, request.query));
  });

  // People's data are opened by a form, never by a link: the reason is on record before they are shown.
  app.post("/audit/facts", async (request, reply) => {
    const { reason, ...asked } = input(revealed, request.body);
    return show(request, reply, deps, staffOf(request, "auditor"), asked, reason);
  });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  person: StaffPrincipal,
  asked: Asked,
  reason?: string,
) {
  const code = asked.firm ?? "";
  const about = dayOr(asked.about, today(deps.clock));
  const knownOn = dayOr(asked.known, about);
  const which = { where: { code }, select: { code: true, name: true } } as const;
  const firm = code === "" ? null : await deps.db.firm.findUnique(which);
  const reader = readerOf(person, reason !== undefined);
  const { facts, people } = firm ? await factsOf(deps, reader, firm.code, about, knownOn) : { facts: [], people: [] };
  if (firm && reason !== undefined) {
    const payload = { about, knownOn, factIds: people, reason };
    const event = { subject: firm.code, actor: person.accountId, at: deps.clock.now(), payload };
    await deps.transaction(({ journal }) => journal.append({ type: "personal-data-viewed", ...event }));
  }
  const read = await contextOf(request, deps);
  const context = request.method === "GET" ? read : { ...read, path: "/audit/facts" };
  const html = knownFactsPage({
    context,
    filter: { firm: code, about, knownOn },
    firm: firm ?? undefined,
    facts,
    hidesPeople: person.role === "auditor" && reason === undefined && people.length > 0,
    reason,
  });
  return sendPage(reply, html);
}

type Found = Readonly<{ facts: KnownFact[]; people: string[] }>;

/** All that departments said of a firm, in the order of the vocabulary; a department's officer meets only its own. */
async function factsOf(
  { db, compiled }: DeskDeps,
  reader: Reader,
  code: string,
  about: Day,
  knownOn: Day,
): Promise<Found> {
  const views = new Map<string, KnownFact>();
  const people = new Set<string>();
  for (const version of await policyVersionStore(db).listLatest()) {
    const { vocabulary } = compiled.get(version);
    const profiles = await profileSource(db, vocabulary.facts).load([code], about, knownOn);
    for (const [id, state] of Object.entries(profiles.get(code) ?? {})) {
      const said = state.state === "known" ? state.source : undefined;
      const of = said ?? vocabulary.facts.get(id)?.source;
      if (reader.kind === "department" && of !== reader.sourceId) continue;
      if (state.state === "known" && privacyOf(vocabulary, id) === "personal") people.add(id);
      const delivery = state.state === "known" ? state.deliveryId : undefined;
      const view = factViewOf(id, state, vocabulary, reader);
      views.set(id, { ...view, detail: detailFor(reader, vocabulary, id, state), deliveryId: delivery });
    }
  }
  return { facts: [...views.values()], people: [...people] };
}

/** What sources say where they disagree holds the values themselves. */
function detailFor(
  reader: Reader,
  vocabulary: Vocabulary,
  id: string,
  state: Readonly<{ state: string; detail?: string }>,
) {
  if (state.state !== "unknown" || !seesValue(reader, privacyOf(vocabulary, id), vocabulary.facts.get(id)?.source)) {
    return undefined;
  }
  return state.detail;
}

function dayOr(written: string | undefined, fallback: Day): Day {
  if (written === undefined || written === "") return fallback;
  const day = parseDay(written);
  if (day === undefined) throw new DomainError("bad-input", `“${written}”不是日期。"${written}" is not a date.`);
  return day;
}
