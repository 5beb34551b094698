/** A place in the sealed journal: every event up to it has been seen. */
export type Mark = bigint;

/** What happened since a mark that may change who fits what. */
export type News = Readonly<{
  /** The end of the sealed journal. */
  mark: Mark;
  /** Ids of the newest version of each policy. */
  versions: readonly string[];
  /** Firms of which something else may be known, or to which something was paid. */
  firms: readonly string[];
  /** Events behind the mark that are not sealed yet; they will be told again. */
  unsealed: readonly string[];
  /** Facts were taken away: whose is on no record, so everybody has to be read again. */
  isPurged: boolean;
}>;

export type ReachNews = {
  /** @param seen events that were told before they were sealed */
  since(mark: Mark, seen: ReadonlySet<string>): Promise<News>;
  /** Where the journal ends now, for who reads everything anyway. */
  now(): Promise<News>;
  /** Hash of the seal at a mark, by which one journal is told from another; `undefined` where there is none. */
  sealHash(mark: Mark): Promise<string | undefined>;
  /** How many firms are registered. */
  firms(): Promise<number>;
};
