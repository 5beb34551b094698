import type { Policy, Profile } from "@apply-free/rules";
import type { Day } from "../kernel/day.ts";

/** Counts firms under many policies at once. Whichever engine counts, the numbers are those of `decide`. */
export type SweepEngine<Table extends FirmTable = FirmTable> = {
  id: "duckdb" | "postgres" | "clickhouse";
  /** @throws DomainError bad-input for a table that cannot be read without rounding or guessing */
  count(policies: readonly Policy[], table: Table, asOf: Day): Promise<SweepCount>;
};

/** All firms, one by one, or a Parquet or CSV file with a row per firm. */
export type FirmTable = ProfileTable | FileTable;
export type ProfileTable = Readonly<{ kind: "profiles"; profiles: Iterable<Profile> | AsyncIterable<Profile> }>;
export type FileTable = Readonly<{ kind: "file"; path: string }>;

export type SweepCount = Readonly<{
  engine: string;
  asOf: Day;
  firms: number;
  /** Of the table of firms, as the engine keeps it. */
  bytes: number;
  /** In the order in which the policies were given. */
  byPolicy: readonly FirmsOfPolicy[];
  /** Firms that no row can hold, decided one by one and counted above, by the fact that kept them out. */
  decidedApart: Readonly<Record<string, number>>;
  /** Requirements that no column expresses, answered per firm while the table was filled. */
  derived: readonly Readonly<{ policy: string; requirement: string; why: string }>[];
  /** Policies that were not counted, because the file lacks the answers to these requirements. */
  unanswered: readonly Readonly<{ policy: string; requirements: readonly string[] }>[];
  /** Facts that the policies ask for and the file has no column of; they count as unknown of every firm. */
  absent: readonly string[];
}>;

export type FirmsOfPolicy = Readonly<{ id: string; version: number; eligible: number; undetermined: number }>;
