import {
  type Comparison,
  compareVersions,
  countRows,
  type FirmChange,
  type Policy,
  type PolicyCounts,
  type RowSet,
  rowsIn,
  type Verdicts,
  verdictsBeside,
} from "@apply-free/rules";
import type { Transaction } from "../kernel/transaction.ts";
import { firmProfiles } from "../matching/firm-profiles.ts";
import type { Draft } from "../policies/read-draft.ts";
import type { LiveFirms } from "./live-firms.ts";
import type { LiveReach, ReachStores } from "./live-reach.ts";
import { changeBetween, type VerdictChange } from "./verdict-change.ts";

export type ImpactDeps = Readonly<{ transaction: Transaction<ReachStores>; reach: LiveReach }>;

/** How many firms a draft answers otherwise than the version in force. */
export type ChangeCounts = Readonly<{ gained: number; lost: number; opened: number; settled: number }>;

/** What it changes for the firms of one place or of one size, their money included. */
export type GroupImpact = ChangeCounts & Readonly<{ amountChanged: number; differenceFen: string }>;

/** What a draft does to all firms, and to the money of those that it touches. */
export type DraftImpact = Readonly<{
  before: PolicyCounts;
  after: PolicyCounts;
  changed: ChangeCounts;
  byRegion: ReadonlyMap<string, GroupImpact>;
  bySize: ReadonlyMap<string, GroupImpact>;
  /** Firms whose amount is the same for certain are not looked at. */
  money: Pick<Comparison, "amountChanged" | "differenceFen" | "before" | "after"> &
    Readonly<{
      /** Firms whose amounts were computed under both. */
      decided: number;
      /** Firms whose amounts should have been, and were too many for a page. */
      left: number;
    }>;
  /** The draft has a limit that no policy in force has, so the facts of this limit were read of all firms. */
  wasRead: boolean;
}>;

/** Amounts are decided one by one; a page waits for no more than this. */
const MOST_DECIDED = 20_000;
const PAGE = 500;

/**
 * What a draft would change today: verdicts from the columns, amounts of the firms that it touches from the
 * decision itself.
 * @throws RulesError limit-exceeded when columns cannot hold it
 */
export async function draftImpact(
  deps: ImpactDeps,
  inForce: Policy,
  { policy: draft, mayPayOtherwise }: Draft,
): Promise<DraftImpact> {
  const { live, verdicts, wasRead } = await judged(deps, inForce, draft);
  const [old, fresh] = verdicts as readonly [Verdicts, Verdicts];
  const change = changeBetween(old, fresh);
  const touched = [...rowsIn(change.paidOtherwise), ...(mayPayOtherwise ? rowsIn(change.kept) : [])];
  const rows = touched.slice(0, MOST_DECIDED);
  const decided = rows.map((row) => live.codeIn(row));
  // Before anything is waited for: the columns go on with the next question.
  const inRegion = countedIn(live.byRegion(), change, live, rows);
  const inSize = countedIn(live.bySize(), change, live, rows);
  const when = { asOf: live.asOf };
  const compared = await compareVersions(inForce, draft, profilesOf(deps, decided, live), when);
  return {
    before: countsOf(old),
    after: countsOf(fresh),
    changed: changedIn(change),
    byRegion: inRegion(compared.changes),
    bySize: inSize(compared.changes),
    money: { ...compared, decided: decided.length, left: touched.length - decided.length },
    wasRead,
  };
}

/** Counts a change group by group, and answers what it costs each once amounts have been decided. */
function countedIn(
  groups: ReadonlyMap<string, RowSet>,
  change: VerdictChange,
  live: LiveFirms,
  decided: readonly number[],
): (changes: readonly FirmChange[]) => ReadonlyMap<string, GroupImpact> {
  const counted = [...groups].map(([group, rows]) => {
    const codes = new Set(decided.filter((row) => isIn(rows, row)).map((row) => live.codeIn(row)));
    return { group, codes, counts: changedIn(change, rows) };
  });
  return (changes) =>
    new Map(
      counted.map(({ group, codes, counts }) => {
        const own = changes.filter(({ id }) => codes.has(id));
        const amountChanged = own.filter(({ kind }) => kind === "amount-changed").length;
        const differenceFen = own.reduce((sum, { before, after }) => sum + fenOf(after) - fenOf(before), 0n);
        return [group, { ...counts, amountChanged, differenceFen: String(differenceFen) }];
      }),
    );
}

const isIn = (rows: RowSet, row: number) => (((rows[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;

function fenOf({ outcome, amount }: FirmChange["after"]): bigint {
  return outcome === "eligible" && amount.kind === "exact" ? BigInt(amount.fen) : 0n;
}

/** Both versions over the same firms at the same moment. */
async function judged({ reach }: ImpactDeps, inForce: Policy, draft: Policy) {
  const live = await reach.current();
  const found = verdictsBeside(live.table, [inForce, draft]);
  if (found.kind === "judged") return { live, verdicts: found.verdicts, wasRead: false };
  const read = await reach.beside([inForce, draft]);
  const again = verdictsBeside(read.table, [inForce, draft]);
  if (again.kind === "needs") throw new Error(`columns made for a draft lack ${again.facts.join(" ")}`);
  return { live: read, verdicts: again.verdicts, wasRead: true };
}

async function* profilesOf({ transaction }: ImpactDeps, codes: readonly string[], { asOf }: LiveFirms) {
  for (let start = 0; start < codes.length; start += PAGE) {
    const page = codes.slice(start, start + PAGE);
    const profileOf = await transaction((stores) => firmProfiles(stores, page, asOf));
    for (const id of page) {
      const { profile } = profileOf(id);
      yield { id, profileBefore: profile, profileAfter: profile };
    }
  }
}

function countsOf({ eligible, undetermined }: Verdicts): PolicyCounts {
  return { eligible: countRows(eligible), undetermined: countRows(undetermined) };
}

function changedIn({ gained, lost, opened, settled }: VerdictChange, among?: RowSet): ChangeCounts {
  return {
    gained: countRows(gained, among),
    lost: countRows(lost, among),
    opened: countRows(opened, among),
    settled: countRows(settled, among),
  };
}
