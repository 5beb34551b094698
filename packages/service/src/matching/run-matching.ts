import type { Clock } from "../kernel/clock.ts";
import { dayOf } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import type { Journal } from "../kernel/event.ts";
import { derivedId } from "../kernel/id.ts";
import type { Transaction } from "../kernel/transaction.ts";
import type { CompiledPolicies, CompiledPolicy } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import type { DecisionStore } from "./decision.ts";
import { type FirmProfile, firmProfiles } from "./firm-profiles.ts";
import { decisionKey, type Match, matchFirm } from "./match.ts";
import type { FirmDirectory, FirmEntry, MatchCounts, MatchRunStore, OwnPayments, ProfileSource } from "./ports.ts";
import { speaksOf } from "./speaks-of.ts";

export type MatchingStores = Readonly<{
  firms: FirmDirectory;
  profiles: ProfileSource;
  ownPayments: OwnPayments;
  decisions: DecisionStore;
  matchRuns: MatchRunStore;
  policyVersions: PolicyVersionStore;
  journal: Journal;
}>;

export type MatchingDeps<Stores extends MatchingStores = MatchingStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  compiled: CompiledPolicies;
  /** What follows from the answers, in the transaction that stores them: offers and notices. */
  apply(stores: Stores, answers: readonly FirmAnswers[], runId: string): Promise<void>;
  /** Firms per transaction. */
  pageSize?: number;
  onProgress?(done: number): void;
}>;

/** All answers of a run about one firm, and who counts with it. */
export type FirmAnswers = Omit<FirmProfile, "profile"> & Readonly<{ firm: FirmEntry; matches: readonly Match[] }>;

/**
 * Decides every firm under every policy (智能匹配). A crash in the middle loses at most one page,
 * and running the same slot again adds only what is missing.
 */
export async function runMatching<Stores extends MatchingStores>(
  deps: MatchingDeps<Stores>,
  slot: string,
): Promise<MatchCounts> {
  const { transaction, clock, compiled } = deps;
  const startedAt = clock.now();
  const run = { id: derivedId("run", slot), slot, isWhole: true, asOf: dayOf(startedAt), startedAt };
  const policies = await transaction(async ({ matchRuns, policyVersions }) => {
    await matchRuns.open(run);
    return (await policyVersions.listLatest()).map((version) => compiled.get(version));
  });
  const totals = { eligible: 0, ineligible: 0, undetermined: 0, recorded: 0 };
  let pagesSha256 = "";
  let done = 0;
  for (let after: string | undefined; ; ) {
    const page = await matchPage(deps, policies, run, after);
    if (page.firms.length === 0) break;
    count(totals, page.matches);
    pagesSha256 = chained(pagesSha256, page.matches);
    after = page.firms.at(-1)?.code;
    done += page.firms.length;
    deps.onProgress?.(done);
  }
  await finish(deps, run, totals, pagesSha256);
  return totals;
}

function chained(before: string, matches: readonly Match[]): string {
  return digestOf([before, matches.map(({ stored }) => [stored.id, stored.resultSha256])]);
}

async function finish<Stores extends MatchingStores>(
  { transaction, clock }: MatchingDeps<Stores>,
  run: Parameters<MatchRunStore["open"]>[0],
  totals: MatchCounts,
  decisionsSha256: string,
): Promise<void> {
  await transaction(async ({ matchRuns, journal }) => {
    if ((await matchRuns.open(run)) === "finished") return;
    await matchRuns.finish(run.id, totals, clock.now());
    const { id: subject, asOf, startedAt: at } = run;
    const payload = { asOf, ...totals, decisionsSha256 };
    await journal.append({ type: "match-run-finished", subject, actor: "system:matching", at, payload });
  });
}

/**
 * Decides these firms under every policy now, as the nightly run would: after a correction nobody
 * waits for the night.
 * @param slot names the occasion, so that it happens once
 */
export async function matchFirms<Stores extends MatchingStores>(
  deps: MatchingDeps<Stores>,
  firmCodes: readonly string[],
  slot: string,
): Promise<void> {
  const { transaction, clock, compiled, pageSize = PAGE } = deps;
  const startedAt = clock.now();
  const run = { id: derivedId("run", slot), slot, isWhole: false, asOf: dayOf(startedAt), startedAt };
  const policies = await transaction(async ({ matchRuns, policyVersions }) => {
    if ((await matchRuns.open(run)) === "finished") return undefined;
    return (await policyVersions.listLatest()).map((version) => compiled.get(version));
  });
  if (!policies) return;
  const totals = { eligible: 0, ineligible: 0, undetermined: 0, recorded: 0 };
  let pagesSha256 = "";
  for (let start = 0; start < firmCodes.length; start += pageSize) {
    const codes = firmCodes.slice(start, start + pageSize);
    const { matches } = await transaction(async (stores) => {
      return matchThese(deps, stores, policies, run, await stores.firms.byCodes(codes));
    });
    count(totals, matches);
    pagesSha256 = chained(pagesSha256, matches);
  }
  await finish(deps, run, totals, pagesSha256);
}

/** Firms per transaction, unless a caller says otherwise. */
const PAGE = 250;

function count(totals: Record<keyof MatchCounts, number>, matches: readonly Match[]): void {
  for (const { stored, isNew } of matches) {
    totals[stored.decision.outcome] += 1;
    if (isNew) totals.recorded += 1;
  }
}

type Run = Readonly<{ id: string; asOf: ReturnType<typeof dayOf> }>;
type Page = Readonly<{ firms: readonly FirmEntry[]; matches: readonly Match[] }>;

function matchPage<Stores extends MatchingStores>(
  deps: MatchingDeps<Stores>,
  policies: readonly CompiledPolicy[],
  run: Run,
  after: string | undefined,
): Promise<Page> {
  return deps.transaction(async (stores) => {
    return matchThese(deps, stores, policies, run, await stores.firms.page(after, deps.pageSize ?? PAGE));
  });
}

async function matchThese<Stores extends MatchingStores>(
  { clock, apply }: MatchingDeps<Stores>,
  stores: Stores,
  policies: readonly CompiledPolicy[],
  run: Run,
  firms: readonly FirmEntry[],
): Promise<Page> {
  const codes = firms.map(({ code }) => code);
  const profileOf = await firmProfiles(stores, codes, run.asOf);
  const latest = new Map(
    (await stores.decisions.latestOf(codes)).map((known) => [
      decisionKey(known.firmCode, known.policyVersionId, known.period),
      known,
    ]),
  );
  const answersOf = async (firm: FirmEntry): Promise<FirmAnswers> => {
    const { profile, ...kin } = profileOf(firm.code);
    const asked = policies.filter(({ policy }) => speaksOf(policy, firm.code));
    const matches = asked.map((policy) => matchFirm(policy, firm.code, profile, run, clock, latest));
    return { firm, ...kin, matches: await Promise.all(matches) };
  };
  const byFirm = await Promise.all(firms.map(answersOf));
  const matches = byFirm.flatMap((entry) => entry.matches);
  await stores.decisions.insertAll(matches.filter(({ isNew }) => isNew).map(({ stored }) => stored));
  await apply(stores, byFirm, run.id);
  return { firms, matches };
}
