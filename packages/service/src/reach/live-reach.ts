import type { Policy } from "@apply-free/rules";
import { type Clock, today } from "../kernel/clock.ts";
import { digestOf } from "../kernel/digest.ts";
import type { Transaction } from "../kernel/transaction.ts";
import { everyFirm, firmProfiles } from "../matching/firm-profiles.ts";
import { ENGINE } from "../matching/match.ts";
import type { FirmDirectory, OwnPayments, ProfileSource } from "../matching/ports.ts";
import type { CompiledPolicies } from "../policies/compiled-policies.ts";
import type { PolicyVersionStore } from "../policies/policy-version.ts";
import { type KeptFirms, readSnapshot, written } from "./kept-firms.ts";
import { LiveFirms } from "./live-firms.ts";
import type { News, ReachNews } from "./reach-news.ts";
import type { Shelf } from "./shelf.ts";

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
  /** Where the columns are kept while no process runs; nowhere, unless said. */
  shelf?: Shelf | undefined;
}>;

/** How far all firms have been read. */
export type Reading = Readonly<{ done: number; of: number }>;

/** Firms read in one transaction. */
const PAGE = 500;
/** Where little is wanted of each firm, more of them. */
const LARGE_PAGE = 4000;
/** Format of what is kept; another one is not read. */
const FORMAT = "columns/1";
/** What happened meanwhile is read from the journal, so keeping more often saves little. */
const KEEP_EVERY_MS = 10 * 60_000;

type Place = Readonly<{ ground: string; versions: string; mark: bigint; seen: ReadonlySet<string> }>;
type Standing = Place & Readonly<{ firms: LiveFirms | KeptFirms }>;
type InForce = Readonly<{ policies: readonly Policy[]; ground: string; news: News; expectedFirms: number }>;

/**
 * All firms under all policies in force, in the memory of this process. They are taken from the shelf or read
 * once; then each question first reads in the journal what has happened, and on a new day only of whom time alone
 * may have changed an answer. So an instance that slept, or that did not do the work itself, answers like every
 * other.
 */
export class LiveReach {
  readonly #deps: LiveReachDeps;
  #standing: Standing | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #reading: Reading | undefined;
  #hasLookedOnShelf = false;
  #keptAt: Date | undefined;
  #keptMark: bigint | undefined;

  constructor(deps: LiveReachDeps) {
    this.#deps = deps;
  }

  /** How far all firms have been read, while that is being done. */
  get reading(): Reading | undefined {
    return this.#reading;
  }

  /**
   * The firms as they are known now. Not to be kept beyond the question: it is changed for the next one.
   * Several who ask at once wait for one reading.
   */
  current(): Promise<LiveFirms> {
    return this.#afterOthers(() => this.#bringUpToDate());
  }

