import { decide } from "../decide.ts";
import type { Amount, Decision, Outcome } from "../decision.ts";
import type { Policy } from "../policy/policy.ts";
import type { Profile } from "../profile.ts";

/** A firm under two versions of a rule. */
export type ComparedFirm = Readonly<{ id: string; profileBefore: Profile; profileAfter: Profile }>;

/**
 * What a new version does to one firm. `opened`: what was decided is open now; `settled`: the reverse.
 */
export type FirmChange = Readonly<{
  id: string;
  kind: "gained" | "lost" | "amount-changed" | "opened" | "settled";
  before: Answer;
  after: Answer;
}>;

export type Answer = Readonly<{ outcome: Outcome; amount: Amount }>;

/** Money in 分 as text; only exact amounts of the eligible are summed, and how many are not exact is told beside. */
export type Cost = Readonly<{ fen: string; eligible: number; notExact: number }>;

export type Comparison = Readonly<{
  firms: number;
  gained: number;
  lost: number;
  amountChanged: number;
  opened: number;
  settled: number;
  before: Cost;
  after: Cost;
  /** 分 as text, below zero when the new version costs less. */
  differenceFen: string;
  changes: readonly FirmChange[];
}>;

/** Who gains, who loses, whose amount changes, and what it costs, when one version replaces another. */
export async function compareVersions(
  before: Policy,
  after: Policy,
  firms: AsyncIterable<ComparedFirm> | Iterable<ComparedFirm>,
  when: Readonly<{ asOf: string }>,
): Promise<Comparison> {
  const changes: FirmChange[] = [];
  const costs = { before: noCost(), after: noCost() };
  let count = 0;
  for await (const { id, profileBefore, profileAfter } of firms) {
    const old = answerOf(await decide(before, profileBefore, when));
    const now = answerOf(await decide(after, profileAfter, when));
    count += 1;
    add(costs.before, old);
    add(costs.after, now);
    const kind = changeOf(old, now);
    if (kind) changes.push({ id, kind, before: old, after: now });
  }
  const number = (kind: FirmChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  return {
    firms: count,
    gained: number("gained"),
    lost: number("lost"),
    amountChanged: number("amount-changed"),
    opened: number("opened"),
    settled: number("settled"),
    before: told(costs.before),
    after: told(costs.after),
    differenceFen: String(costs.after.fen - costs.before.fen),
    changes,
  };
}

function answerOf({ outcome, amount }: Decision): Answer {
  return { outcome, amount };
}

function changeOf(before: Answer, after: Answer): FirmChange["kind"] | undefined {
  if (before.outcome !== after.outcome) {
    if (after.outcome === "undetermined") return "opened";
    if (before.outcome === "undetermined") return "settled";
    return after.outcome === "eligible" ? "gained" : "lost";
  }
  const isSame = JSON.stringify(before.amount) === JSON.stringify(after.amount);
  return before.outcome === "eligible" && !isSame ? "amount-changed" : undefined;
}

type Sum = { fen: bigint; eligible: number; notExact: number };
const noCost = (): Sum => ({ fen: 0n, eligible: 0, notExact: 0 });

function add(sum: Sum, { outcome, amount }: Answer): void {
  if (outcome !== "eligible") return;
  sum.eligible += 1;
  if (amount.kind === "exact") sum.fen += BigInt(amount.fen);
  else if (amount.kind !== "none") sum.notExact += 1;
}

const told = ({ fen, ...counts }: Sum): Cost => ({ fen: String(fen), ...counts });
