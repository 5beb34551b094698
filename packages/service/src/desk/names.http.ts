import { type NameListBrief, type NameRow, namesPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { type NameEntry, type NameList, plainAnswer } from "../naming/name-list.ts";
import type { NameAnswer } from "../naming/name-store.ts";
import { toNameList } from "../naming/names.prisma.ts";
import { completeNameList, dropNameList, loadNameList, settleNames, settlePlainNames } from "../naming/settle-names.ts";
import { input } from "../platform/input.http.ts";
import { contextOf, sendPage } from "../portal/reader.http.ts";
import { pageOf } from "./deliveries.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_LISTS = 100;
/** Names on one page; what is settled makes room for the next. */
const MOST_NAMES = 40;
const path = z.object({ id: z.string().max(60) });
const reason = z.object({ reason: z.string().trim().min(1).max(500) });
const stewards = ["operator", "author"] as const;

/** Lists that have names and no codes: a person says whose each name is. */
export function nameRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/names", async (request, reply) => {
    staffOf(request, ...stewards, "auditor");
    const rows = await deps.db.nameList.findMany({
      orderBy: [{ arrivedAt: "desc" }, { id: "desc" }],
      take: MOST_LISTS,
      omit: { bytes: true },
    });
    const entries = await deps.db.nameListEntry.groupBy({
      by: ["listId"],
      where: { listId: { in: rows.map(({ id }) => id) } },
      _count: { _all: true, settledBy: true },
    });
    const counts = new Map(entries.map(({ listId, _count }) => [listId, _count]));
    const lists = rows.map((row): NameListBrief => {
      const { _all: names = 0, settledBy: settled = 0 } = counts.get(row.id) ?? {};
      return briefOf(toNameList(row), names, settled);
    });
    return sendPage(reply, namesPage({ context: await contextOf(request, deps), lists }));
  });

  app.get("/desk/names/:id", async (request, reply) => {
    staffOf(request, ...stewards, "auditor");
    const { id } = input(path, request.params);
    const { list, entries } = await loadNameList(deps, id);
    const open = entries.filter(({ settled }) => !settled);
    const shown = [...open, ...entries.filter(({ settled }) => settled)].slice(0, MOST_NAMES);
    const opened = {
      ...briefOf(list, entries.length, entries.length - open.length),
      entries: await rowsOf(deps, shown),
      plain: open.filter(plainAnswer).length,
      mayDecide: list.status === "open" && isOneOf(request, stewards),
    };
    return sendPage(reply, namesPage({ context: await contextOf(request, deps), lists: [], opened }));
  });

  app.post("/desk/names/:id/settle", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    await settleNames(deps, { id, by, answers: answersIn(request.body) });
    return reply.redirect(`/desk/names/${id}`, 303);
  });

  app.post("/desk/names/:id/plain", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    await settlePlainNames(deps, { id, by });
    return reply.redirect(`/desk/names/${id}`, 303);
  });

  app.post("/desk/names/:id/complete", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    const reception = await completeNameList(deps, { id, by });
    deps.pump();
    return reply.redirect(pageOf(reception), 303);
  });

  app.post("/desk/names/:id/drop", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...stewards);
    const { id } = input(path, request.params);
    await dropNameList(deps, { id, by, ...input(reason, request.body) });
    return reply.redirect(`/desk/names/${id}`, 303);
  });
}

const form = z.record(z.string(), z.string().max(300));

/** `name.N` with a code typed in `other.N`, or else chosen in `code.N`; a name without an answer stays open. */
function answersIn(body: unknown): NameAnswer[] {
  const fields = input(form, body);
  return Array.from({ length: MOST_NAMES }).flatMap((_, place) => {
    const name = fields[`name.${place}`];
    const typed = fields[`other.${place}`]?.trim().toUpperCase() ?? "";
    const chosen = fields[`code.${place}`];
    if (name === undefined || (typed === "" && chosen === undefined)) return [];
    if (typed === "" && chosen === "none") return [{ name }];
    return [{ name, code: typed || (chosen ?? "") }];
  });
}

async function rowsOf({ db }: DeskDeps, entries: readonly NameEntry[]): Promise<NameRow[]> {
  const people = peopleOf(db);
  await people.load(entries.flatMap(({ settled }) => settled?.by ?? []));
  return entries.map(({ name, candidates, settled }) => {
    if (!settled) return { name, candidates };
    const person = people.get(settled.by);
    return { name, candidates, settled: { code: settled.code, by: person.name ?? person.id } };
  });
}

function briefOf(
  { id, sourceId, fileName, asOf, arrivedAt, status }: NameList,
  names: number,
  settled: number,
): NameListBrief {
  return { id, sourceId, fileName, asOf, arrivedAt: arrivedAt.toISOString(), status, names, settled };
}
