export type RulesErrorCode =
  | "vocabulary-invalid"
  | "policy-invalid"
  | "cases-invalid"
  | "formula-invalid"
  | "facts-invalid"
  | "limit-exceeded"
  /** A part of a rule that databases would answer each in their own way. */
  | "sql-inexpressible";

/** A document of the rule language that says something it cannot mean; names the place and the way out. */
export class RulesError extends Error {
  override readonly name = "RulesError";
  readonly code: RulesErrorCode;
  /** Path inside the document, e.g. `conditions.all[2].operator`. */
  readonly where: string;

  /** @param what one sentence: what is wrong, then what to do */
  constructor(code: RulesErrorCode, where: string, what: string) {
    super(where === "" ? what : `${where}: ${what}`);
    this.code = code;
    this.where = where;
  }
}
