import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import type { IdentityProvider } from "./access/identity-provider.ts";
import { buildApp } from "./app.ts";
import { clerkOf, DEMO_PASSWORD } from "./demo/demo-people.ts";
import { live, nextMoment } from "./demo/play.ts";
import { type DemoWorld, openDemoWorld } from "./demo-world.fs.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Channel } from "./notice/channel.ts";
import { openTestStore } from "./platform/testing.prisma.ts";

/** A small administration with its server, for tests that reach it as a browser would. */
export type Town = Readonly<{
  world: DemoWorld;
  app: FastifyInstance;
  /** Every firm answers only as a test says. */
  next(): Promise<void>;
  browser(): Browser;
  firmsWithOffers(least: number): Promise<readonly string[]>;
  close(): Promise<void>;
}>;

/** Follows no redirects and keeps cookies. */
export type Browser = Readonly<{
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(
    url: string,
    form: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** Posts with the CSRF token of the page shown last. */
  submit(url: string, form: Record<string, string | string[]>): Promise<LightMyRequestResponse>;
  /** Posts a form with a file in it, and the CSRF token of the page shown last. */
  upload(url: string, fields: Record<string, string>, file: File): Promise<LightMyRequestResponse>;
  signIn(login: string, password?: string): Promise<LightMyRequestResponse>;
  cookies: Map<string, string>;
}>;

export const ORIGIN = "http://127.0.0.1:3000";

type Visited = Readonly<{
  /** Where a real browser finds the pages, once a test lets them listen there. */
  publicUrl: string;
  /** A real browser keeps no cookie that has expired by its own clock. */
  wallClock: Clock;
  /** Where people sign in by an identity that they have already. */
  identityProvider?: IdentityProvider;
  /** Ways to firms, for codes only: the letters of the town go by its own mail. */
  channels?: readonly Channel[];
}>;

const unvisited: Visited = { publicUrl: ORIGIN, wallClock: { now: () => new Date("2025-11-03T00:00:00+08:00") } };

export async function openTown(firms = 120, visited: Partial<Visited> = {}, withPersons = false): Promise<Town> {
  const { publicUrl, wallClock, identityProvider, channels } = { ...unvisited, ...visited };
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-town-"));
  const store = await openTestStore();
  let tokens = 0;
  const world = await openDemoWorld({
    store,
    directory,
    rules: path.join(import.meta.dirname, "../../../rules"),
    firms,
    withPersons,
    seed: 20251103,
    wallClock,
    random: { token: () => `token-${String(++tokens).padStart(38, "0")}` },
    log: () => {},
  });
  const { house, sources, play, playedByVisitor } = world;
  for (const code of play.behaviours.keys()) playedByVisitor.add(code);
  const next = async () => {
    const { at, moment } = nextMoment(house.clock.now());
    await live(play, at, moment);
  };
  await next();
  const app = await buildApp({
    house: channels ? { ...house, channels } : house,
    sources,
    publicUrl,
    logger: false,
    log: () => {},
    ...(identityProvider && { identityProvider }),
  });
  return {
    world,
    app,
    next,
    browser: () => browserOf(app, publicUrl),
    async firmsWithOffers(least) {
      const groups = await house.db.entitlement.groupBy({
        by: ["firmCode"],
        where: { status: "offered" },
        _count: true,
        orderBy: { firmCode: "asc" },
      });
      return groups.filter(({ _count }) => _count >= least).map(({ firmCode }) => firmCode);
    },
    async close() {
      await app.close();
      await world.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

let browsers = 0;

function browserOf(app: FastifyInstance, origin: string): Browser {
  // Each on a machine of its own, or they would share the limit of tries.
  const remoteAddress = `10.0.0.${++browsers % 250}`;
  const cookies = new Map<string, string>();
  let csrf = "";
  async function send(method: "GET" | "POST", url: string, headers: Record<string, string>, payload?: string | Buffer) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.inject({
      method,
      url,
      remoteAddress,
      headers: { accept: "text/html", cookie, ...headers },
      ...(payload !== undefined && { payload }),
    });
    for (const { name, value } of response.cookies) {
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    csrf = /name="_csrf" value="([^"]*)"/.exec(response.body)?.[1] ?? csrf;
    return response;
  }
  function post(url: string, form: Record<string, string | string[]>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form)) for (const each of [value].flat()) body.append(name, each);
    const type = { "content-type": "application/x-www-form-urlencoded", origin };
    return send("POST", url, { ...type, ...headers }, body.toString());
  }
  return {
    cookies,
    get: (url, headers = {}) => send("GET", url, headers),
    post,
    submit: (url, form) => post(url, { ...form, _csrf: csrf }),
    async upload(url, fields, file) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, _csrf: csrf })) form.set(name, value);
      form.set("file", file);
      const sent = new Response(form);
      const type = { "content-type": sent.headers.get("content-type") ?? "", origin };
      return send("POST", url, type, Buffer.from(await sent.arrayBuffer()));
    },
    async signIn(login, password = DEMO_PASSWORD) {
      const response = await post("/sign-in", { login, password });
      await send("GET", response.headers.location ?? "/", {});
      return response;
    },
  };
}

export const loginOf = (firmCode: string) => clerkOf(firmCode).login;
