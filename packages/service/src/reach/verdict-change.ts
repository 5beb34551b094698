import type { RowSet, Verdicts } from "@apply-free/rules";

/** Firms that one version answers otherwise than another; each is in at most one of the sets. */
export type VerdictChange = Readonly<{
  gained: RowSet;
  lost: RowSet;
  /** Decided before, undetermined now. */
  opened: RowSet;
  /** Undetermined before, decided now. */
  settled: RowSet;
  /** Whose money can be another: they fit at least one of the two and the answers differ. */
  paidOtherwise: RowSet;
  /** They fit both. */
  kept: RowSet;
}>;

export function changeBetween(before: Verdicts, after: Verdicts): VerdictChange {
  const over = (bits: (old: number, oldOpen: number, now: number, nowOpen: number) => number): RowSet =>
    before.eligible.map((old, word) =>
      bits(
        old,
        before.undetermined[word] as number,
        after.eligible[word] as number,
        after.undetermined[word] as number,
      ),
    );
  return {
    gained: over((old, oldOpen, now) => now & ~old & ~oldOpen),
    lost: over((old, _, now, nowOpen) => old & ~now & ~nowOpen),
    opened: over((_, oldOpen, __, nowOpen) => nowOpen & ~oldOpen),
    settled: over((_, oldOpen, __, nowOpen) => oldOpen & ~nowOpen),
    paidOtherwise: over((old, _, now) => old ^ now),
    kept: over((old, _, now) => old & now),
  };
}