  /** The same policies in force, and others that are asked about once: only what nobody asks yet is read. */
  async beside(policies: readonly Policy[]): Promise<LiveFirms> {
    // Taken over at once, before the next question changes the firms; read without letting others wait.
    const live = await this.#afterOthers(async () => {
      const firms = await this.#bringUpToDate();
      return new LiveFirms({ policies, asOf: firms.asOf, expectedFirms: firms.table.rows }, firms.kept());
    });
    await this.#readUnread(live, () => {});
    return live;
  }

  /** Puts the columns on the shelf, for a process that begins later. */
  keep(): Promise<void> {
    return this.#afterOthers(() => this.#keep());
  }

  #afterOthers<Result>(work: () => Promise<Result>): Promise<Result> {
    const next = this.#last.then(work, work);
    this.#last = next;
    return next;
  }

  async #bringUpToDate(): Promise<LiveFirms> {
    const standing = this.#standing ?? (await this.#fromShelf());
    if (!standing) return this.#build();
    const { transaction, clock } = this.#deps;
    const { firms } = standing;
    const news = await transaction(({ reachNews }) => reachNews.since(standing.mark, standing.seen));
    const isSame =
      firms instanceof LiveFirms && firms.asOf === today(clock) && news.versions.join() === standing.versions;
    if (isSame && !news.isPurged) {
      await this.#reread(firms, firms.withHeirs(news.firms));
      this.#standing = { ...standing, ...placeIn(news) };
      await this.#keepNowAndThen();
      return firms;
    }
    const inForce = await this.#inForce();
    if (news.isPurged || inForce.ground !== standing.ground) return this.#build(inForce);
    return this.#takeOver(standing, news, inForce);
  }

  /** Another day, or other policies: what stays the same is not read again. */
  async #takeOver(
    standing: Standing,
    news: News,
    { policies, ground, expectedFirms, ...now }: InForce,
  ): Promise<LiveFirms> {
    this.#standing = undefined;
    const asOf = today(this.#deps.clock);
    const { firms } = standing;
    const kept = firms instanceof LiveFirms ? firms.kept() : firms;
    const live = new LiveFirms({ policies, asOf, expectedFirms }, kept);
    await this.#reread(live, [...new Set([...live.withHeirs(news.firms), ...live.due()])]);
    await this.#telling(expectedFirms, (onRead) => this.#readUnread(live, onRead));
    this.#standing = { firms: live, ground, versions: now.news.versions.join(), ...placeIn(news) };
    await this.#keep();
    return live;
  }

  async #build(inForce?: InForce): Promise<LiveFirms> {
    // If it fails half way, the next question begins anew.
    this.#standing = undefined;
    const asOf = today(this.#deps.clock);
    const { policies, ground, news, expectedFirms } = inForce ?? (await this.#inForce());
    const live = new LiveFirms({ policies, asOf, expectedFirms });
    await this.#telling(expectedFirms, (onRead) => this.#readAll(live, onRead));
    // What arrived while firms were read is read again by the next question, whichever page it was on.
    this.#standing = { firms: live, ground, versions: news.versions.join(), ...placeIn(news) };
    await this.#keep();
    return live;
  }

  #inForce(): Promise<InForce> {
    const { transaction, compiled } = this.#deps;
    return transaction(async ({ reachNews, policyVersions }) => {
      // First: a version published in between is news to the next question.
      const news = await reachNews.now();
      const latest = await policyVersions.listLatest();
      const policies = latest.map((version) => compiled.get(version).policy);
      return { news, policies, ground: groundOf(policies), expectedFirms: await reachNews.firms() };
    });
  }

  async #readUnread(live: LiveFirms, onRead: (done: number) => void): Promise<void> {
    const { unread, asOf } = live;
    if (!unread) return;
    let done = 0;
    for await (const firm of everyFirm(this.#deps.transaction, asOf, unread.facts, LARGE_PAGE)) {
      live.setUnread(firm.code, firm);
      done += 1;
      onRead(done);
    }
  }

  async #readAll(live: LiveFirms, onRead: (done: number) => void): Promise<void> {
    let done = 0;
    for await (const firm of everyFirm(this.#deps.transaction, live.asOf, live.facts)) {
      live.set(firm.code, firm);
      done += 1;
      onRead(done);
    }
  }

  async #reread(live: LiveFirms, codes: readonly string[]): Promise<void> {
    await this.#telling(codes.length, async (onRead) => {
      for (let start = 0; start < codes.length; start += PAGE) {
        const page = codes.slice(start, start + PAGE);
        const profileOf = await this.#deps.transaction((stores) =>
          firmProfiles(stores, page, live.asOf, { only: live.facts }),
        );
        for (const code of page) live.set(code, profileOf(code));
        onRead(start + page.length);
      }
    });
  }

  /** Says how far the work has come, while it lasts. */
  async #telling(of: number, work: (onRead: (done: number) => void) => Promise<void>): Promise<void> {
    this.#reading = { done: 0, of };
    try {
      await work((done) => {
        this.#reading = { done, of: Math.max(of, done) };
      });
    } finally {
      this.#reading = undefined;
    }
  }

  /** What is kept counts only with the vocabulary it was read in, and in the journal it was read from. */
  async #fromShelf(): Promise<Standing | undefined> {
    const { shelf, transaction, clock } = this.#deps;
    if (!shelf || this.#hasLookedOnShelf) return undefined;
    this.#hasLookedOnShelf = true;
    const bytes = await shelf.read();
    const snapshot = bytes && readSnapshot(bytes);
    if (!snapshot || snapshot.firms.image.asOf > today(clock)) return undefined;
    const { placed, firms } = snapshot;
    const hash = await transaction(({ reachNews }) => reachNews.sealHash(placed.mark));
    if (hash === undefined || hash !== placed.sealHash) return undefined;
    this.#keptMark = placed.mark;
    return { ...placed, seen: new Set(placed.seen), firms };
  }

  async #keepNowAndThen(): Promise<void> {
    const since = this.#keptAt?.getTime() ?? 0;
    if (this.#deps.clock.now().getTime() - since >= KEEP_EVERY_MS && this.#standing?.mark !== this.#keptMark) {
      await this.#keep();
    }
  }

  async #keep(): Promise<void> {
    const { shelf, transaction, clock } = this.#deps;
    const standing = this.#standing;
    if (!shelf || !standing || !(standing.firms instanceof LiveFirms)) return;
    const { ground, versions, mark, seen } = standing;
    const sealHash = await transaction(({ reachNews }) => reachNews.sealHash(mark));
    // Nothing is sealed yet that would tell this journal from another one.
    if (sealHash === undefined) return;
    const placed = { ground, versions, mark, sealHash, seen: [...seen] };
    await shelf.write(written({ firms: standing.firms.kept(), placed }));
    this.#keptAt = clock.now();
    this.#keptMark = mark;
  }
}

function placeIn({ mark, unsealed }: News): Pick<Place, "mark" | "seen"> {
  return { mark, seen: new Set(unsealed) };
}

/** On what codes and days of change rest, beside the policies themselves. */
function groundOf(policies: readonly Policy[]): string {
  const facts = new Set<string>();
  for (const { vocabulary } of policies) {
    for (const [id, { maxAgeDays, ranked = [], inherited = false }] of vocabulary.facts) {
      facts.add(JSON.stringify([id, maxAgeDays, ranked, inherited]));
    }
  }
  return digestOf([FORMAT, ENGINE, [...facts].sort()]);
}
