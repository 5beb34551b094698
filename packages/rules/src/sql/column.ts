import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import type { ColumnType } from "./column-type.ts";
import type { DerivedLeaf } from "./derived-leaf.ts";

/** One column of the table of firms. */
export type Column = Readonly<{
  name: string;
  type: ColumnType;
  /** As a table definition writes it, for the dialect of the rules. */
  sqlType: string;
  holds:
    | Readonly<{ kind: "fact"; fact: FactDefinition }>
    /** Whether the fact was looked up and there is none. Never NULL; where it is true, the fact's own column is NULL. */
    | Readonly<{ kind: "none"; fact: FactDefinition }>
    /** What one requirement answers, computed beside the database; NULL is unknown. */
    | Readonly<{ kind: "leaf"; leaf: DerivedLeaf }>;
}>;

/** `ent.movedOn` → `ent.movedOn none`: no fact has a name with a blank in it. */
export function nameOfNone(factId: string): string {
  return `${factId} none`;
}
