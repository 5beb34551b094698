import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { profileOf } from "@apply-free/rules";
import { sessionStore } from "../../packages/service/src/access/session.prisma.ts";
import { sessionIdOf, sessionLimits, tokenHashOf } from "../../packages/service/src/access/session.ts";
import { buildApp } from "../../packages/service/src/app.ts";
import { makeOffers } from "../../packages/service/src/budget/testing.prisma.ts";
import { openHouse } from "../../packages/service/src/house.prisma.ts";
import { derivedId } from "../../packages/service/src/kernel/id.ts";
import { testSealing } from "../../packages/service/src/kernel/testing-sealing.ts";
import { fileExchangeBank } from "../../packages/service/src/payment/file-exchange.bank.ts";
import { fundTestLine, moneyDeps } from "../../packages/service/src/payment/testing.prisma.ts";
import { openServerStore, type Store } from "../../packages/service/src/platform/store.prisma.ts";
import { barePageServer } from "../../packages/service/src/platform/testing-bare-page.http.ts";
import { loadPolicy, readVocabularyDocuments } from "../../packages/service/src/policies/policy-source.fs.ts";
import { onPostgres, quantile, sideBySide } from "./on-postgres.ts";
import type { Benchmark, Figure, Report } from "./report.ts";

type App = Awaited<ReturnType<typeof buildApp>>;
const rules = path.join(import.meta.dirname, "../../rules");
const USERS = 50;
const OFFERS = 10;
const PAGES = Number(process.env.BENCH_PAGES ?? 2_000);
/** What somebody needs at least to look at a page before the next one. */
const LOOKING_MS = 1_000;
const LOOKS = 8;
const ORIGIN = "http://127.0.0.1:3000";

/**
 * The page on which a firm confirms, with ten offers and the reasons for each, asked for by fifty firms at once:
 * session, offers, decisions, proof that they were seen, account, HTML. Beside it the same bytes from a bare server.
 */
export const confirmPages: Benchmark = { name: "confirm-page", run: () => onPostgres("confirm-page", measured) };

