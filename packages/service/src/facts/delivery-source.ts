import type { FactDefinition, Json, Rhythm, YesNoAnswer } from "@apply-free/rules";
import type { CellRule, ValueShape } from "./cell.ts";

/** What one department delivers, and in which words. */
export type DeliverySource = Readonly<{
  id: string;
  department: Readonly<{ zh: string; en: string }>;
  title: Readonly<{ zh: string; en: string }>;
  /**
   * facts: one row per firm. records: many rows per firm become one list. listed: being on the
   * list is the fact. accounts: bank accounts for the register, no facts.
   */
  kind: "facts" | "records" | "listed" | "accounts";
  files: readonly ("csv" | "ndjson" | "parquet" | "xlsx")[];
  /** Header of the column that holds the credit code, or the identity number. */
  key: string;
  /** Its rows are about natural persons, by identity number. */
  ofPersons: boolean;
  /** Header of the column that holds the firm's name, where the department gives it. */
  name?: string;
  /** The list fact that the rows of a `records` source make up, or the fact of a `listed` one. */
  fact?: FactDefinition;
  columns: readonly SourceColumn[];
  ignored: ReadonlySet<string>;
  /** What a registered firm's absence from a complete delivery says. Empty: nothing, it stays unknown. */
  absence: ReadonlyMap<string, Json>;
  /** How long the department has to answer a firm that disputes what it said; else as everybody. */
  answerWithinWorkingDays?: number;
  /** How the record behind a fact is repaired, by fact, where the department keeps records of credit. */
  repair: ReadonlyMap<string, RepairGuidance>;
  /** Where the department knows better than the default of its kind. */
  expectedRows?: RowsExpectation;
}>;

type Words = Readonly<{ zh: string; en: string }>;

/** 信用修复指引: where the record is kept, what the firm does about it, how long it may take, and by which rule. */
export type RepairGuidance = Readonly<{ keptAt: Words; how: Words; term: Words; basis: string }>;

export type SourceColumn = Readonly<{
  /** For a series it has `{period}` in it, and stands for one column per period. */
  header: string;
  required: boolean;
  target: Target;
  rule: CellRule;
  /** A firm's value stays much the same from one delivery to the next, so that a delivery where it does not is suspect. */
  isSteady: boolean;
}>;

/** Good rows of a complete delivery as multiples of those of the one before it, both included. */
export type RowsExpectation = Readonly<{ atLeast: number; atMost: number }>;

/** Where the value of a column goes; one column of the register may feed a fact and the firm's row. */
export type Target = Readonly<{
  fact?: Readonly<{ id: string; shape: ValueShape }>;
  /** One period of a series fact: `2025-07`, `2025-Q3` or `2025`, as the header says. */
  series?: Readonly<{ id: string; every: Rhythm; shape: ValueShape }>;
  /** A department that shows no value, and only confirms or denies this of it. */
  answer?: Readonly<{ id: string; operator: YesNoAnswer["operator"]; value: Json }>;
  field?: Readonly<{ name: string; shape: ValueShape }>;
  firm?: FirmField;
  account?: AccountField;
}>;

export type FirmField = "name" | "regionCode" | "email" | "phone";
export type AccountField = "holderName" | "accountNo" | "bankName" | "bankCode";

/** Whether its rows create and rename firms; all other sources only speak of firms that exist. */
export function registersFirms({ columns }: DeliverySource): boolean {
  return columns.some(({ target }) => target.firm !== undefined);
}
