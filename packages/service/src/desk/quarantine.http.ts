import type { Json } from "@apply-free/rules";
import { type HeldBrief, type HeldDelivery, quarantinePage } from "@apply-free/ui";
import { stringify } from "csv-stringify/sync";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { requireSource, type StaffPrincipal, sourceFilter } from "../access/account.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { input } from "../platform/input.http.ts";
import { vocabularyInForce } from "../policies/policy-version.prisma.ts";
import { contextOf, sendCsv, sendPage } from "../portal/reader.http.ts";
import { type AffectedFirm, affectedFirms } from "../screening/affected-firms.ts";
import { toQuarantined } from "../screening/quarantine.prisma.ts";
import type { Quarantined } from "../screening/quarantine.ts";
import { loadQuarantined, rejectQuarantined, releaseQuarantined } from "../screening/settle-quarantine.ts";
import { readerOf } from "./data-reader.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { shownStatement } from "./shown-statement.ts";

const MOST_LISTED = 100;
const MOST_FIRMS = 50;
const path = z.object({ id: z.string().max(60) });
const order = z.object({ reason: z.string().trim().min(1).max(500) });
const stewards = ["data-officer", "operator", "author"] as const;

/** Held deliveries: why, whom they would touch, and the word of a data steward. */
export function quarantineRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/quarantine", async (request, reply) => {
    const where = sourceFilter(staffOf(request, ...stewards, "auditor"));
    const orderBy = [{ arrivedAt: "desc" as const }, { id: "desc" as const }];
    const rows = await deps.db.quarantinedDelivery.findMany({
      where,
      orderBy,
      take: MOST_LISTED,
      omit: { bytes: true },
    });
    const context = await contextOf(request, deps);
    return sendPage(reply, quarantinePage({ context, held: rows.map((row) => briefOf(toQuarantined(row))) }));
  });

  app.get("/desk/quarantine/:id", async (request, reply) => {
    const person = staffOf(request, ...stewards, "auditor");
    const { id } = input(path, request.params);
    const held = await ownHeld(deps, person, id);
    const isOpen = held.status === "held" || held.status === "endorsed";
    const opened: HeldDelivery = {
      ...(await viewOf(held, deps)),
      ...(isOpen && { affected: summaryOf(await affectedFirms(deps, id), await showing(deps, person, held)) }),
      mayDecide: isOpen && isOneOf(request, stewards),
    };
    const context = await contextOf(request, deps);
    return sendPage(reply, quarantinePage({ context, held: [], opened }));
  });

  app.get("/desk/quarantine/:id/firms.csv", async (request, reply) => {
    const person = staffOf(request, ...stewards, "auditor");
    const { id } = input(path, request.params);
    const held = await ownHeld(deps, person, id);
    const firms = await affectedFirms(deps, id);
    return sendCsv(reply, "firms.csv", `\uFEFF${csvOf(firms, await showing(deps, person, held))}`);
  });

  app.post("/desk/quarantine/:id/release", async (request, reply) => {
    const person = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    await ownHeld(deps, person, id);
    const { accountId: by } = person;
    await releaseQuarantined(deps, { id, by, ...input(order, request.body) });
    deps.pump();
    return reply.redirect(`/desk/quarantine/${id}`, 303);
  });

  app.post("/desk/quarantine/:id/reject", async (request, reply) => {
    const person = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    await ownHeld(deps, person, id);
    const { accountId: by } = person;
    await rejectQuarantined(deps, { id, by, ...input(order, request.body) });
    deps.pump();
    return reply.redirect(`/desk/quarantine/${id}`, 303);
  });
}

async function ownHeld(deps: DeskDeps, person: StaffPrincipal, id: string): Promise<Quarantined> {
  const held = await loadQuarantined(deps, id);
  requireSource(person, held.sourceId);
  return held;
}

function briefOf({ id, sourceId, fileName, asOf, arrivedAt, status }: Quarantined): HeldBrief {
  return { id, sourceId, fileName, asOf, arrivedAt: arrivedAt.toISOString(), status };
}

async function viewOf(held: Quarantined, { db }: DeskDeps): Promise<Omit<HeldDelivery, "affected" | "mayDecide">> {
  const { sha256, importedBy, pays, findings } = held;
  const isDecided = held.status === "released" || held.status === "rejected";
  const endorsedBy = isDecided
    ? held.endorsement?.endorsedBy
    : held.status === "endorsed"
      ? held.endorsedBy
      : undefined;
  const decidedBy = isDecided ? held.decidedBy : undefined;
  const people = peopleOf(db);
  await people.load([importedBy, endorsedBy, decidedBy].filter((id) => id !== undefined));
  const nameOf = (id: string) => people.get(id).name ?? id;
  return {
    ...briefOf(held),
    sha256,
    importedBy: nameOf(importedBy),
    pays,
    findings,
    endorsedBy: endorsedBy && nameOf(endorsedBy),
    ...(isDecided && { decidedBy: nameOf(held.decidedBy), reason: held.reason }),
  };
}

type Show = (id: string, value: Json) => string;

async function showing({ db, compiled }: DeskDeps, person: StaffPrincipal, { sourceId }: Quarantined): Promise<Show> {
  const vocabulary = await vocabularyInForce(db, compiled);
  const reading = { reader: readerOf(person), vocabulary, sourceId };
  return (id, value) => shownStatement(reading, id, value);
}

function summaryOf(firms: readonly AffectedFirm[], textOf: Show): NonNullable<HeldDelivery["affected"]> {
  return {
    count: firms.length,
    first: firms.slice(0, MOST_FIRMS).map(({ firmCode, firmName, changes }) => ({
      firmCode,
      firmName,
      changes: changes.map(({ id, before, now }) => ({
        column: id,
        ...(before !== undefined && { before: textOf(id, before) }),
        now: textOf(id, now),
      })),
    })),
  };
}

function csvOf(firms: readonly AffectedFirm[], textOf: Show): string {
  const head = ["统一社会信用代码 code", "名称 name", "列 column", "上次 before", "这次 now"];
  const rows = firms.flatMap(({ firmCode, firmName, changes }) =>
    changes.map(({ id, before, now }) => [
      firmCode,
      firmName,
      id,
      before === undefined ? "" : textOf(id, before),
      textOf(id, now),
    ]),
  );
  return stringify([head, ...rows], { record_delimiter: "windows", escape_formulas: true });
}
