import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { toDecimalYuan } from "../kernel/money.ts";
import { input } from "../platform/input.http.ts";
import { openResult } from "../publication/open-result.ts";
import { resultList } from "../publication/publication.prisma.ts";
import { resultsAtom } from "../publication/results-atom.ts";
import { resultsCsv } from "../publication/results-csv.ts";
import { forAll, openTo, sendOpen } from "./open-data.http.ts";
import type { PortalDeps } from "./portal-deps.http.ts";
import { sendCsv } from "./reader.http.ts";
import { filterOf, listQuery, queryOf } from "./result-query.ts";

const FEED = 50;
const jsonQuery = listQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(100) });

type OpenDeps = Pick<PortalDeps, "db"> & Readonly<{ publicUrl: string }>;

/** The public list for programs: the rows and masks of the page, in three formats. */
export function openResultRoutes(app: FastifyInstance, { db, publicUrl }: OpenDeps): void {
  const list = resultList(db);
  const address = (path: string) => new URL(path, publicUrl).href;

  app.get("/results.csv", forAll, async (request, reply) => {
    const { policy, q } = input(listQuery, request.query);
    return sendCsv(openTo(reply), "results.csv", Readable.from(resultsCsv(list, filterOf(policy, q))));
  });

  app.get("/results.json", forAll, async (request, reply) => {
    const { policy, q, cursor, limit } = input(jsonQuery, request.query);
    const filter = filterOf(policy, q);
    const [{ results, next }, { count, totalFen }] = await Promise.all([
      list.page(filter, limit, cursor),
      list.total(filter),
    ]);
    const following = { policy, q, limit: String(limit), cursor: next };
    const body = {
      count,
      totalYuan: toDecimalYuan(totalFen),
      results: results.map(openResult),
      next: next === undefined ? null : address(`/results.json?${queryOf(following)}`),
    };
    return sendOpen(request, reply, "application/json; charset=utf-8", JSON.stringify(body));
  });

  app.get("/results.atom", forAll, async (request, reply) => {
    const { policy, q, cursor } = input(listQuery, request.query);
    const { results, next } = await list.page(filterOf(policy, q), FEED, cursor);
    const links = {
      self: address(`/results.atom?${queryOf({ policy, q, cursor })}`),
      page: address(`/results?${queryOf({ policy, q })}`),
      next: next && address(`/results.atom?${queryOf({ policy, q, cursor: next })}`),
    };
    return sendOpen(request, reply, "application/atom+xml; charset=utf-8", resultsAtom(results, links));
  });
}
