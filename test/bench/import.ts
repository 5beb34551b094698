import { createHash } from "node:crypto";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from, to } from "pg-copy-streams";
import { sampleFirms } from "../../packages/service/src/demo/sample-firms.ts";
import { sampleTables } from "../../packages/service/src/demo/sample-tables.ts";
import { importDelivery } from "../../packages/service/src/facts/import-delivery.ts";
import { SettableClock } from "../../packages/service/src/kernel/clock.ts";
import type { Day } from "../../packages/service/src/kernel/day.ts";
import { testSealing } from "../../packages/service/src/kernel/testing-sealing.ts";
import { openServerStore } from "../../packages/service/src/platform/store.prisma.ts";
import { CompiledPolicies } from "../../packages/service/src/policies/compiled-policies.ts";
import { loadSourcesIn } from "../../packages/service/src/policies/rules-directory.fs.ts";
import { transactionsOn } from "../../packages/service/src/stores.prisma.ts";
import { onPostgres } from "./on-postgres.ts";
import type { Benchmark, Report } from "./report.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const START = "2025-11-03" as Day;
const FIRMS = Number(process.env.BENCH_FIRMS ?? 60_000);

/**
 * One department's file into PostgreSQL: read, checked against vocabulary and register, settled and
 * stored as facts; beside COPY of the very rows that came out, into a table of the same shape and indexes.
 */
export const importFacts: Benchmark = {
  name: "import",
  run: () => onPostgres("import", measured),
};

async function measured(url: string): Promise<Report> {
  const store = await openServerStore(url, testSealing);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sources = await loadSourcesIn(rules);
    const clock = new SettableClock(new Date("2025-11-03T00:00:00+08:00"));
    const deps = { transaction: transactionsOn(store, new CompiledPolicies()), clock, sources };
    const size = { seed: 7, count: FIRMS, start: START };
    const firms = sampleFirms(size);
    const files = new Map(
      sampleTables(size, firms)
        .filter(({ isPartial }) => !isPartial)
        .map(({ sourceId, rows }) => [sourceId, csv(rows)]),
    );
    const bytesOf = (sourceId: string) => files.get(sourceId) ?? new Uint8Array();
    const deliver = (sourceId: string) =>
      importDelivery(deps, {
        ...{ sourceId, fileName: `${sourceId}.csv`, bytes: bytesOf(sourceId), asOf: START, importedBy: "bench" },
      });
    await deliver("market-regulation");
    const began = performance.now();
    await deliver("tax");
    const oursMs = performance.now() - began;
    const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM fact WHERE source_id = 'tax'");
    const facts = Number(rows[0]?.count);
    const copyMs = await plainCopy(client);
    const again = performance.now();
    const repeated = await deliver("tax");
    const againMs = performance.now() - again;
    if (repeated.outcome !== "repeated") throw new Error("the same file again must be a no-op");
    const perSecond = (ms: number) => (facts / ms) * 1000;
    const figure = (name: string, ms: number) => ({
      name,
      p50: (ms * 1000) / facts,
      p99: (ms * 1000) / facts,
      samples: facts,
    });
    return {
      name: "import",
      unit: "µs",
      what:
        `${facts} facts of ${FIRMS} firms (${(bytesOf("tax").length / 1e6).toFixed(1)} MB, sha256 ` +
        `${createHash("sha256").update(bytesOf("tax")).digest("hex").slice(0, 8)}): ${Math.round(perSecond(oursMs))} facts/s, ` +
        `plain COPY ${Math.round(perSecond(copyMs))} facts/s, the same file again ${againMs.toFixed(0)} ms`,
      figures: [figure("import, file to facts", oursMs), figure("plain COPY of the same rows", copyMs)],
      ratio: oursMs / copyMs,
      target: "≥ 100,000 facts/s, ratio ≤ 4",
    };
  } finally {
    await client.end();
    await store.close();
  }
}

/** COPY of the rows that were imported into an empty table with the same indexes. */
async function plainCopy(client: pg.Client): Promise<number> {
  const chunks: Buffer[] = [];
  const keep = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk);
      done();
    },
  });
  await pipeline(client.query(to("COPY (SELECT * FROM fact WHERE source_id = 'tax') TO STDOUT")), keep);
  await client.query("CREATE TABLE plain (LIKE fact INCLUDING ALL)");
  const pieces = Buffer.concat(chunks);
  const began = performance.now();
  await pipeline(Readable.from(inPieces(pieces)), client.query(from("COPY plain FROM STDIN")));
  return performance.now() - began;
}

/** As large as ours: a message for each row would make the peer slow. */
function* inPieces(all: Buffer): Iterable<Buffer> {
  for (let start = 0; start < all.length; start += PIECE) yield all.subarray(start, start + PIECE);
}
const PIECE = 1 << 18;

function csv(rows: readonly (readonly unknown[])[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => row.map((cell) => cell ?? "").join(",")).join("\n"));
}
