import type { Policy } from "@apply-free/rules";
import { type Clock, today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { everyFirm, firmProfiles } from "../matching/firm-profiles.ts";
import type { FirmDirectory, OwnPayments, ProfileSource } from "../matching/ports.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { LiveFirms } from "./live-firms.ts";
import type { Mark, News, ReachNews } from "./reach-news.ts";

export type ReachStores = Readonly<{
  firms: FirmDirectory;
  profiles: ProfileSource;
  ownPayments: OwnPayments;
  policyVersions: PolicyVersionStore;
  reachNews: ReachNews;
}>;

export type LiveReachDeps = Readonly<{
  transaction: Transaction<ReachStores>;
  clock: Clock;
  compiled: CompiledPolicies;
}>;

/** Firms read in one transaction. */
const PAGE = 500;

type Standing = { live: LiveFirms; versions: string; mark: Mark; seen: ReadonlySet<string> };

/**
 * All firms under all policies in force, in the memory of this process. Built when somebody first asks; then
 * each question first reads in the journal what has happened. So an instance that slept, or that did not do
 * the work itself, answers like every other.
 */
export class LiveReach {
  readonly #deps: LiveReachDeps;
  #standing: Standing | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: LiveReachDeps) {
    this.#deps = deps;
  }

  /**
   * The firms as they are known now. Not to be kept beyond the question: it is changed for the next one.
   * Several who ask at once wait for one reading.
   */
  current(): Promise<LiveFirms> {
    const next = this.#last.then(
      () => this.#bringUpToDate(),
      () => this.#bringUpToDate(),
    );
    this.#last = next;
    return next;
  }

  /** All firms under other policies than those in force, read for this question alone. */
  under(policies: readonly Policy[]): Promise<LiveFirms> {
    return this.#read(policies, today(this.#deps.clock));
  }

  async #bringUpToDate(): Promise<LiveFirms> {
    const { transaction, clock } = this.#deps;
    const standing = this.#standing;
    if (!standing) return this.#build();
    const { live } = standing;
    const news = await transaction(({ reachNews }) => reachNews.since(standing.mark, standing.seen));
    // What is derived from the day, and what goes stale, is another tomorrow.
    const isOther = live.asOf !== today(clock) || news.versions.join() !== standing.versions || news.isPurged;
    if (isOther) return this.#build();
    await this.#reread(live, live.withHeirs(news.firms));
    this.#standing = { ...standing, ...placeIn(news) };
    return live;
  }

  async #build(): Promise<LiveFirms> {
    const { transaction, clock, compiled } = this.#deps;
    // If it fails half way, the next question begins anew.
    this.#standing = undefined;
    const asOf = today(clock);
    const { news, policies } = await transaction(async ({ reachNews, policyVersions }) => {
      // First: a version published in between is news to the next question.
      const now = await reachNews.now();
      const latest = await policyVersions.listLatest();
      return { news: now, policies: latest.map((version) => compiled.get(version).policy) };
    });
    const live = await this.#read(policies, asOf);
    // What arrived while firms were read is read again by the next question, whichever page it was on.
    this.#standing = { live, versions: news.versions.join(), ...placeIn(news) };
    return live;
  }

  async #read(policies: readonly Policy[], asOf: Day): Promise<LiveFirms> {
    const live = new LiveFirms(policies, asOf);
    for await (const firm of everyFirm(this.#deps.transaction, asOf, live.facts)) live.set(firm.code, firm);
    return live;
  }

  async #reread(live: LiveFirms, codes: readonly string[]): Promise<void> {
    for (let start = 0; start < codes.length; start += PAGE) {
      const page = codes.slice(start, start + PAGE);
      const profileOf = await this.#deps.transaction((stores) =>
        firmProfiles(stores, page, live.asOf, { only: live.facts }),
      );
      for (const code of page) live.set(code, profileOf(code));
    }
  }
}

function placeIn({ mark, unsealed }: News): Pick<Standing, "mark" | "seen"> {
  return { mark, seen: new Set(unsealed) };
}