async function measured(url: string): Promise<Report> {
  const store = await openServerStore(url, testSealing);
  const directory = await mkdtemp(path.join(tmpdir(), "apply-free-confirm-page-"));
  const clock = { now: () => moneyDeps(store).clock.now() };
  const parts = { store, clock, wallClock: clock, random: { token: () => "a".repeat(43) } };
  const house = openHouse({
    ...parts,
    bank: await fileExchangeBank(directory),
    ...{ channels: [], maker: "system:payment-run", soleInstance: true, log: () => {} },
  });
  const app = await buildApp({ house, sources: new Map(), publicUrl: ORIGIN, logger: false, log: () => {} });
  try {
    const users = await signedInUsers(store);
    const page = await confirmPageOf(app, users[0] ?? "", 0);
    const bare = await barePageServer("/offers", page);
    const asked = Array.from({ length: PAGES }, (_, nth) => nth);
    const ask = (of: App) => (nth: number) => confirmPageOf(of, users[nth % USERS] ?? "", nth);
    await sideBySide(asked.slice(0, 300), USERS, ask(app)); // until statements and code are warm
    await sideBySide(asked.slice(0, 300), USERS, ask(bare));
    const cpu = process.cpuUsage();
    const ours = await sideBySide(asked, USERS, ask(app));
    const { user, system } = process.cpuUsage(cpu);
    const plain = await sideBySide(asked, USERS, ask(bare));
    const looking = await lookedAt((nth) => confirmPageOf(app, users[nth % USERS] ?? "", nth));
    return {
      name: "confirm-page",
      unit: "µs",
      what: `${PAGES} confirm pages with ${OFFERS} offers, ${USERS} users at once without a pause: ${perSecond(ours)} a second, the same bytes from a bare server ${perSecond(plain)}`,
      figures: [
        figure("confirm page, no pause", ours.eachMs),
        figure("bare fastify page, no pause", plain.eachMs),
        figure(`confirm page, ${LOOKING_MS} ms to look`, looking),
      ],
      ratio: ours.totalMs / plain.totalMs,
      notes: [
        `${((user + system) / 1_000 / PAGES).toFixed(2)} ms of this process's own work a page of ${Math.round(page.length / 1_000)} kB`,
        `p99 of ${USERS} users who look for ${LOOKING_MS} ms: ${quantile(looking, 0.99).toFixed(1)} ms`,
      ],
      target: `p99 ≤ 50 ms for ${USERS} users at once`,
    };
  } finally {
    await app.close();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Fifty firms with ten offers each, under ten policies; answers the cookie of each. */
async function signedInUsers(store: Store): Promise<string[]> {
  const deps = moneyDeps(store);
  const at = deps.clock.now();
  const shared = await readVocabularyDocuments(path.join(rules, "vocabulary"));
  const loaded = await loadPolicy(path.join(rules, "henan/o01-unemployment-insurance-refund"), shared);
  const { vocabulary, vocabularyDocuments, source } = loaded;
  const { facts } = source.cases as Readonly<{ facts: Parameters<typeof profileOf>[0] }>;
  const profile = profileOf(facts, vocabulary);
  let codes: string[] = [];
  for (let nth = 1; nth <= OFFERS; nth++) {
    const line = `bench-${nth}`;
    await fundTestLine(deps, line, 1_000_000n, `410000000000${String(nth).padStart(2, "0")}`);
    const document = { ...(source.document as object), id: `bench-policy-${nth}` };
    const signed = { document: { policy: document, vocabulary: vocabularyDocuments }, source: source.clauses };
    const wanted = { count: USERS, amountFen: 100_000n, line, at, factsOf: () => profile, signed };
    const offers = await makeOffers(store, { series: nth, ...wanted });
    const own = offers.map(({ firmCode }) => firmCode);
    if (nth === 1) codes = own;
    else await handOver(store, own, codes);
  }
  await store.prisma.account.createMany({
    data: codes.map((firmCode) => ({
      ...{ id: derivedId("account", firmCode), login: firmCode, role: "enterprise", displayName: "经办", firmCode },
      ...{ standing: "representative", passwordHash: "-", createdAt: at },
    })),
  });
  for (const firmCode of codes) {
    const accountId = derivedId("account", firmCode);
    const tokenHash = tokenHashOf(firmCode);
    const session = {
      ...{ id: sessionIdOf(tokenHash), tokenHash, accountId, csrfToken: firmCode },
      ...{ method: "password" as const, isKiosk: false, at, ...sessionLimits("enterprise", false, at) },
    };
    await sessionStore(store.prisma).open(session);
  }
  return codes;
}

/** Offers of made-up firms become those of others, so that one firm has several. */
async function handOver({ prisma }: Store, from: readonly string[], to: readonly string[]): Promise<void> {
  const pairs = JSON.stringify(from.map((code, nth) => ({ code, next: to[nth] })));
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const table of ["decision", "entitlement"])
      await tx.$executeRawUnsafe(
        `UPDATE ${table} SET firm_code = next FROM jsonb_to_recordset($1::jsonb) AS pair (code text, next text) WHERE firm_code = code`,
        pairs,
      );
  });
}

async function confirmPageOf(app: App, token: string, nth: number): Promise<string> {
  const { statusCode, body } = await app.inject({
    ...{ method: "GET", url: "/offers" },
    // Each from a place of its own, or they would share the limit of requests.
    remoteAddress: `10.${nth % 200}.${Math.floor(nth / 200) % 200}.7`,
    headers: { accept: "text/html", cookie: `apply-free=${token}` },
  });
  const offers = body.split('name="chosen"').length - 1;
  if (statusCode !== 200 || offers !== OFFERS) throw new Error(`bench confirm-page: ${statusCode}, ${offers} offers`);
  return body;
}

/** Every user looks at a page before asking for the next, each beginning at another moment. @returns ms, sorted */
async function lookedAt(ask: (nth: number) => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  const user = async (nth: number) => {
    await sleep(spread(nth));
    for (let look = 0; look < LOOKS; look++) {
      const from = performance.now();
      await ask(nth + look * USERS);
      took.push(performance.now() - from);
      await sleep(LOOKING_MS / 2 + spread(nth + look * USERS));
    }
  };
  await Promise.all(Array.from({ length: USERS }, (_, nth) => user(nth)));
  return took.sort((a, b) => a - b);
}

/** From 0 to LOOKING_MS, the same in every run, so that users do not march in step. */
function spread(nth: number): number {
  return (createHash("sha256").update(String(nth)).digest().readUInt32BE() / 2 ** 32) * LOOKING_MS;
}

function figure(name: string, eachMs: readonly number[]): Figure {
  return { name, p50: quantile(eachMs, 0.5) * 1_000, p99: quantile(eachMs, 0.99) * 1_000, samples: eachMs.length };
}

function perSecond({ eachMs, totalMs }: Awaited<ReturnType<typeof sideBySide>>): number {
  return Math.round((eachMs.length * 1_000) / totalMs);
}
