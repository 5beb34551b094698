import { Readable } from "node:stream";
import { type DeliveriesProps, deliveriesPage } from "@apply-free/ui";
import { stringify } from "csv-stringify/sync";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { checkCsrf, isOneOf, sessionOf, staffOf } from "../access/access.http.ts";
import { requireSource, type StaffPrincipal, sourceFilter } from "../access/account.ts";
import type { CasePerson } from "../audit/case-chain.ts";
import { peopleOf } from "../audit/people.prisma.ts";
import { deliveryStore, toDelivery } from "../facts/delivery.prisma.ts";
import type { Delivery } from "../facts/delivery.ts";
import type { RowIssue } from "../facts/row-issue.ts";
import { parseDay } from "../kernel/day.ts";
import { DomainError } from "../kernel/errors.ts";
import { type FileReception, receiveFile } from "../naming/receive-file.ts";
import { input } from "../platform/input.http.ts";
import { statusOf } from "../platform/problem.http.ts";
import { contextOf, sendCsv, sendPage } from "../portal/reader.http.ts";
import type { DeskDeps } from "./desk-deps.http.ts";

const MOST_SHOWN = 100;
const MOST_ISSUES = 500;
const listQuery = z.object({ id: z.string().max(60).optional() });
const params = z.object({ id: z.string().max(60) });
const uploaders = ["data-officer", "operator", "author"] as const;

/** Departments' deliveries: what came, what was refused and why, and a way to hand one over. */
export function deliveryRoutes(app: FastifyInstance, deps: DeskDeps): void {
  app.get("/desk/deliveries", async (request, reply) => {
    const person = staffOf(request, ...uploaders, "auditor");
    const { id } = input(listQuery, request.query);
    return show(request, reply, deps, person, { openedId: id });
  });

  app.get("/desk/deliveries/:id/issues.csv", async (request, reply) => {
    const person = staffOf(request, ...uploaders, "auditor");
    const { id } = input(params, request.params);
    await openedOf(deps, person, id);
    const csv = Readable.from(issueLines(deliveryStore(deps.db).issuesOf(id)));
    return sendCsv(reply, "issues.csv", csv);
  });

  app.post("/desk/deliveries", async (request, reply) => {
    const person = staffOf(request, ...uploaders);
    const { accountId } = person;
    const { fields, file } = await uploadOf(request);
    try {
      const asOf = fields.asOf === "" ? undefined : parseDay(fields.asOf);
      if (fields.asOf !== "" && asOf === undefined) {
        throw new DomainError("bad-input", `数据日期“${fields.asOf}”不是日期。The as-of date is not a date.`);
      }
      requireSource(person, fields.source);
      if (!file) throw new DomainError("delivery-unreadable", "请选择文件。Choose a file.");
      const reception = await receiveFile(deps, {
        ...file,
        sourceId: fields.source,
        asOf,
        importedBy: accountId,
      });
      deps.pump();
      return await reply.redirect(pageOf(reception), 303);
    } catch (cause) {
      if (!(cause instanceof DomainError)) throw cause;
      const { code, message } = cause;
      const upload = { source: fields.source, asOf: fields.asOf, problem: { code, message } };
      return show(request, reply, deps, person, { upload }, statusOf[code]);
    }
  });
}

/** All issues of a delivery, however many, as they are read. */
async function* issueLines(pages: AsyncIterable<readonly RowIssue[]>): AsyncIterable<string> {
  const csv = (rows: readonly (readonly (string | number)[])[]) =>
    stringify(
      rows.map((row) => [...row]),
      { escape_formulas: true },
    );
  yield `\uFEFF${csv([["行", "列", "处理", "原因", "Reason"]])}`;
  for await (const issues of pages) {
    yield csv(issues.map(({ line, field = "", severity, reason }) => [line, field, severity, reason.zh, reason.en]));
  }
}

/** Where what came of a delivery is shown, and what waits for people. */
export function pageOf(reception: FileReception): string {
  switch (reception.outcome) {
    case "quarantined":
      return `/desk/quarantine/${reception.quarantined.id}`;
    case "named":
      return `/desk/names/${reception.list.id}`;
    default:
      return `/desk/deliveries?id=${reception.delivery.id}`;
  }
}

type Shown = Readonly<{ openedId?: string | undefined; upload?: DeliveriesProps["upload"] }>;

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: DeskDeps,
  person: StaffPrincipal,
  { openedId, upload }: Shown,
  status = 200,
) {
  const own = sourceFilter(person);
  const rows = await deps.db.delivery.findMany({
    where: own,
    orderBy: [{ obtainedAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
  const read = await contextOf(request, deps);
  const context = request.method === "GET" ? read : { ...read, path: "/desk/deliveries" };
  const people = peopleOf(deps.db);
  await people.load(rows.map(({ importedBy }) => importedBy));
  const html = deliveriesPage({
    context,
    deliveries: rows.map((row) => ({ ...briefOf(toDelivery(row)), importedBy: nameOf(people.get(row.importedBy)) })),
    held: await deps.db.quarantinedDelivery.count({ where: { ...own, status: { in: ["held", "endorsed"] } } }),
    disputed: await deps.db.dispute.count({ where: { ...own, status: "open" } }),
    underReview: await deps.db.reassessment.count({ where: { status: "open" } }),
    sources: own.sourceId === undefined ? [...deps.sources.keys()] : [own.sourceId],
    mayUpload: isOneOf(request, uploaders),
    opened: openedId === undefined ? undefined : await openedOf(deps, person, openedId),
    upload,
  });
  return sendPage(reply, html, status);
}

async function openedOf({ db }: DeskDeps, person: StaffPrincipal, id: string): Promise<DeliveriesProps["opened"]> {
  const row = await db.delivery.findUnique({
    where: { id },
    include: { issues: { orderBy: { line: "asc" }, take: MOST_ISSUES } },
  });
  if (!row) throw new DomainError("not-found", "没有这次数据交付。No such delivery.", { id });
  requireSource(person, row.sourceId);
  const issues = row.issues.map(({ line, field, reasonZh, reasonEn }) => ({
    line,
    column: field ?? undefined,
    reason: { zh: reasonZh, en: reasonEn },
  }));
  return { ...briefOf(toDelivery(row)), issues };
}

function briefOf({ id, sourceId, fileName, sha256, asOf, obtainedAt, rowsGood, rowsBad, importedBy }: Delivery) {
  return { id, sourceId, fileName, sha256, asOf, obtainedAt: obtainedAt.toISOString(), rowsGood, rowsBad, importedBy };
}

const nameOf = ({ id, name }: CasePerson) => name ?? id;

type Upload = Readonly<{
  fields: Readonly<{ source: string; asOf: string }>;
  file: Readonly<{ fileName: string; bytes: Uint8Array }> | undefined;
}>;

async function uploadOf(request: FastifyRequest): Promise<Upload> {
  const text: Record<string, string> = Object.create(null);
  let file: Upload["file"];
  for await (const part of request.parts()) {
    if (part.type === "field") text[part.fieldname] = String(part.value);
    else file = { fileName: part.filename, bytes: await part.toBuffer() };
  }
  checkCsrf(sessionOf(request), text._csrf);
  const chosen = file && file.bytes.length > 0 ? file : undefined;
  return { fields: { source: text.source ?? "", asOf: text.asOf ?? "" }, file: chosen };
}
