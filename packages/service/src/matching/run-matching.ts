import { type NextChange, nextChangeOf } from "@apply-free/rules";
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
import type { MatchDue, MatchGround, MatchGroundStore } from "./match-ground.ts";
import { restsOn } from "./match-ground.ts";
import type { FirmDirectory, FirmEntry, MatchCounts, MatchRunStore, OwnPayments, ProfileSource } from "./ports.ts";
import { speaksOf } from "./speaks-of.ts";

export type MatchingStores = Readonly<{
  firms: FirmDirectory;
  profiles: ProfileSource;
  ownPayments: OwnPayments;
  decisions: DecisionStore;
  matchRuns: MatchRunStore;
  matchGrounds: MatchGroundStore;
  policyVersions: PolicyVersionStore;
  journal: Journal;
}>;

export type MatchingDeps<Stores extends MatchingStores = MatchingStores> = Readonly<{
  transaction: Transaction<Stores>;
  clock: Clock;
  compiled: CompiledPolicies;
  /** What follows from the answers, in the transaction that stores them: offers and notices. */
  apply(stores: Stores, answers: readonly FirmAnswers[], runId: string): Promise<Applied>;
  /** Firms per transaction. */
  pageSize?: number;
  onProgress?(done: number): void;
  /** Decides every firm, whatever is known of it; what is not touched is left as it is, unless said. */
  everybody?: boolean;
}>;

/** `unsettled`: firms whose offers hang on what others do, so that they are looked at every night. */
export type Applied = Readonly<{ unsettled: ReadonlySet<string> }>;

/** All answers of a run about one firm, and who counts with it. */
export type FirmAnswers = Omit<FirmProfile, "profile" | "staleOn"> &
  Readonly<{ firm: FirmEntry; matches: readonly Match[] }>;

/**
 * Decides firms under every policy (智能匹配): those of which something was heard since the last run, those whose
 * day has come, and new ones; every firm where policies are other ones. All others would be answered as they were.
 * A crash in the middle loses at most one page, and running the same slot again adds only what is missing.
 */
export async function runMatching<Stores extends MatchingStores>(
  deps: MatchingDeps<Stores>,
  slot: string,
): Promise<MatchCounts & Readonly<{ decided: number }>> {
  const { transaction, clock } = deps;
  const startedAt = clock.now();
  const run = { id: derivedId("run", slot), slot, isWhole: true, asOf: dayOf(startedAt), startedAt };
  const { policies, ground, touched } = await begin(deps, run);
  let recorded = 0;
  let pagesSha256 = "";
  let decided = 0;
  const night = { run, policies, nextChange: nextChangeOf(policies.map(({ policy }) => policy)) };
  for (let after: string | undefined; ; ) {
    const page = await matchPage(deps, night, touched, { after, done: decided });
    if (page.firms.length === 0) break;
    recorded += page.matches.filter(({ isNew }) => isNew).length;
    pagesSha256 = chained(pagesSha256, page.matches);
    after = page.firms.at(-1)?.code;
    decided += page.firms.length;
    deps.onProgress?.(decided);
  }
  const counts = { ...(await transaction(({ matchGrounds }) => matchGrounds.totals())), recorded };
  await finish(deps, run, counts, pagesSha256, ground);
  return { ...counts, decided };
}

/** What the run rests on, and whom it has to decide; `touched` is absent where that is everybody. */
function begin<Stores extends MatchingStores>(
  { transaction, compiled, everybody = false }: MatchingDeps<Stores>,
  run: WholeRun,
): Promise<
  Readonly<{ policies: readonly CompiledPolicy[]; ground: MatchGround; touched: readonly string[] | undefined }>
> {
  return transaction(async ({ matchRuns, matchGrounds, policyVersions }) => {
    await matchRuns.open(run);
    // First: what happens from now on is for the next run.
    const now = await matchGrounds.now();
    const policies = (await policyVersions.listLatest()).map((version) => compiled.get(version));
    const ground = { ...now, restsOn: restsOn(policies) };
    const before = everybody ? undefined : await matchGrounds.latest();
    const isSame = before?.restsOn === ground.restsOn;
    return { policies, ground, touched: isSame ? await matchGrounds.touchedSince(before, run.asOf) : undefined };
  });
}

