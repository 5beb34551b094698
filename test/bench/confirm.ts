import path from "node:path";
import pg from "pg";
import { makeOffers, type Offer } from "../../packages/service/src/budget/testing.prisma.ts";
import { confirmBenefits } from "../../packages/service/src/confirmation/confirm-benefits.ts";
import { testSealing } from "../../packages/service/src/kernel/testing-sealing.ts";
import { fundTestLine, moneyDeps } from "../../packages/service/src/payment/testing.prisma.ts";
import { openServerStore, type Store } from "../../packages/service/src/platform/store.prisma.ts";
import { CompiledPolicies } from "../../packages/service/src/policies/compiled-policies.ts";
import { loadPolicy, readVocabularyDocuments } from "../../packages/service/src/policies/policy-source.fs.ts";
import { transactionsOn } from "../../packages/service/src/stores.prisma.ts";
import { onPostgres, quantile, sideBySide } from "./on-postgres.ts";
import type { Benchmark, Figure, Report } from "./report.ts";

const rules = path.join(import.meta.dirname, "../../rules");
const FIRMS = Number(process.env.BENCH_CONFIRMATIONS ?? 3_000);
const AT_ONCE = 16;
const AMOUNT = 100_000n;

/**
 * Firms that agree, many at once, all to one fund: consent, receipt, entitlement, journal, notice and the
 * reservation, as the service does it; beside nothing but the conditional UPDATE of one balance.
 */
export const confirmMany: Benchmark = { name: "confirm", run: () => onPostgres("confirm", measured) };

async function measured(url: string): Promise<Report> {
  const store = await openServerStore(url, testSealing);
  try {
    const signed = await policyAsSigned("henan/o01-unemployment-insurance-refund");
    await agreeing(store, signed, 1, 300); // until statements and code are warm
    const before = process.cpuUsage();
    const ours = await agreeing(store, signed, 2, FIRMS);
    const { user, system } = process.cpuUsage(before);
    const bare = await updating(url, FIRMS);
    return {
      name: "confirm",
      unit: "µs",
      what: `${FIRMS} firms agree to one fund, ${AT_ONCE} at once: ${perSecond(ours)} a second, conditional UPDATE alone ${perSecond(bare)}`,
      figures: [figure("confirmation, whole", ours), figure("conditional UPDATE alone", bare)],
      ratio: ours.totalMs / bare.totalMs,
      notes: [
        `${((user + system) / 1_000 / FIRMS).toFixed(1)} ms of this process's own work a confirmation, offers included`,
      ],
      target: "≥ 300 a second, p99 ≤ 1 s",
    };
  } finally {
    await store.close();
  }
}

type Took = Awaited<ReturnType<typeof sideBySide>>;

async function policyAsSigned(directory: string) {
  const shared = await readVocabularyDocuments(path.join(rules, "vocabulary"));
  const { source, vocabularyDocuments: vocabulary } = await loadPolicy(path.join(rules, directory), shared);
  return { document: { policy: source.document, vocabulary }, source: source.clauses };
}

type Signed = Awaited<ReturnType<typeof policyAsSigned>>;

async function agreeing(store: Store, signed: Signed, series: number, count: number): Promise<Took> {
  const deps = moneyDeps(store);
  const line = `bench-${series}`;
  await fundTestLine(deps, line, AMOUNT * BigInt(count), `4100000000000${series}`);
  const offers = await makeOffers(store, { series, count, amountFen: AMOUNT, line, at: deps.clock.now(), signed });
  const confirming = { clock: deps.clock, transaction: transactionsOn(store, new CompiledPolicies()) };
  const took = await sideBySide(offers, AT_ONCE, ({ firmCode, entitlementId }: Offer) => {
    const chosen = [{ entitlementId, amountFenSeen: String(AMOUNT) }];
    return confirmBenefits(confirming, { firmCode, actor: "firm", requestKey: entitlementId, chosen });
  });
  const { reservedFen } = await store.prisma.budgetLine.findUniqueOrThrow({ where: { id: line } });
  if (reservedFen !== AMOUNT * BigInt(count)) throw new Error(`bench confirm: ${reservedFen} reserved`);
  return took;
}

async function updating(connectionString: string, count: number): Promise<Took> {
  const pool = new pg.Pool({ connectionString, max: AT_ONCE });
  try {
    await pool.query("CREATE TABLE plain_fund (id int PRIMARY KEY, available bigint NOT NULL)");
    await pool.query("INSERT INTO plain_fund VALUES (1, $1)", [AMOUNT * BigInt(count)]);
    return await sideBySide(Array.from({ length: count }), AT_ONCE, () =>
      pool.query("UPDATE plain_fund SET available = available - $1 WHERE id = 1 AND available >= $1", [AMOUNT]),
    );
  } finally {
    await pool.end();
  }
}

function figure(name: string, { eachMs }: Took): Figure {
  return { name, p50: quantile(eachMs, 0.5) * 1_000, p99: quantile(eachMs, 0.99) * 1_000, samples: eachMs.length };
}

function perSecond({ eachMs, totalMs }: Took): number {
  return Math.round((eachMs.length * 1_000) / totalMs);
}
