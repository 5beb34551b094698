import type { Bilingual } from "./bilingual.ts";

/** One condition of a rule as it turned out for one firm: a sentence a bookkeeper understands, and its evidence. */
export type ConditionLine = Readonly<{
  result: "true" | "false" | "unknown";
  /** Part of an exclusion: `true` says that what the policy excludes is there. */
  excluded?: true | undefined;
  /** `裁员率 1.2%，不高于 20%`. */
  sentence: Bilingual;
  /** What the data said, with its unit: `1.2%`. Absent when unknown. */
  value?: Bilingual | undefined;
  /** Source id (`human-resources`) or the name of whoever supplied it. */
  source?: Bilingual | undefined;
  /** The same of each behind what is derived. */
  sources?: readonly Bilingual[] | undefined;
  /** `YYYY-MM-DD` */
  asOf?: string | undefined;
  /** Name of the clause: `第四条（一）`. */
  clause?: string | undefined;
  children?: readonly ConditionLine[] | undefined;
}>;
