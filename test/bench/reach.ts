import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { decide } from "@apply-free/rules";
import { buildApp } from "../../packages/service/src/app.ts";
import { DEMO_PASSWORD } from "../../packages/service/src/demo/demo-people.ts";
import { openDemoWorld } from "../../packages/service/src/demo-world.fs.ts";
import { testSealing } from "../../packages/service/src/kernel/testing-sealing.ts";
import { everyFirm } from "../../packages/service/src/matching/firm-profiles.ts";
import { openServerStore, type Store } from "../../packages/service/src/platform/store.prisma.ts";
import { LiveReach } from "../../packages/service/src/reach/live-reach.ts";
import { fileShelf } from "../../packages/service/src/reach/shelf.fs.ts";
import { findPostgres, startPostgres } from "../postgres-server.ts";
import type { Benchmark, Figure, Report } from "./report.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const POLICY = "zhengzhou-o10-high-tech-first-recognition";
const FIRMS = Number(process.env.BENCH_FIRMS ?? 100_000);
/** Firms that are invented and delivered; the others are copies of them under other codes. */
const INVENTED = Math.min(FIRMS, 1000);
const PAGES = 40;
const ORIGIN = "http://127.0.0.1:3000";

/** The page that shows an author whom a policy reaches, and the one that tries a draft, over HTTP with all firms stored. */
export const liveReach: Benchmark = {
  name: "reach",
  async run(): Promise<Report> {
    const binaries = await findPostgres();
    if (!binaries) throw new Error("bench reach: PostgreSQL 15 or newer is needed");
    const server = await startPostgres(binaries);
    const directory = await mkdtemp(path.join(tmpdir(), "apply-free-reach-"));
    try {
      return await measured(server.url, directory);
    } finally {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

async function measured(url: string, directory: string): Promise<Report> {
  let tokens = 0;
  const store = await openServerStore(url, testSealing);
  const world = await openDemoWorld({
    store,
    ...{ directory, rules, firms: INVENTED, seed: 7 },
    wallClock: { now: () => new Date("2025-11-03T00:00:00+08:00") },
    random: { token: () => `token-${String(++tokens).padStart(38, "0")}` },
    log: (message) => process.stderr.write(`${message}\n`),
  });
  const { house, sources } = world;
  await copyFirms(store, FIRMS / INVENTED - 1);
  const app = await buildApp({ house, sources, publicUrl: ORIGIN, logger: false, log: () => {} });
  try {
    const cookies = new Map<string, string>();
    const send = async (method: "GET" | "POST", to: string, type = "", payload: string | Buffer = "") => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const headers = { accept: "text/html", cookie, origin: ORIGIN, ...(type !== "" && { "content-type": type }) };
      const response = await app.inject({ method, url: to, headers, ...(payload !== "" && { payload }) });
      for (const { name, value } of response.cookies) cookies.set(name, value);
      return response;
    };
    const form = new URLSearchParams({ login: "author", password: DEMO_PASSWORD }).toString();
    await send("POST", "/sign-in", "application/x-www-form-urlencoded", form);
    const page = `/desk/policies/${POLICY}/reach`;
    const shown = async () => {
      const { statusCode, body } = await send("GET", page);
      if (statusCode !== 200) throw new Error(`${page} answered ${statusCode}`);
      return body;
    };
    // The page does not wait so long: it says how far the firms are read, and comes back.
    const [first] = await timed(1, () => house.reach.current());
    const csrf = /name="_csrf" value="([^"]*)"/.exec(await shown())?.[1] ?? "";
    const pages = await timed(PAGES, shown);
    const yaml = await readFile(path.join(rules, "zhengzhou/o10-high-tech-first-recognition/policy.yaml"), "utf8");
    const tried = (text: string) => async () => {
      const fields = new FormData();
      fields.set("_csrf", csrf);
      fields.set("text", text);
      const sent = new Response(fields);
      const type = sent.headers.get("content-type") ?? "";
      const { statusCode } = await send("POST", page, type, Buffer.from(await sent.arrayBuffer()));
      if (statusCode !== 200) throw new Error(`the draft was answered ${statusCode}`);
    };
    const same = await timed(5, tried(yaml));
    const less = await timed(3, tried(yaml.replace(/^ +- \{ name: neverRelocated.*$/m, "")));
    const pays = await timed(1, tried(yaml.replace("amount: 200000", "amount: 150000")));
    const limit = await timed(1, tried(yaml.replace("value: 12", "value: 11")));
    const live = await house.reach.current();
    const shelf = fileShelf(path.join(directory, "columns"), () => {});
    await new LiveReach({ ...house, shelf }).current();
    const [restarted] = await timed(1, () => new LiveReach({ ...house, shelf }).current());
    const oneByOne = await decidedOneByOne(house, live.asOf);
    return {
      name: "reach",
      unit: "µs",
      what: `${live.table.rows} firms in PostgreSQL, the page of one policy by region and requirement`,
      figures: [figure("page, all firms counted", pages), figure("the same firms decided", [oneByOne])],
      ratio: oneByOne / median(pages),
      target: "the page within 100 ms",
      notes: [
        `reading all firms for the first time: ${seconds(first)}; after a restart, from the shelf: ${seconds(restarted)}; ${(live.table.bytes / live.table.rows).toFixed(1)} bytes a firm`,
        `a draft of the same text: ${seconds(median(same))}; that asks less: ${seconds(median(less))}`,
        `a draft that pays otherwise: ${seconds(pays[0])}; with a new limit, so that its facts are read: ${seconds(limit[0])}`,
      ],
    };
  } finally {
    await app.close();
    await world.close();
  }
}

/** Firms under other codes with the same facts, so that a store is as large as wanted. */
export async function copyFirms({ prisma }: Store, copies: number): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO firm (code, name, region_code)
    SELECT upper(left(md5(code || n), 18)), name, region_code FROM firm, generate_series(1, ${copies}::int) AS n`;
  await prisma.$executeRaw`
    INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
    SELECT upper(left(md5(firm_code || n), 18)), fact_id, value, source_id, delivery_id, as_of, obtained_at
    FROM fact, generate_series(1, ${copies}::int) AS n`;
  await prisma.$executeRaw`ANALYZE fact`;
}

/** Milliseconds that deciding all firms under the policy would take, from the first thousands. */
async function decidedOneByOne(
  { transaction, compiled, reach }: Awaited<ReturnType<typeof openDemoWorld>>["house"],
  asOf: string,
): Promise<number> {
  const live = await reach.current();
  const policy = live.table.plan.policies.find((each) => each.policy.id === POLICY)?.policy;
  if (!policy || compiled.facts.size === 0) throw new Error(`${POLICY} is not in force`);
  const profiles = [];
  for await (const { profile } of everyFirm(transaction, live.asOf)) {
    profiles.push(profile);
    if (profiles.length === 5000) break;
  }
  const began = performance.now();
  for (const profile of profiles) await decide(policy, profile, { asOf });
  return ((performance.now() - began) / profiles.length) * live.table.rows;
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b);
}

const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const seconds = (ms = Number.NaN) => (ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(1)} s`);

function figure(name: string, sorted: readonly number[]): Figure {
  const last = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  return { name, p50: median(sorted) * 1000, p99: last * 1000, samples: sorted.length };
}
