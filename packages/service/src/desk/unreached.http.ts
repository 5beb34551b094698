import { Readable } from "node:stream";
import { unreachedGroups, unreachedPage } from "@apply-free/ui";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isOneOf, staffOf } from "../access/access.http.ts";
import { parseCursor } from "../kernel/cursor.ts";
import { DomainError } from "../kernel/errors.ts";
import { askForCall } from "../notice/ask-for-call.ts";
import { input } from "../platform/input.http.ts";
import { policyVersionStore } from "../policies/policy-version.prisma.ts";
import { contextOf, sendCsv, sendPage } from "../portal/reader.http.ts";
import { queryOf } from "../portal/result-query.ts";
import type { DeskDeps } from "./desk-deps.http.ts";
import { unreachedCounts, unreachedPageOf } from "./unreached.prisma.ts";
import { unreachedCsv } from "./unreached-csv.ts";

const PAGE = 50;
const CSV_PAGE = 500;
const emptyIsUnset = (value: unknown) => (value === "" ? undefined : value);
const filter = z.object({
  group: z.enum(unreachedGroups).default("unreached"),
  policy: z.preprocess(emptyIsUnset, z.string().max(100).optional()),
});
const pageQuery = filter.extend({ cursor: z.string().max(100).optional(), asked: z.literal("1").optional() });
const callForm = z.object({ firmCode: z.string().max(40) });
const callers = ["operator", "author"] as const;
const readers = [...callers, "auditor"] as const;

/** 应享未享: who is entitled and was not reached, has not answered, or is one fact away. */
export function unreachedRoutes(app: FastifyInstance, deps: DeskDeps): void {
  const viewDeps = () => ({ db: deps.db, compiled: deps.compiled, now: deps.clock.now() });

  app.get("/desk/unreached", async (request, reply) => {
    staffOf(request, ...readers);
    const { group, policy, cursor, asked } = input(pageQuery, request.query);
    const after = cursor === undefined ? undefined : parseCursor(cursor);
    const page = await unreachedPageOf(viewDeps(), { group, policy }, PAGE, after);
    const versions = await policyVersionStore(deps.db).listLatest();
    const html = unreachedPage({
      ...{ group, policy, rows: page.rows, asked: asked === "1", mayCall: isOneOf(request, callers) },
      context: await contextOf(request, deps),
      counts: await unreachedCounts(viewDeps(), policy),
      policies: versions.map((version) => ({ id: version.policyId, title: deps.compiled.get(version).policy.title })),
      nextHref: page.next && `/desk/unreached?${queryOf({ group, policy, cursor: page.next })}`,
      csvHref: `/desk/unreached.csv?${queryOf({ group, policy })}`,
    });
    return sendPage(reply, html);
  });

  app.get("/desk/unreached.csv", async (request, reply) => {
    staffOf(request, ...readers);
    const wanted = input(filter, request.query);
    const deps = viewDeps();
    async function* pages() {
      for (let cursor: string | undefined; ; ) {
        const { rows, next } = await unreachedPageOf(
          deps,
          wanted,
          CSV_PAGE,
          cursor === undefined ? undefined : parseCursor(cursor),
        );
        yield rows;
        if (next === undefined) return;
        cursor = next;
      }
    }
    reply.header("cache-control", "private, no-store");
    return sendCsv(reply, `unreached-${wanted.group}.csv`, Readable.from(unreachedCsv(pages())));
  });

  app.post("/desk/unreached/call", async (request, reply) => {
    const { accountId: by } = staffOf(request, ...callers);
    const { firmCode } = input(callForm, request.body);
    const waiting = await deps.db.entitlement.count({ where: { firmCode, status: "offered" } });
    if (waiting === 0) throw new DomainError("not-found", "这家企业没有待确认的补贴。Nothing waits for this firm.", {});
    await askForCall(deps, { firmCode, by });
    return reply.redirect("/desk/unreached?asked=1", 303);
  });
}
