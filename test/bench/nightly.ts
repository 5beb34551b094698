import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { openDemoWorld } from "../../packages/service/src/demo-world.fs.ts";
import { DomainError } from "../../packages/service/src/kernel/errors.ts";
import { testSealing } from "../../packages/service/src/kernel/testing-sealing.ts";
import { type MatchingDeps, runMatching } from "../../packages/service/src/matching/run-matching.ts";
import { applyAnswers } from "../../packages/service/src/notice/apply-answers.ts";
import { openServerStore, type Store } from "../../packages/service/src/platform/store.prisma.ts";
import { loadPolicies } from "../../packages/service/src/policies/policy-source.fs.ts";
import { publishPolicy } from "../../packages/service/src/policies/publish-policy.ts";
import type { Stores } from "../../packages/service/src/stores.prisma.ts";
import { findPostgres, startPostgres } from "../postgres-server.ts";
import { copyFirms } from "./reach.ts";
import type { Benchmark, Report } from "./report.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const FIRMS = Number(process.env.BENCH_FIRMS ?? 10_000);
/** Firms that are invented and delivered; the others are copies of them under other codes. */
const INVENTED = Math.min(FIRMS, 500);
/** Firms of which a department says something new before the last night. */
const TOLD = Math.max(1, Math.floor(FIRMS / 100));

/** A night that decides everybody beside one that decides whose answers may be other ones, all policies in force. */
export const nightly: Benchmark = {
  name: "nightly",
  async run(): Promise<Report> {
    const binaries = await findPostgres();
    if (!binaries) throw new Error("bench nightly: PostgreSQL 15 or newer is needed");
    const server = await startPostgres(binaries);
    const directory = await mkdtemp(path.join(tmpdir(), "apply-free-nightly-"));
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
  const { house } = world;
  const people = { publishedBy: "account-author", approvedBy: "account-reviewer" };
  for (const { policy, source, vocabularyDocuments } of await loadPolicies(rules, path.join(rules, "vocabulary"))) {
    const document = { policy: source.document, vocabulary: vocabularyDocuments };
    await publishPolicy(house, { policy, document, source: source.clauses, ...people }).catch(unlessInvalid);
  }
  await copyFirms(store, FIRMS / INVENTED - 1);
  const apply: MatchingDeps<Stores>["apply"] = (stores, answers, runId) =>
    applyAnswers(stores, answers, runId, house.clock.now());
  const night = async (name: string, everybody: boolean, afterMs = 60_000) => {
    // The newest run is the ground of the next: none may begin at the same moment.
    world.play.clock.moveTo(new Date(house.clock.now().getTime() + afterMs));
    const began = performance.now();
    const counts = await runMatching({ ...house, apply, everybody }, name);
    return { ms: performance.now() - began, ...counts };
  };
  try {
    const first = await night("first", true);
    const everybody = await night("everybody", true);
    const quiet = await night("quiet", false);
    await tellOf(store, TOLD);
    await house.transaction(({ journal }) =>
      journal.append({
        ...{ type: "delivery-imported", subject: "bench", actor: "bench", at: house.clock.now() },
        payload: { sourceId: "bench", sha256: "bench", rowsGood: TOLD, rowsBad: 0 },
      }),
    );
    const told = await night("told", false);
    const month = [];
    for (let day = 1; day <= 31; day += 1) month.push(await night(`day ${day}`, false, 86_400_000));
    const check = await night("check", true);
    const last = month.at(-1);
    if (check.recorded > 0 || check.eligible !== last?.eligible || check.undetermined !== last.undetermined) {
      throw new Error(`bench nightly: ${check.recorded} answers were overlooked`);
    }
    const policies = await house.db.policyVersion.count();
    const one = (name: string, { ms }: { ms: number }) => ({ name, p50: ms * 1000, p99: ms * 1000, samples: 1 });
    return {
      name: "nightly",
      unit: "µs",
      what: `${FIRMS} firms under ${policies} policies, a night in which nothing is new`,
      figures: [one("who may be another", quiet), one("everybody", everybody), one(`${TOLD} firms told of`, told)],
      ratio: everybody.ms / quiet.ms,
      target: "20 times",
      notes: [
        `the first night: ${seconds(first.ms)}, ${first.recorded} new decisions`,
        `a month in which only time passes: ${seconds(month.reduce((sum, { ms }) => sum + ms, 0))}, ${month.reduce((sum, each) => sum + each.decided, 0)} firms decided, ${month.reduce((sum, each) => sum + each.recorded, 0)} new decisions; deciding everybody after it finds none`,
        `decided: ${quiet.decided} firms of ${everybody.decided} in the quiet night, ${told.decided} in the one after a delivery`,
      ],
    };
  } finally {
    await world.close();
  }
}

/** What contradicts a policy that is in force already stays out. */
function unlessInvalid(cause: unknown): void {
  if (!(cause instanceof DomainError) || cause.code !== "policy-invalid") throw cause;
}

/** One fact of each of these firms, said again by its department. */
async function tellOf({ prisma }: Store, firms: number): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO delivery (id, source_id, file_name, sha256, as_of, obtained_at, rows_good, rows_bad, imported_by)
    SELECT 'bench', source_id, 'x.csv', 'bench', as_of, obtained_at, ${firms}::int, 0, 'bench' FROM delivery
    WHERE id = (SELECT delivery_id FROM fact WHERE fact_id = 'ent.status' LIMIT 1)`;
  await prisma.$executeRaw`
    INSERT INTO fact (firm_code, fact_id, value, source_id, delivery_id, as_of, obtained_at)
    SELECT firm_code, fact_id, value, source_id, 'bench', as_of, obtained_at + interval '1 second' FROM fact
    WHERE fact_id = 'ent.status' ORDER BY firm_code LIMIT ${firms}::int`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
