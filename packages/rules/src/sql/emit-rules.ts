import { FactsInView } from "../facts-in-view.ts";
import { isDay } from "../formula/calendar.ts";
import type { Policy } from "../policy/policy.ts";
import { RulesError } from "../rules-error.ts";
import { type Literal, type NormalForm, normalFormOf } from "../sweep/normal-form.ts";
import type { FactDefinition } from "../vocabulary/vocabulary.ts";
import { type Column, nameOfNone } from "./column.ts";
import { columnTypeOf } from "./column-type.ts";
import { constantOf, refuseEmptyGroups, withoutConstants } from "./constants.ts";
import { columnOfDerived, type DerivedLeaf } from "./derived-leaf.ts";
import { type Dialect, dialects, quotedName, type SqlDialect } from "./dialect.ts";
import { leafSql } from "./leaf-sql.ts";

/** A policy as SQL, and the same as requirements that are still open on the day; a truth value where none is. */
export type EmittedPolicy = Readonly<{ policy: Policy; sql: string; open: NormalForm | boolean }>;

/** Policies as SQL over one table of firms, one row each. */
export type EmittedRules = Readonly<{
  dialect: SqlDialect;
  /** The day they are asked about, `YYYY-MM-DD`. */
  asOf: string;
  /** Per policy a predicate: TRUE is eligible, NULL undetermined, FALSE ineligible. */
  policies: readonly EmittedPolicy[];
  /** The columns that the predicates name, in order of first mention. */
  columns: readonly Column[];
  /** Requirements that no column expresses, each with the reason; their answers are columns too. */
  derived: readonly DerivedLeaf[];
}>;

/**
 * Writes policies as predicates with the same three answers as `decide`.
 *
 * @throws RulesError sql-inexpressible for an empty group or list, or null in a list
 * @throws RulesError facts-invalid when `asOf` is no day
 */
export function emitRules(policies: readonly Policy[], dialect: SqlDialect, asOf: string): EmittedRules {
  if (!isDay(asOf)) throw new RulesError("facts-invalid", "asOf", `"${asOf}" is no day; write YYYY-MM-DD.`);
  const emitter = new Emitter(dialects[dialect], asOf);
  const emitted = policies.map((policy) => emitter.policy(policy));
  return { dialect, asOf, policies: emitted, columns: emitter.columns(), derived: emitter.derived() };
}

/** Collects the columns while it writes. */
class Emitter {
  readonly #dialect: Dialect;
  readonly #asOf: string;
  readonly #columns = new Map<string, Column>();
  readonly #wording = new Map<string, string>();

  constructor(dialect: Dialect, asOf: string) {
    this.#dialect = dialect;
    this.#asOf = asOf;
  }

  columns(): readonly Column[] {
    return [...this.#columns.values()];
  }

  derived(): readonly DerivedLeaf[] {
    return this.columns().flatMap(({ holds }) => (holds.kind === "leaf" ? [holds.leaf] : []));
  }

  policy(policy: Policy): EmittedPolicy {
    refuseEmptyGroups(policy.requirements);
    const view = new FactsInView(policy, {}, this.#asOf);
    const open = withoutConstants(normalFormOf(policy.requirements), (literal) => constantOf(literal, view));
    const sql = typeof open === "boolean" ? String(open).toUpperCase() : this.#form(open, policy);
    return { policy, sql, open };
  }

  #form(form: NormalForm, policy: Policy): string {
    if (form.kind === "literal") return this.#literal(form, policy);
    const parts = form.parts.map((part) => this.#form(part, policy));
    return `(${parts.join(form.kind === "all" ? " AND " : " OR ")})`;
  }

  #literal(literal: Literal, policy: Policy): string {
    const written = leafSql(literal, policy, this.#dialect);
    if ("why" in written) return this.#derivedLeaf(literal, policy, written.why);
    const stranger = written.facts.find((fact) => !this.#isSame(fact));
    if (stranger) return this.#derivedLeaf(literal, policy, `"${stranger.id}" means something else in another policy`);
    for (const fact of written.facts) this.#addFact(fact);
    return written.sql;
  }

  /** Policies may bring vocabularies of their own, and a column has one meaning. */
  #isSame(fact: FactDefinition): boolean {
    const known = this.#wording.get(fact.id);
    return known === undefined || known === wordingOf(fact);
  }

  #addFact(fact: FactDefinition): void {
    const type = columnTypeOf(fact);
    if (!type || this.#columns.has(fact.id)) return;
    this.#wording.set(fact.id, wordingOf(fact));
    this.#columns.set(fact.id, {
      name: fact.id,
      type,
      sqlType: this.#dialect.typeOf[type],
      holds: { kind: "fact", fact },
    });
    if (!fact.nullable) return;
    const name = nameOfNone(fact.id);
    this.#columns.set(name, this.#truths(name, { kind: "none", fact }));
  }

  #derivedLeaf({ leaf, isNegated }: Literal, policy: Policy, why: string): string {
    const column = columnOfDerived(policy, leaf, isNegated, this.#asOf);
    if (this.#columns.has(column)) {
      throw new RulesError(
        "sql-inexpressible",
        `${policy.id}: ${leaf.name}`,
        "is in these rules already; give each policy once.",
      );
    }
    this.#columns.set(column, this.#truths(column, { kind: "leaf", leaf: { column, policy, leaf, isNegated, why } }));
    return quotedName(column);
  }

  #truths(name: string, holds: Column["holds"]): Column {
    const { typeOf, alwaysKnown } = this.#dialect;
    return { name, type: "boolean", sqlType: holds.kind === "none" ? alwaysKnown : typeOf.boolean, holds };
  }
}

/** All of a definition that decides what a value means. */
function wordingOf({ type, nullable, codes, digits, min, max }: FactDefinition): string {
  return JSON.stringify([type, nullable, codes && [...codes.keys()].sort(), digits, min, max]);
}
