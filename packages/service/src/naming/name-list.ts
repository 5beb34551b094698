import type { KeptFile } from "../facts/delivery-file.ts";
import { DomainError } from "../kernel/errors.ts";

/** A delivery with names instead of codes; nothing of it is known to any decision before a person has settled each. */
export type NameList = NameListTerms & NameListState;

export type NameListTerms = KeptFile;

export type NameListState =
  | Readonly<{ status: "open" }>
  | Readonly<{ status: "completed"; closedBy: string; closedAt: Date }>
  | Readonly<{ status: "dropped"; closedBy: string; closedAt: Date; reason: string }>;

/** `current`: the registered name. `former`: a name it had. `answered`: a person said so of an earlier list. */
export type Candidate = Readonly<{ code: string; name: string; how: "current" | "former" | "answered" }>;

export type NameEntry = Readonly<{
  name: string;
  lines: readonly number[];
  candidates: readonly Candidate[];
  /** Absent: open. Without a code: nobody's who is registered. */
  settled?: Readonly<{ code?: string; by: string; at: Date }>;
}>;

/** @throws DomainError name-list-not-open */
export function requireOpen({ id, status }: NameList): void {
  if (status === "open") return;
  throw new DomainError("name-list-not-open", "这份名单已经处理过。This list was dealt with already.", { id, status });
}

/**
 * What can be agreed to at a glance: one firm has this very name today, and no other ever had it.
 * A former name or several firms take a look at each.
 */
export function plainAnswer({ candidates }: Pick<NameEntry, "candidates">): Candidate | undefined {
  const codes = new Set(candidates.map(({ code }) => code));
  return codes.size === 1 ? candidates.find(({ how }) => how !== "former") : undefined;
}
