import type { Bilingual } from "../json.ts";

export type FactType =
  | "boolean"
  | "integer"
  | "decimal"
  /** Exact decimal 元. */
  | "money"
  /** Plain decimal in percent: `5.5` is 5.5 %. */
  | "percent"
  /** Calendar day, `YYYY-MM-DD`. */
  | "date"
  /** One of a closed list, or of a pattern of digits. */
  | "code"
  | "text"
  /** List of records with named, typed fields. */
  | "list"
  /** One value per month, quarter or year; a period without one is unknown. */
  | "series";

export type PrivacyClass = "public" | "business" | "personal";

/**
 * How a department comes to know a fact: from its records, by an inspection of its own, by asking
 * the firm for a declaration, or by a judgement of experts. Only the first two need nothing of the firm.
 */
export type Means = "records" | "inspection" | "declaration" | "judgement";

export type ScalarType = Exclude<FactType, "list" | "series">;

/** How often a series has a value, and how its periods are written: `2025-07`, `2025-Q3`, `2025`. */
export type Rhythm = "month" | "quarter" | "year";

/** One field of the records of a list. */
export type FieldDefinition = Readonly<{
  type: ScalarType;
  label: Bilingual;
  nullable: boolean;
  codes?: ReadonlyMap<string, Bilingual>;
  digits?: number;
  min?: string;
  max?: string;
}>;

/** What one fact is, and which department answers for it. */
export type FactDefinition = Readonly<{
  id: string;
  type: FactType;
  label: Bilingual;
  unit?: Bilingual;
  /** Id of the supplying department, see `Vocabulary.sources`. */
  source: string;
  /** Older values count as unknown, reason `stale`. */
  maxAgeDays: number;
  privacy: PrivacyClass;
  means: Means;
  /** History that goes with the subject: a successor's list goes on from those of its predecessors. */
  inherited: boolean;
  /** Nobody delivers it: it is this list of the other members of the subject's group of companies. */
  acrossGroup?: string;
  /** Departments in the order in which they are believed where they disagree; without it a disagreement is a conflict. */
  ranked?: readonly string[];
  /** `null` is a possible answer: looked up, and there is none. */
  nullable: boolean;
  /** The closed list of a code, with what each code means. */
  codes?: ReadonlyMap<string, Bilingual>;
  /** For codes too many to list: how many digits they have. */
  digits?: number;
  /** Inclusive bounds that law or nature sets, as decimal text. */
  min?: string;
  max?: string;
  /** All codes that begin in one of these ways are known, each with its time. */
  known?: Readonly<{ codes: ReadonlyMap<string, DatedCode>; within: readonly string[] }>;
  /** The edition of the standard that its codes are of, and when it was in force. */
  edition?: Readonly<{ name: string; from: string; to?: string }>;
  /** Fields of each record, for `list`. */
  fields?: ReadonlyMap<string, FieldDefinition>;
  /** What each period's value is, for `series`. */
  of?: SeriesValue;
  every?: Rhythm;
}>;

/** What a code means, in which time it stands, and which one stands in its place since. Days included. */
export type DatedCode = Bilingual & Readonly<{ from?: string; until?: string; became?: string }>;

export type SeriesValue = Extract<ScalarType, "boolean" | "integer" | "decimal" | "money" | "percent">;

/** A named formula over facts, shared between policies. */
export type DerivedDefinition = Readonly<{
  id: string;
  type: ScalarType;
  label: Bilingual;
  unit?: Bilingual;
  /** FEEL. */
  formula: string;
  /** Law or standard that defines it. */
  authority?: string;
  /** Clause of source.md, for a derived fact that one policy defines. */
  clause?: string;
  codes?: ReadonlyMap<string, Bilingual>;
}>;

/** All that policies may speak of. */
export type Vocabulary = Readonly<{
  facts: ReadonlyMap<string, FactDefinition>;
  derived: ReadonlyMap<string, DerivedDefinition>;
  /** Conditions that policies share, as written: a policy puts one under a clause of its own. */
  conditions: ReadonlyMap<string, unknown>;
  /** Departments: id → label. */
  sources: ReadonlyMap<string, Bilingual>;
  codeLists: ReadonlyMap<string, ReadonlyMap<string, Bilingual>>;
}>;