function chained(before: string, matches: readonly Match[]): string {
  return digestOf([before, matches.map(({ stored }) => [stored.id, stored.resultSha256])]);
}

async function finish<Stores extends MatchingStores>(
  { transaction, clock }: MatchingDeps<Stores>,
  run: Parameters<MatchRunStore["open"]>[0],
  totals: MatchCounts,
  decisionsSha256: string,
  ground?: MatchGround,
): Promise<void> {
  await transaction(async ({ matchRuns, matchGrounds, journal }) => {
    if ((await matchRuns.open(run)) === "finished") return;
    await matchRuns.finish(run.id, totals, clock.now());
    if (ground) await matchGrounds.put(run.id, ground);
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
type WholeRun = Parameters<MatchRunStore["open"]>[0];
type Night = Readonly<{ run: Run; policies: readonly CompiledPolicy[]; nextChange: NextChange }>;
type Page = Readonly<{ firms: readonly FirmEntry[]; matches: readonly Match[] }>;

function matchPage<Stores extends MatchingStores>(
  deps: MatchingDeps<Stores>,
  { run, policies, nextChange }: Night,
  touched: readonly string[] | undefined,
  { after, done }: Readonly<{ after: string | undefined; done: number }>,
): Promise<Page> {
  const { pageSize = PAGE } = deps;
  return deps.transaction(async (stores) => {
    const firms = touched
      ? await stores.firms.byCodes(touched.slice(done, done + pageSize))
      : await stores.firms.page(after, pageSize);
    const page = await matchThese(deps, stores, policies, run, firms);
    const { unsettled } = page.applied;
    await stores.matchGrounds.keepDue(page.answers.map((answers) => dueOf(answers, nextChange, run.asOf, unsettled)));
    return page;
  });
}

function dueOf(
  { firm, forebears, group, profile, staleOn, matches }: FirmAnswers & FirmProfile,
  nextChange: NextChange,
  asOf: Run["asOf"],
  unsettled: ReadonlySet<string>,
): MatchDue {
  const [dueOn] = [nextChange(profile, asOf) as Run["asOf"] | undefined, staleOn]
    .filter((day) => day !== undefined)
    .sort();
  const counts = { eligible: 0, ineligible: 0, undetermined: 0 };
  for (const { stored } of matches) counts[stored.decision.outcome] += 1;
  const relatives = [...forebears, ...(group?.others ?? [])];
  return { firmCode: firm.code, dueOn, everyNight: unsettled.has(firm.code), relatives, ...counts };
}

async function matchThese<Stores extends MatchingStores>(
  { clock, apply }: MatchingDeps<Stores>,
  stores: Stores,
  policies: readonly CompiledPolicy[],
  run: Run,
  firms: readonly FirmEntry[],
): Promise<Page & Readonly<{ answers: readonly (FirmAnswers & FirmProfile)[]; applied: Applied }>> {
  const codes = firms.map(({ code }) => code);
  const profileOf = await firmProfiles(stores, codes, run.asOf);
  const latest = new Map(
    (await stores.decisions.latestOf(codes)).map((known) => [
      decisionKey(known.firmCode, known.policyVersionId, known.period),
      known,
    ]),
  );
  const answersOf = async (firm: FirmEntry): Promise<FirmAnswers & FirmProfile> => {
    const known = profileOf(firm.code);
    const asked = policies.filter(({ policy }) => speaksOf(policy, firm.code));
    const matches = asked.map((policy) => matchFirm(policy, firm.code, known.profile, run, clock, latest));
    return { firm, ...known, matches: await Promise.all(matches) };
  };
  const answers = await Promise.all(firms.map(answersOf));
  const matches = answers.flatMap((entry) => entry.matches);
  await stores.decisions.insertAll(matches.filter(({ isNew }) => isNew).map(({ stored }) => stored));
  const applied = await apply(stores, answers, run.id);
  return { firms, matches, answers, applied };
}
