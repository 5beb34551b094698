import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, startOfDay } from "../kernel/day.ts";
import { journalOn } from "../platform/journal.prisma.ts";
import type { Store } from "../platform/store.prisma.ts";
import { openTestStore } from "../platform/testing.prisma.ts";
import { resultStore } from "../publication/publication.prisma.ts";
import { publishResults } from "../publication/publish-results.ts";
import {
  accountNo,
  emailOf,
  entitlementId,
  firmCode,
  paymentId,
  plantCase,
  plantWorld,
} from "../publication/testing-case.prisma.ts";
import { openResultRoutes } from "./open-results.http.ts";
import { installReaderChoices } from "./reader.http.ts";

let store: Store;
let app: FastifyInstance;
beforeAll(async () => {
  store = await openTestStore();
  await store.prisma.$transaction(async (tx) => {
    await plantWorld(tx);
    for (const nth of [1, 2, 3]) await plantCase(tx, nth, "received");
  });
  await publishResults({
    transaction: (work) =>
      store.prisma.$transaction((tx) => work({ results: resultStore(tx), journal: journalOn(tx) })),
    clock: { now: () => startOfDay("2025-11-11" as Day) },
  });
  app = fastify();
  await app.register(helmet);
  await app.register(cookie);
  installReaderChoices(app);
  openResultRoutes(app, { db: store.prisma, publicUrl: "https://town.example" });
});
afterAll(async () => {
  await app.close();
  await store.close();
});

const get = (url: string, headers = {}) => app.inject({ url, headers });
const paths = ["/results.csv", "/results.json", "/results.atom"];

describe("the public list as open data", () => {
  test("no format says who was paid, into which account, or under which id the house knows it", async () => {
    for (const path of paths) {
      const { body, statusCode } = await get(path);
      expect([path, statusCode]).toEqual([path, 200]);
      for (const nth of [1, 2, 3]) {
        const canaries = [accountNo(nth), emailOf(nth), firmCode(nth), `星河${nth}`, `person-${nth}`, paymentId(nth)];
        for (const canary of [...canaries, entitlementId(nth)]) expect(body).not.toContain(canary);
      }
    }
  });

  test("pages of JSON follow one another without a gap, and the sum is that of the whole list", async () => {
    const seen: string[] = [];
    let next: string | null = "https://town.example/results.json?limit=2&policy=test-policy";
    while (next !== null) {
      const { pathname, search } = new URL(next);
      const body = (await get(pathname + search)).json();
      expect([body.count, body.totalYuan]).toEqual([3, "3703.68"]);
      seen.push(...body.results.map(({ id }: { id: string }) => id));
      next = body.next;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
    expect((await get("/results.json?policy=other")).json()).toMatchObject({ count: 0, results: [], next: null });
  });

  test("may be kept for five minutes and read by any site, and an unchanged answer is not sent again", async () => {
    for (const path of paths) {
      const { headers } = await get(path);
      expect(headers["cache-control"]).toBe("public, max-age=300");
      expect(headers["access-control-allow-origin"]).toBe("*");
      expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
    }
    const { etag } = (await get("/results.atom")).headers;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`]) {
      const again = await get("/results.atom", { "if-none-match": known });
      expect([again.statusCode, again.body]).toEqual([304, ""]);
    }
    expect((await get("/results.atom", { "if-none-match": '"x"' })).statusCode).toBe(200);
  });

  test("what may be kept by others sets no cookie, whatever the address asks for", async () => {
    for (const path of paths) expect((await get(`${path}?lang=en&large=1`)).headers["set-cookie"]).toBeUndefined();
  });

  test("a limit or a page that does not exist is bad input", async () => {
    for (const query of ["limit=0", "limit=501", "limit=x", "cursor=x", `q=${"长".repeat(101)}`]) {
      await expect(get(`/results.json?${query}`).then((answer) => answer.json().code)).resolves.toBe("bad-input");
    }
  });
});
