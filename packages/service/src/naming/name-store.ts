import type { ByteSource } from "../facts/byte-source.ts";
import type { Day } from "../kernel/day.ts";
import type { Candidate, NameEntry, NameList, NameListState } from "./name-list.ts";

/** Deliveries without codes as one transaction sees them. */
export type NameListStore = {
  find(sourceId: string, sha256: string, asOf: Day): Promise<NameList | undefined>;
  /** Locks the row until the transaction ends. @throws DomainError name-list-not-found */
  get(id: string): Promise<NameList>;
  /** The file as it arrived; to be read within the transaction. */
  bytesOf(id: string): Promise<ByteSource>;
  entriesOf(id: string): Promise<NameEntry[]>;
  keep(list: NameList, bytes: ByteSource, entries: readonly NameEntry[]): Promise<void>;
  /** Says whose these names are; a name that the list does not have is left out. */
  settle(id: string, answers: readonly NameAnswer[], by: string, at: Date): Promise<void>;
  close(id: string, state: NameListState): Promise<void>;
};

/** Without a code: nobody's who is registered. */
export type NameAnswer = Readonly<{ name: string; code?: string }>;

/** Who has, or had, a name. */
export type NameDirectory = {
  /** Firms for each of these names; names that nobody has are absent. */
  candidates(names: readonly string[]): Promise<ReadonlyMap<string, readonly Candidate[]>>;
  /** Those of these codes that are registered. */
  registered(codes: readonly string[]): Promise<ReadonlySet<string>>;
};
