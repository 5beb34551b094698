import type { Day } from "../kernel/day.ts";
import { digestOf } from "../kernel/digest.ts";
import type { CompiledPolicy } from "../policies/compiled-policies.ts";
import { ENGINE } from "./match.ts";

/** What a run of the match has taken in: the sealed journal up to a mark, and some of what was not sealed yet. */
export type MatchGround = Readonly<{
  mark: bigint;
  seen: readonly string[];
  /** Digest of engine and policies: under other ones everything has to be decided. */
  restsOn: string;
}>;

/** What a firm's newest answers were, and when they have to be given again though nothing is heard of it. */
export type MatchDue = Readonly<{
  firmCode: string;
  /** The first day on which time alone may make another answer; absent where it never does. */
  dueOn?: Day | undefined;
  /** Its offers hang on what others do. */
  everyNight: boolean;
  /** Whose history it carries on, and who is in its group of companies: what they received counts for it. */
  relatives: readonly string[];
  eligible: number;
  ineligible: number;
  undetermined: number;
}>;

export type MatchGroundStore = {
  /** Where the journal ends now. */
  now(): Promise<Pick<MatchGround, "mark" | "seen">>;
  /** Of the newest run that decided about every firm and came to its end. */
  latest(): Promise<MatchGround | undefined>;
  /**
   * Firms whose answers, or what follows from them, may be other than they were on this ground, in order of code:
   * of whom something was heard, who carries on the history of one of them or is, or may now be, in its group, whose
   * day has come, and who is new.
   * @returns `undefined` when it may be any
   */
  touchedSince(ground: MatchGround, today: Day): Promise<readonly string[] | undefined>;
  put(runId: string, ground: MatchGround): Promise<void>;
  keepDue(due: readonly MatchDue[]): Promise<void>;
  /** Newest answers of all firms together. */
  totals(): Promise<Readonly<{ eligible: number; ineligible: number; undetermined: number }>>;
};

export function restsOn(policies: readonly CompiledPolicy[]): string {
  return digestOf([ENGINE, policies.map(({ version }) => [version.id, version.sha256]).sort()]);
}
